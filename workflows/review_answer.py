"""A second pair of eyes: a newcomer's answer is looked over by a volunteer with standing before the contact sees it.

    approve     it goes out as it is, or with the reviewer's change (which the check judges, too)
    return      back to its author, with a note
    hand up     staff decide
    no word     after the policy's `review_minutes` staff decide, and the contact is told that it takes a little longer

Nobody with standing at hand: staff at once. Staff see the answer in the ticket's thread and on its page, and send it
with one tap or answer themselves. The first decision counts; whoever comes later is told.
"""

from __future__ import annotations

from dataclasses import replace

from desk.answer import Answer, AnswerId, AnswerState, AnswerTrigger, after
from desk.conversation import Conversation
from desk.errors import NotAllowed, NotFound, ReviewOver
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import ClockKind
from desk.ticket import Lane, Ticket
from desk.trust import may_endorse, may_review
from workflows.answer_messages import retire, shown
from workflows.lease import rest_lease, start_lease
from workflows.ticket_moves import hand_to_staff, history
from workflows.unsent_answer import end_review
from workflows.voice import Voice

MOST_REVIEWERS = 3
"""Asked at once; the first decision counts."""

SOMEBODY_ELSE = _("Somebody else has looked it over. Thank you!")
STAFF_NOW = _("Staff look it over now. Thank you!")
TAKES_LONGER = _(
    "There is an answer for you. A second pair of eyes is looking it over; it takes a little longer today."
)


async def submit(voice: Voice, author: Responder, ticket: Ticket, conversation: Conversation, answer: Answer) -> None:
    """Asks those with standing to look it over; with none at hand, staff."""
    waiting = replace(answer, state=after(answer.state, AnswerTrigger.SUBMIT), submitted_at=voice.now)
    await voice.work.answers.save(waiting, now=voice.now)
    await voice.work.events.add("ReviewAsked", now=voice.now, ticket_id=ticket.id, responder_id=author.id)
    until = voice.now + voice.desk.policy().peer.review_time
    await rest_lease(voice, ticket)
    await voice.work.clocks.set(ticket.id, ClockKind.REVIEW_END, until)
    reviewers = await voice.work.answers.reviewers(ticket, author.id, now=voice.now, limit=MOST_REVIEWERS)
    if not reviewers:
        await ask_staff(voice, ticket, conversation, waiting)
        return
    await voice.work.tickets.save(replace(ticket, lease_expires_at=until))
    await voice.work.answers.ask_reviewers(answer.id, [one.id for one in reviewers], now=voice.now)
    messages = await voice.work.messages.of_ticket(ticket.id)
    for reviewer in reviewers:
        text = voice.say(
            reviewer.locale,
            _("🔎 Would you look over an answer? ({unit})\n\n{talk}\n\nThe answer of a newcomer:\n{answer}"),
            unit=voice.desk.policy().unit_name(ticket.unit, reviewer.locale),
            talk=shown(history(messages, voice, reviewer.locale, masked=True)),
            answer=waiting.body,
        )
        await voice.to_responder(
            reviewer, text, ticket_id=ticket.id, buttons=voice.buttons(reviewer.locale).review(answer.id)
        )


async def ask_staff(voice: Voice, ticket: Ticket, conversation: Conversation, answer: Answer) -> Ticket:
    """The ticket is staff's, with the answer that waits for a look."""
    await retire(voice, answer, await voice.work.answers.asked_reviewers(answer.id), STAFF_NOW)
    moved = await hand_to_staff(voice, ticket, conversation, tell=False, by=answer.author_id, keep_answer=True)
    text = voice.say(
        voice.desk.locale,
        _("🔎 A newcomer from the community has written this answer. Send it, or answer yourself.\n\n{answer}"),
        answer=answer.body,
    )
    await voice.to_staff(moved, text, buttons=voice.buttons(voice.desk.locale).staff_review(answer.id))
    return moved


