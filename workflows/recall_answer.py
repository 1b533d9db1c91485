"""A wrong answer is recalled, by its author, by an expert or by staff: the contact is told, what they have is marked.

Whoever recalls says why, for staff and for the record. The question is open again, also when it was called solved:

    by its author    it is theirs again, with the whole time to write a better one
    by others        staff have it, with the reason

A ticket that is closed stays so; the contact is told, and may write. The record of the author counts it
(event `AnswerRecalled`); a verdict that was won by it counts no more.
"""

from __future__ import annotations

from dataclasses import replace

from desk.answer import Answer, AnswerId, AnswerKind, AnswerState, AnswerTrigger, after
from desk.conversation import Conversation
from desk.errors import IllegalTransition, NotAllowed, NotFound
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import Lane, Status, Ticket, Trigger
from desk.trust import may_endorse
from workflows.accept_offer import keep_reason
from workflows.copies import edit_copies
from workflows.lease import start_lease
from workflows.note_outcome import answer_recalled
from workflows.ticket_moves import hand_to_staff, move, ticket_name
from workflows.voice import Voice

RECALLED = "AnswerRecalled"

BETTER_ONE = _("⚠ The answer above was wrong; please do not go by it. We are sorry. You will get a better one here.")
BETTER_ONE_BY_STAFF = _(
    "⚠ The answer above was wrong; please do not go by it. We are sorry. "
    "A person from our team looks at your question again."
)
CLOSED_ALREADY = _(
    "⚠ An answer you got to {number} was wrong; please do not go by it. We are sorry. "
    "Just write if you still need help."
)


async def recall_answer(voice: Voice, by: Responder, answer_id: AnswerId, reason: str) -> None:
    """Tells the contact and opens the question again. Raises NotFound, NotAllowed, IllegalTransition."""
    seen = await voice.work.answers.by_id(answer_id)
    if seen is None:
        raise NotFound("no such answer")
    ticket, conversation = await voice.work.tickets.lock(seen.ticket_id)
    answer = await voice.work.answers.by_id(answer_id) or seen
    if not may_recall(by, answer):
        raise NotAllowed("not theirs to recall")
    if answer.kind is AnswerKind.QUESTION or answer.message_id is None:
        raise IllegalTransition("answer", answer.state, AnswerTrigger.RECALL)
    recalled = replace(answer, state=after(answer.state, AnswerTrigger.RECALL), recalled_by=by.id, recall_reason=reason)
    await voice.work.answers.save(recalled, now=voice.now)
    author = await voice.work.people.responder(answer.author_id)
    await voice.work.events.add(
        RECALLED, now=voice.now, ticket_id=ticket.id, responder_id=author.id,
        by=by.id, answer=answer.id, had_solved=ticket.status in (Status.SOLVED, Status.CLOSED),
    )  # fmt: skip
    await answer_recalled(voice, ticket, author.id)
    message = await voice.work.messages.by_id(answer.message_id)
    if message.deleted_at is None:
        await edit_copies(voice, message, message.body, ticket)
    await _go_on(voice, by, author, ticket, conversation, reason)
    await _tell_the_others(voice, by, author, recalled, reason)


def may_recall(by: Responder, answer: Answer) -> bool:
    """Its author, staff, and volunteers who may endorse."""
    if not by.active:
        return False
    return by.role.is_staff or by.id == answer.author_id or may_endorse(by.trust)


async def _go_on(
    voice: Voice, by: Responder, author: Responder, ticket: Ticket, conversation: Conversation, reason: str
) -> None:
    """What becomes of the question."""
    if not ticket.is_live:
        said = voice.say(conversation.locale, CLOSED_ALREADY, number=ticket.number)
        await voice.to_contact(conversation, said, ticket=ticket)
        return
    theirs = by.id == author.id and ticket.lane is Lane.PEER and ticket.assignee_id in (None, author.id)
    text = BETTER_ONE if theirs else BETTER_ONE_BY_STAFF
    await voice.to_contact(conversation, voice.say(conversation.locale, text), ticket=ticket)
    waits = ticket.waiting_since or voice.now
    if theirs:
        opened = await move(voice, ticket, _opening(ticket), assignee_id=author.id, waiting_since=waits)
        await start_lease(voice, opened)
        return
    held_by_staff = ticket.lane is Lane.STAFF and ticket.assignee_id is not None
    if held_by_staff:
        moved = await move(voice, ticket, _opening(ticket), waiting_since=waits)
    else:
        moved = await hand_to_staff(voice, ticket, conversation, tell=False, by=author.id)
    await keep_reason(
        voice, by, moved, conversation, voice.say(voice.desk.locale, _("Answer recalled: {reason}"), reason=reason)
    )


def _opening(ticket: Ticket) -> Trigger:
    return Trigger.ASSIGNED if ticket.status is Status.NEW else Trigger.RESUMED


async def _tell_the_others(voice: Voice, by: Responder, author: Responder, answer: Answer, reason: str) -> None:
    """Its author, and whoever looked it over or endorsed it."""
    if by.id != author.id:
        text = _("⚠ Your answer to {name} was recalled: “{reason}” Staff have the question now.")
        said = voice.say(author.locale, text, name=ticket_name(answer.ticket_id), reason=reason)
        await voice.to_responder(author, said, ticket_id=answer.ticket_id)
    for responder_id in sorted({answer.reviewed_by, answer.endorsed_by} - {None, by.id, author.id}, key=str):
        if responder_id is None:
            continue
        other = await voice.work.people.responder(responder_id)
        if not other.role.is_staff:
            text = _("⚠ An answer you looked over ({name}) was recalled: “{reason}”")
            said = voice.say(other.locale, text, name=ticket_name(answer.ticket_id), reason=reason)
            await voice.to_responder(other, said, ticket_id=answer.ticket_id)


async def last_answer(voice: Voice, author: Responder) -> Answer:
    """The newest answer of theirs that stands. Raises NotFound."""
    answer = await voice.work.answers.last_sent_by(author.id)
    if answer is None or answer.state is not AnswerState.SENT:
        raise NotFound("no answer that stands")
    return answer
