"""A word after *solved*: the ticket is open again, and the contact is told so. Thanks alone settle it again."""

from __future__ import annotations

from desk.conversation import Conversation, Message
from desk.phrases import marked as _
from desk.reading import Reading
from desk.ticket import Status, Ticket
from workflows.give_verdict import SOLVED_BY_CONTACT
from workflows.small_talk import SMALL_TALK
from workflows.ticket_moves import settle_quietly
from workflows.voice import Voice

REOPENED = "TicketReopened"


async def reopened_by(voice: Voice, ticket: Ticket, message: Message) -> bool:
    """Whether it was this message that opened the solved ticket again; both have the instant of one transaction."""
    if ticket.answered_at is None or ticket.assignee_id is not None or ticket.status is not Status.OPEN:
        return False
    events = await voice.work.events.of_ticket(ticket.id)
    return any(event.kind == REOPENED and event.at == message.created_at for event in events)


async def solved_by_contact(voice: Voice, ticket: Ticket) -> bool:
    """Whether it was the contact who said that it is solved."""
    events = await voice.work.events.of_ticket(ticket.id)
    return any(event.kind == SOLVED_BY_CONTACT and event.at == ticket.solved_at for event in events)


async def settle_again(voice: Voice, ticket: Ticket, conversation: Conversation, reading: Reading) -> None:
    """Thanks for an answer are no question: answered in kind, nothing is asked, it stays solved."""
    moved = await settle_quietly(voice, ticket)
    text = voice.say(conversation.locale, SMALL_TALK[reading.intent], brand=voice.desk.brand)
    await voice.to_contact(conversation, text, ticket=moved)


async def tell_reopened(voice: Voice, ticket: Ticket, conversation: Conversation) -> None:
    """To the contact, and to staff, whose ticket it is."""
    text = _("Your question {number} is open again. A person from our team will answer you here.")
    await voice.to_contact(conversation, voice.say(conversation.locale, text, number=ticket.number), ticket=ticket)
    await voice.to_staff(ticket, voice.say(voice.desk.locale, _("{number} is open again."), number=ticket.number))