async def review_end(voice: Voice, ticket: Ticket, conversation: Conversation) -> None:
    """Nobody decided in time: staff do, and the contact is told honestly."""
    answer = await voice.work.answers.under_way(ticket.id)
    if answer is None or answer.state is not AnswerState.IN_REVIEW:
        return
    if ticket.lane is not Lane.STAFF:
        ticket = await ask_staff(voice, ticket, conversation, answer)
    await voice.to_contact(conversation, voice.say(conversation.locale, TAKES_LONGER), ticket=ticket)


async def under_review(voice: Voice, reviewer: Responder, answer_id: AnswerId) -> tuple[Answer, Ticket, Conversation]:
    """The answer, its ticket locked, if the reviewer may decide about it now. Raises NotFound, NotAllowed,
    ReviewOver."""
    seen = await voice.work.answers.by_id(answer_id)
    if seen is None:
        raise NotFound("no such answer")
    ticket, conversation = await voice.work.tickets.lock(seen.ticket_id)
    answer = await voice.work.answers.by_id(answer_id) or seen
    is_asked = reviewer.id in await voice.work.answers.asked_reviewers(answer_id)
    may = reviewer.role.is_staff or (is_asked and may_review(reviewer.trust))
    if not may or not reviewer.active or reviewer.id == answer.author_id:
        raise NotAllowed("not theirs to look over")
    if answer.state is not AnswerState.IN_REVIEW:
        raise ReviewOver(answer.state)
    if ticket.lane is Lane.STAFF and not reviewer.role.is_staff:
        raise ReviewOver("staff decide now")
    return answer, ticket, conversation


async def back_to_author(voice: Voice, ticket: Ticket, answer: Answer) -> Ticket:
    """The question is its author's again, also when staff looked at the answer."""
    author = await voice.work.people.responder(answer.author_id)
    if ticket.lane is Lane.STAFF or ticket.assignee_id != author.id:
        ticket = replace(ticket, lane=Lane.PEER, assignee_id=author.id)
        await voice.work.tickets.save(ticket)
    return ticket


async def return_answer(voice: Voice, reviewer: Responder, answer_id: AnswerId, note: str) -> None:
    """Back to its author, with a note. Raises NotFound, NotAllowed, ReviewOver."""
    answer, ticket, _conversation = await under_review(voice, reviewer, answer_id)
    author = await voice.work.people.responder(answer.author_id)
    if not author.active:
        raise NotAllowed("its author has left; staff have the question")
    returned = replace(answer, state=after(answer.state, AnswerTrigger.RETURN), reviewed_by=reviewer.id, note=note)
    await end_review(voice, answer, SOMEBODY_ELSE, but=reviewer.id)
    await voice.work.answers.save(returned, now=voice.now)
    await retire(voice, answer, [reviewer.id], _("↩ Returned with your note. Thank you!"))
    await voice.work.events.add("AnswerReturned", now=voice.now, ticket_id=ticket.id, responder_id=reviewer.id)
    await start_lease(voice, await back_to_author(voice, ticket, answer))
    text = voice.say(
        author.locale,
        _("↩ Your answer came back with a note: “{note}”\n\nWrite it anew or edit your message."),
        note=note,
    )
    await voice.to_responder(author, text, ticket_id=ticket.id, buttons=voice.buttons(author.locale).holding(ticket.id))


async def hand_up_answer(voice: Voice, reviewer: Responder, answer_id: AnswerId) -> None:
    """Staff decide. Raises NotFound, NotAllowed, ReviewOver."""
    answer, ticket, conversation = await under_review(voice, reviewer, answer_id)
    await voice.work.events.add("ReviewHandedUp", now=voice.now, ticket_id=ticket.id, responder_id=reviewer.id)
    if ticket.lane is not Lane.STAFF:
        await ask_staff(voice, ticket, conversation, answer)


def endorses(reviewer: Responder) -> bool:
    """Whether the reviewer's yes is an endorsement."""
    return not reviewer.role.is_staff and may_endorse(reviewer.trust)
