"""What the console's pages show, read in one transaction each.

A ticket sheet is for staff and holds everything. A volunteer's desk holds no personal data: the contact's words are
shown masked, or not at all while they are not read yet; of staff's answers only that there was one; files are
named by their kind. Nothing here changes anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desk.asking import AskingState
from desk.conversation import AttachmentKind, AuthorKind, Conversation, Direction, Message
from desk.errors import NotFound
from desk.incident import LIVE, Incident
from desk.learning import ReadAs
from desk.offer import Offer
from desk.outbound import OutboxRow
from desk.people import Contact, Reachability, Responder, ResponderId
from desk.record import Outcome
from desk.store import DeskEvent, TicketFilter, TicketRow, Work
from desk.ticket import Ticket, TicketId
from workflows.care_desk import CareDesk
from workflows.ticket_moves import ticket_name

MOST_INCIDENTS = 20


@dataclass(frozen=True, slots=True)
class SaidMessage:
    """A message with who wrote it, what became of its delivery to the contact, and what it was read as."""

    message: Message
    responder: Responder | None
    deliveries: Sequence[OutboxRow]
    read: ReadAs | None = None


@dataclass(frozen=True, slots=True)
class TicketSheet:
    """A ticket with all that staff need at a glance. `follow_up_of`: the public number of the ticket before it. `also`:
    further requests. `asked`: the contact is being asked what it is about. `outcomes`: of answers, and
    whose. `incident`: the one it follows; `live_incidents`: those that it could."""

    ticket: Ticket
    conversation: Conversation
    contact: Contact
    reachability: Reachability
    assignee: Responder | None
    reasons: Sequence[str]
    follow_up_of: str | None
    talk: Sequence[SaidMessage]
    events: Sequence[DeskEvent]
    also: Sequence[str] = ()
    asked: bool = False
    outcomes: Sequence[tuple[Outcome, Responder]] = ()
    incident: Incident | None = None
    live_incidents: Sequence[Incident] = ()


class Speaker(StrEnum):
    """Who speaks in a talk that a volunteer reads."""

    CONTACT = "contact"
    ME = "me"
    COMMUNITY = "community"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class MaskedLine:
    """One message as a volunteer may read it. `text` None: it is not to be shown, or not read yet."""

    id: int
    speaker: Speaker
    text: str | None
    files: tuple[AttachmentKind, ...]
    deleted: bool
    edited: bool


@dataclass(frozen=True, slots=True)
class MaskedQuestion:
    """A ticket as a volunteer may see it. `offer` is set while it is offered, not held."""

    ticket: Ticket
    name: str
    lines: Sequence[MaskedLine]
    offer: Offer | None = None
    also: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class VolunteerDesk:
    """What waits for a volunteer and what they hold."""

    offers: Sequence[MaskedQuestion]
    held: Sequence[MaskedQuestion]


async def tickets_listed(desk: CareDesk, wanted: TicketFilter) -> Sequence[TicketRow]:
    """A list of tickets, most urgent first."""
    async with desk.store.begin() as work:
        return await work.tickets.list(wanted)


async def ticket_id_of(desk: CareDesk, number: str) -> TicketId:
    """The ticket of a public number. Raises NotFound."""
    async with desk.store.begin() as work:
        return (await work.tickets.by_number(number)).id


async def ticket_sheet(desk: CareDesk, number: str) -> TicketSheet:
    """Everything about a ticket. Raises NotFound."""
    async with desk.store.begin() as work:
        ticket = await work.tickets.by_number(number)
        conversation = await work.conversations.by_id(ticket.conversation_id)
        asking = await work.askings.of_ticket(ticket.id)
        return TicketSheet(
            ticket=ticket,
            conversation=conversation,
            contact=await work.people.contact(ticket.contact_id),
            reachability=await work.people.reachability(conversation.id),
            assignee=None if ticket.assignee_id is None else await work.people.responder(ticket.assignee_id),
            reasons=await work.tickets.reasons(ticket.id),
            follow_up_of=await _number_of(work, ticket.follow_up_of),
            talk=await _talk(work, ticket),
            events=await work.events.of_ticket(ticket.id),
            also=await _also(work, ticket),
            asked=asking is not None and asking.state is AskingState.OPEN,
            outcomes=[
                (one, await work.people.responder(one.responder_id)) for one in await work.records.of_ticket(ticket.id)
            ],
            incident=await work.incidents.followed_by(ticket.id),
            live_incidents=await work.incidents.incidents(*LIVE, limit=MOST_INCIDENTS),
        )


async def _also(work: Work, ticket: Ticket) -> list[str]:
    """What the contact asks for besides what the ticket is about."""
    return [intent for intent in await work.messages.also_asked(ticket.id) if intent != ticket.intent]


async def _number_of(work: Work, ticket_id: TicketId | None) -> str | None:
    return None if ticket_id is None else (await work.tickets.by_id(ticket_id)).number


async def _talk(work: Work, ticket: Ticket) -> list[SaidMessage]:
    messages = await work.messages.of_ticket(ticket.id)
    rows = await work.outbox.of_ticket(ticket.id)
    readings = await work.corrections.readings_of(ticket.id)
    writers = {
        number: await work.people.responder(number)
        for number in sorted({message.responder_id for message in messages if message.responder_id is not None})
    }
    stream = f"conversation:{ticket.conversation_id}"
    return [
        SaidMessage(
            message,
            writers.get(message.responder_id) if message.responder_id is not None else None,
            [row for row in rows if row.entry.message_id == message.id and row.entry.stream == stream],
            readings.get(message.id),
        )
        for message in messages
    ]


async def volunteer_desk(desk: CareDesk, responder: Responder) -> VolunteerDesk:
    """Open offers and held questions of a volunteer, without personal data."""
    async with desk.store.begin() as work:
        offers = [
            await _masked(work, await work.tickets.by_id(offer.ticket_id), responder.id, offer)
            for offer in await work.offers.open_of_responder(responder.id)
        ]
        held = [await _masked(work, ticket, responder.id, None) for ticket in await work.tickets.held_by(responder.id)]
    return VolunteerDesk(offers, held)


async def _masked(work: Work, ticket: Ticket, reader: ResponderId, offer: Offer | None) -> MaskedQuestion:
    messages = await work.messages.of_ticket(ticket.id)
    lines = [
        masked_line(message, reader)
        for message in messages
        if message.direction is not Direction.NOTE and message.author is not AuthorKind.BOT
    ]
    return MaskedQuestion(ticket, ticket_name(ticket.id), lines, offer, await _also(work, ticket))


def masked_line(message: Message, reader: ResponderId) -> MaskedLine:
    """The message as `reader`, a volunteer, may see it."""
    match message.author:
        case AuthorKind.CONTACT:
            speaker, text = Speaker.CONTACT, message.masked
        case AuthorKind.BYSTANDER:
            speaker, text = Speaker.COMMUNITY, message.masked
        case AuthorKind.VOLUNTEER:
            speaker = Speaker.ME if message.responder_id == reader else Speaker.COMMUNITY
            text = message.body
        case _:
            speaker, text = Speaker.STAFF, message.masked
    return MaskedLine(
        id=message.id,
        speaker=speaker,
        text=None if message.deleted_at is not None else text,
        files=tuple(attachment.kind for attachment in message.attachments),
        deleted=message.deleted_at is not None,
        edited=message.edited_at is not None,
    )


async def team(desk: CareDesk) -> Sequence[Responder]:
    """Everybody who answers, by name."""
    async with desk.store.begin() as work:
        return await work.people.responders()


async def audit_log(desk: CareDesk, *, limit: int) -> Sequence[tuple[DeskEvent, str | None]]:
    """The newest entries, each with the public number of its ticket."""
    async with desk.store.begin() as work:
        events = await work.events.recent(limit=limit)
        numbers: dict[TicketId, str] = {}
        for event in events:
            if event.ticket_id is not None and event.ticket_id not in numbers:
                numbers[event.ticket_id] = (await work.tickets.by_id(event.ticket_id)).number
    return [(event, numbers.get(event.ticket_id) if event.ticket_id is not None else None) for event in events]


async def dead_letters(desk: CareDesk) -> Sequence[tuple[OutboxRow, str | None]]:
    """What could not be delivered, newest first, each with the public number of its ticket."""
    async with desk.store.begin() as work:
        return [(row, await _number_of(work, row.entry.ticket_id)) for row in await work.outbox.dead()]


async def message_on_ticket(work: Work, ticket_id: TicketId, message_id: int) -> Message:
    """A message, if it belongs to the ticket. Raises NotFound."""
    for message in await work.messages.of_ticket(ticket_id):
        if message.id == message_id:
            return message
    raise NotFound("no such message on this ticket")
