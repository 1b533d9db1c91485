"""A message is taken back: by /undo where the platform tells nobody of deletions, else because it was deleted there.

What follows: a responder's last answer gone, the question waits for one again; a contact's every word gone before
anybody answered, there is no question any more (staff decide themselves about what is theirs).
"""

from __future__ import annotations

from dataclasses import replace

from desk.answer import AnswerState, AnswerTrigger, after
from desk.conversation import AuthorKind, Conversation, Direction, Message
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import ClockKind
from desk.ticket import Lane, Status, Ticket, TicketId, Trigger
from workflows.copies import withdraw_copies
from workflows.lease import start_lease
from workflows.spoken import Spoken
from workflows.ticket_moves import move, settle_quietly
from workflows.unsent_answer import give_up
from workflows.voice import Voice


async def take_back(voice: Voice, message: Message) -> None:
    """Deletes a message and its copies, and does what follows from it."""
    if message.ticket_id is None:
        await withdraw_copies(voice, message)
        return
    ticket, _conversation = await voice.work.tickets.lock(message.ticket_id)
    await withdraw_copies(voice, message)
    answer = await voice.work.answers.of_message(message.id)
    if answer is not None and answer.state is AnswerState.SENT:
        taken = replace(answer, state=after(answer.state, AnswerTrigger.DROP))
        await voice.work.answers.save(taken, now=voice.now)
    await voice.work.events.add("MessageDeleted", now=voice.now, ticket_id=ticket.id)
    if not ticket.is_live:
        return
    left = [one for one in await voice.work.messages.of_ticket(ticket.id) if one.deleted_at is None]
    if message.author is AuthorKind.CONTACT:
        await _question_gone(voice, ticket, left)
    elif message.direction is Direction.OUTBOUND and ticket.status is Status.PENDING:
        await _answer_gone(voice, ticket, message, left)


async def _question_gone(voice: Voice, ticket: Ticket, left: list[Message]) -> None:
    if ticket.lane is Lane.STAFF:
        await voice.to_staff(ticket, voice.say(voice.desk.locale, _("🗑 The contact took a message back.")))
        return
    if ticket.answered_at is None and all(one.direction is not Direction.INBOUND for one in left):
        await settle_quietly(voice, ticket)


async def _answer_gone(voice: Voice, ticket: Ticket, message: Message, left: list[Message]) -> None:
    """Nothing stands that the contact could judge: whoever has it owes an answer again. What was answered in public has
    nobody: others are asked."""
    answers = (AuthorKind.AGENT, AuthorKind.VOLUNTEER)
    if message.author is AuthorKind.BYSTANDER:
        return
    if any(one.direction is Direction.OUTBOUND and one.author in answers for one in left):
        return
    waits = ticket.waiting_since or voice.now
    if ticket.lane is not Lane.PEER or ticket.assignee_id is None:
        moved = await move(voice, ticket, Trigger.RESUMED, waiting_since=waits)
        if moved.lane is Lane.PEER:
            await voice.work.clocks.set(ticket.id, ClockKind.WAVE_END, voice.now)
        return
    await start_lease(voice, await move(voice, ticket, Trigger.RESUMED, waiting_since=waits))


async def take_back_last(spoken: Spoken) -> bool:
    """Takes back the last message of a contact, or of a responder's tickets; a draft first. False: there is none."""
    if spoken.where.responder is not None and await _drop_draft(spoken.voice, spoken.where.responder):
        return True
    message = await _last(spoken)
    if message is None:
        return False
    await take_back(spoken.voice, message)
    return True


async def _drop_draft(voice: Voice, responder: Responder) -> bool:
    """What they wrote and did not send yet. False: there is none."""
    for held in await voice.work.tickets.held_by(responder.id):
        ticket, _conversation = await voice.work.tickets.lock(held.id)
        answer = await voice.work.answers.under_way(ticket.id)
        if answer is not None and answer.author_id == responder.id:
            await give_up(voice, answer)
            return True
    return False


async def _last(spoken: Spoken) -> Message | None:
    responder, conversation = spoken.where.responder, spoken.where.conversation
    if responder is not None:
        talk = [one for ticket_id in await _tickets(spoken, responder) for one in await _talk(spoken, ticket_id)]
        mine = [one for one in talk if one.responder_id == responder.id]
    elif conversation is not None:
        mine = [one for one in await _own_talk(spoken, conversation) if one.direction is Direction.INBOUND]
    else:
        mine = []
    return max((one for one in mine if one.deleted_at is None), key=lambda one: one.id, default=None)


async def _own_talk(spoken: Spoken, conversation: Conversation) -> list[Message]:
    tickets = spoken.voice.work.tickets
    ticket = await tickets.live(conversation.id) or await tickets.latest_closed(conversation.id)
    return [] if ticket is None else await _talk(spoken, ticket.id)


async def _talk(spoken: Spoken, ticket_id: TicketId) -> list[Message]:
    return list(await spoken.voice.work.messages.of_ticket(ticket_id))


async def _tickets(spoken: Spoken, responder: Responder) -> list[TicketId]:
    if spoken.where.staff_ticket_id is not None:
        return [spoken.where.staff_ticket_id]
    held = await spoken.voice.work.tickets.held_by(responder.id)
    return [ticket.id for ticket in held]
