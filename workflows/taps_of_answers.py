"""Buttons about answers: a draft's, a review's, the reasons for staff, the colleagues to refer to.

Each takes the tapper, the button's number and its value, and returns what the tapper is told at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from desk.answer import Answer, AnswerId, AnswerKind
from desk.errors import InputRejected, NotAllowed, NotFound
from desk.people import Responder, ResponderId
from desk.phrases import marked as _
from desk.store import Awaited
from desk.ticket import TicketId
from workflows.approve_answer import approve_answer
from workflows.awaited_words import wait_for
from workflows.buttons import Action
from workflows.draft_answer import change_draft
from workflows.endorse_answer import endorse_answer
from workflows.refer_ticket import name_colleagues, refer_ticket
from workflows.review_answer import hand_up_answer, under_review
from workflows.say_why import ask_why, hand_up_because
from workflows.send_draft import send_draft
from workflows.unsent_answer import give_up
from workflows.voice import Voice

AnswerVerb = Callable[[Voice, Responder, Action], Awaitable[str]]


async def _send(voice: Voice, responder: Responder, action: Action) -> str:
    return await send_draft(voice, responder, AnswerId(action.id), AnswerKind.ANSWER)


async def _ask_back(voice: Voice, responder: Responder, action: Action) -> str:
    return await send_draft(voice, responder, AnswerId(action.id), AnswerKind.QUESTION)


async def _change(voice: Voice, responder: Responder, action: Action) -> str:
    return await change_draft(voice, responder, await _own(voice, responder, action))


async def _drop(voice: Voice, responder: Responder, action: Action) -> str:
    await give_up(voice, await _own(voice, responder, action))
    return _("Gone. The question is still yours.")


async def _own(voice: Voice, responder: Responder, action: Action) -> Answer:
    """The tapper's answer, under way, its ticket locked. Raises NotFound, NotAllowed."""
    seen = await voice.work.answers.by_id(AnswerId(action.id))
    if seen is None:
        raise NotFound("no such answer")
    ticket, _conversation = await voice.work.tickets.lock(seen.ticket_id)
    answer = await voice.work.answers.by_id(seen.id) or seen
    if answer.author_id != responder.id or ticket.assignee_id != responder.id or not answer.is_under_way:
        raise NotAllowed("not theirs, or sent already")
    return answer


async def _approve(voice: Voice, responder: Responder, action: Action) -> str:
    against = await approve_answer(voice, responder, AnswerId(action.id))
    return _("Sent. Thank you!") if against is None else _("Not sent: the check has something against it by now.")


async def _mend(voice: Voice, responder: Responder, action: Action) -> str:
    await under_review(voice, responder, AnswerId(action.id))
    await wait_for(voice, responder, Awaited.REVIEW_CHANGE, action.id)
    return _("Write the answer as it should read, as your next message.")


async def _return(voice: Voice, responder: Responder, action: Action) -> str:
    await under_review(voice, responder, AnswerId(action.id))
    await wait_for(voice, responder, Awaited.REVIEW_NOTE, action.id)
    return _("Write what is missing, as your next message.")


async def _hand_up(voice: Voice, responder: Responder, action: Action) -> str:
    await hand_up_answer(voice, responder, AnswerId(action.id))
    return _("Staff look it over now. Thank you!")


async def _endorse(voice: Voice, responder: Responder, action: Action) -> str:
    await endorse_answer(voice, responder, AnswerId(action.id))
    return _("Endorsed. Thank you!")


async def _to_staff(voice: Voice, responder: Responder, action: Action) -> str:
    return await ask_why(voice, responder, TicketId(action.id))


async def _why(voice: Voice, responder: Responder, action: Action) -> str:
    return await hand_up_because(voice, responder, TicketId(action.id), action.value)


async def _refer(voice: Voice, responder: Responder, action: Action) -> str:
    return await name_colleagues(voice, responder, TicketId(action.id))


async def _refer_to(voice: Voice, responder: Responder, action: Action) -> str:
    if action.value is None:
        raise InputRejected("nobody is named")
    await refer_ticket(voice, responder, TicketId(action.id), ResponderId(action.value))
    return _("They are asked. Thank you!")


ANSWER_VERBS: dict[str, AnswerVerb] = {
    "send": _send,
    "askback": _ask_back,
    "rewrite": _change,
    "discard": _drop,
    "approve": _approve,
    "mend": _mend,
    "return": _return,
    "handup": _hand_up,
    "endorse": _endorse,
    "staff": _to_staff,
    "why": _why,
    "refer": _refer,
    "referto": _refer_to,
}
