"""*This solved it*: the asker marks an answer that stands in public, by a button, a command or a reaction.

The ticket is solved as by any verdict, and its author is who answered it: a volunteer's outcome is noted in the same
way as a private answer's. A bystander is thanked, and invited to volunteer, once ever and without a ping. Whoever held
the ticket otherwise is told, and neither gains nor loses. The asker's own words solve it too, and credit nobody.

A reaction taken away within a day takes the mark back, three times a question; everything is then as before the mark.
"""

from __future__ import annotations

from dataclasses import replace

from desk.conversation import AuthorKind, Conversation, Message, MessageId, Surface
from desk.errors import NotFound, TicketClosed
from desk.inbound import Reacted, Receipt
from desk.people import ResponderId
from desk.phrases import marked as _
from desk.public_answer import MOST_REGRETS, WAVES_WAIT, HowMarked, PublicMark, may_regret
from desk.store import ClockKind
from desk.ticket import Lane, Status, Ticket, Trigger
from workflows.care_desk import CareDesk
from workflows.give_verdict import mark_solved
from workflows.note_outcome import outcome_taken_back
from workflows.public_line import close_line, show_answers
from workflows.ticket_moves import move, ticket_name
from workflows.voice import Voice, speaking

TAKEN_BACK = "PublicMarkTakenBack"
NOT_YOURS = _("Only the person who asked can choose here.")


async def react(desk: CareDesk, event: Reacted) -> Receipt:
    """A reaction of the asker to a message of their question. All others are nobody's business."""
    async with speaking(desk) as voice:
        message = await voice.work.messages.by_external_id(event.channel, event.message_external_id)
        if message is None or message.ticket_id is None or message.deleted_at is not None:
            return Receipt(ignored=True)
        ticket, conversation = await voice.work.tickets.lock(message.ticket_id)
        asks = await voice.work.public_answers.is_asker(ticket.contact_id, event.author)
        if not asks or not ticket.is_live or conversation.surface is not Surface.PUBLIC or conversation.blocked:
            return Receipt(ignored=True)
        mark = await voice.work.public_answers.mark(ticket.id)
        if event.added:
            if await _regrets(voice, ticket) < MOST_REGRETS:
                await this_solved_it(voice, ticket, conversation, message, HowMarked.REACTION)
        elif mark is not None and mark.message_id == message.id:
            await _take_back(voice, ticket, conversation, mark)
    return Receipt(message_id=message.id)


async def tap_this_solved(voice: Voice, message_id: MessageId, conversation: Conversation | None) -> str:
    """The button of an answer. Raises NotFound, TicketClosed."""
    answer = await voice.work.public_answers.of_message(message_id)
    if answer is None:
        raise NotFound("no such answer")
    if conversation is None or conversation.id != (await voice.work.tickets.by_id(answer.ticket_id)).conversation_id:
        return NOT_YOURS
    ticket, conversation = await voice.work.tickets.lock(answer.ticket_id)
    if conversation.blocked:
        return _("Thank you!")
    message = await voice.work.messages.by_id(message_id)
    await this_solved_it(voice, ticket, conversation, message, HowMarked.BUTTON)
    return _("Thank you!")


async def this_solved_it(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, how: HowMarked
) -> None:
    """The asker says that this message solved it. The ticket is locked. Raises TicketClosed."""
    if not ticket.is_live:
        raise TicketClosed("the ticket is closed")
    earlier = await voice.work.public_answers.mark(ticket.id)
    if ticket.status is Status.SOLVED:
        if earlier is not None and earlier.message_id == message.id:
            return
        ticket = await _uncredited(voice, ticket, earlier)
    credited = _answerer(message)
    await _tell_other_holder(voice, ticket, credited)
    lane = ticket.lane or Lane.PEER
    ticket = replace(ticket, lane=lane, assignee_id=credited, answered_at=ticket.answered_at or voice.now)
    await voice.work.tickets.save(ticket)
    await voice.work.public_answers.set_mark(PublicMark(ticket.id, message.id, how, voice.now))
    await voice.work.events.add(
        "SolvedInPublic", now=voice.now, ticket_id=ticket.id, responder_id=credited, by=message.author.value,
        how=how.value,
    )  # fmt: skip
    await mark_solved(voice, ticket, conversation)
    await close_line(voice, ticket)
    if message.author is AuthorKind.BYSTANDER:
        await _thank_bystander(voice, conversation, message)


def _answerer(message: Message) -> ResponderId | None:
    """Who is credited: nobody for the asker's own words and a bystander's."""
    if message.author not in (AuthorKind.VOLUNTEER, AuthorKind.AGENT) or message.responder_id is None:
        return None
    return message.responder_id


async def _tell_other_holder(voice: Voice, ticket: Ticket, credited: ResponderId | None) -> None:
    if ticket.assignee_id is None or ticket.assignee_id == credited:
        return
    holder = await voice.work.people.responder(ticket.assignee_id)
    if not holder.role.is_staff:
        text = voice.say(
            holder.locale,
            _("{number} was solved where it was asked. Thank you for looking!"),
            number=ticket_name(ticket.id),
        )
        await voice.to_responder(holder, text, ticket_id=ticket.id)


async def _thank_bystander(voice: Voice, conversation: Conversation, message: Message) -> None:
    """In answer to their words, without a ping; the invitation once ever."""
    answer = await voice.work.public_answers.of_message(message.id)
    text = voice.say(conversation.locale, _("💚 Thank you for helping!"))
    if answer is not None and await voice.work.public_answers.invite(answer.author, now=voice.now):
        text += " " + voice.say(
            conversation.locale, _("If you like, help others too: send me /volunteer in a private message.")
        )
    place = replace(conversation, last_external_id=message.external_id)
    await voice.to_contact(place, text, ticket=None)


async def _regrets(voice: Voice, ticket: Ticket) -> int:
    return sum(event.kind == TAKEN_BACK for event in await voice.work.events.of_ticket(ticket.id))


async def _take_back(voice: Voice, ticket: Ticket, conversation: Conversation, mark: PublicMark) -> None:
    """The reaction is gone: nobody is credited, and the question is open again."""
    regrets = await _regrets(voice, ticket)
    if ticket.status is not Status.SOLVED or not may_regret(mark, voice.now, regrets=regrets):
        return
    moved = await _uncredited(voice, ticket, mark)
    await voice.work.events.add(TAKEN_BACK, now=voice.now, ticket_id=ticket.id)
    text = voice.say(conversation.locale, _("All right, {number} is open again."), number=ticket.number)
    await voice.to_contact(conversation, text, ticket=moved)
    await show_answers(voice, moved, conversation)
    if moved.lane is Lane.STAFF:
        await voice.to_staff(moved, voice.say(voice.desk.locale, _("{number} is open again."), number=ticket.number))
    else:
        await voice.work.clocks.set(ticket.id, ClockKind.WAVE_END, voice.now + WAVES_WAIT)


async def _uncredited(voice: Voice, ticket: Ticket, mark: PublicMark | None) -> Ticket:
    """Open as before the mark; whoever was credited is not any more, and is told."""
    await outcome_taken_back(voice, ticket)
    if ticket.assignee_id is not None and mark is not None:
        responder = await voice.work.people.responder(ticket.assignee_id)
        if not responder.role.is_staff:
            text = _("The person who asked took it back: {number} is open again.")
            said = voice.say(responder.locale, text, number=ticket_name(ticket.id))
            await voice.to_responder(responder, said, ticket_id=ticket.id)
    await voice.work.public_answers.drop_mark(ticket.id)
    return await move(voice, ticket, Trigger.RESUMED, assignee_id=None, waiting_since=voice.now)
