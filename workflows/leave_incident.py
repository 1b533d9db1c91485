"""A ticket does not follow an incident any more, and goes its own way.

The contact says that theirs is another problem: a person looks at it, whatever the model makes of it. A coordinator
takes it out: it is routed as any other question. Whoever has the ticket keeps it. It is not taken in again by itself.
"""

from __future__ import annotations

from desk.conversation import Conversation, Direction
from desk.errors import TicketClosed
from desk.incident import LeftWhy
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import Lane, Status, Ticket
from workflows.file_ticket import file_ticket
from workflows.ticket_moves import hand_to_staff
from workflows.voice import Voice

LEFT = "LeftIncident"


async def leave_incident(
    voice: Voice, ticket: Ticket, conversation: Conversation, why: LeftWhy, *, by: Responder | None = None
) -> Ticket:
    """The conversation is locked. Returns the ticket as it is now; nothing happens when it follows none.
    Raises TicketClosed."""
    if not ticket.is_live:
        raise TicketClosed("the ticket is closed")
    incident = await voice.work.incidents.followed_by(ticket.id)
    if incident is None:
        return ticket
    await voice.work.incidents.leave(ticket.id, why, now=voice.now)
    await voice.work.events.add(
        LEFT,
        now=voice.now,
        ticket_id=ticket.id,
        responder_id=by.id if by else None,
        incident=incident.id,
        why=why.value,
    )
    if why is LeftWhy.DIFFERENT:
        return await _to_a_person(voice, ticket, conversation, incident.title)
    if ticket.assignee_id is None and ticket.lane is Lane.KNOWLEDGE and ticket.status is Status.ON_HOLD:
        return await route_again(voice, ticket, conversation)
    return ticket


async def _to_a_person(voice: Voice, ticket: Ticket, conversation: Conversation, title: str) -> Ticket:
    """Who answers it already goes on; else staff, told why."""
    reason = voice.say(voice.desk.locale, _("the contact says it is not “{title}”"), title=title)
    if ticket.assignee_id is not None and ticket.status is not Status.SOLVED:
        if ticket.lane is Lane.STAFF:
            await voice.to_staff(ticket, reason)
        return ticket
    await voice.work.tickets.add_decision(
        ticket.id,
        None,
        lane=Lane.STAFF.value,
        unit=ticket.unit or "-",
        priority=ticket.priority,
        reasons=[reason],
        now=voice.now,
    )
    return await hand_to_staff(voice, ticket, conversation)


async def route_again(voice: Voice, ticket: Ticket, conversation: Conversation) -> Ticket:
    """By its newest words that were read; staff when there are none."""
    for message in reversed(await voice.work.messages.of_ticket(ticket.id)):
        reading = await voice.work.messages.reading(message.id) if message.direction is Direction.INBOUND else None
        if reading is not None and message.deleted_at is None:
            await file_ticket(voice, ticket, conversation, message, reading)
            return await voice.work.tickets.by_id(ticket.id)
    return await hand_to_staff(voice, ticket, conversation)
