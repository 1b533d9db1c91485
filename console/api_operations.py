"""What the JSON API does. One table of operations: the routes and the OpenAPI document are both made from it."""

from __future__ import annotations

from console import api_views
from console.api_call import Answer, Call, Operation
from console.api_incidents import INCIDENT_OPERATIONS
from console.api_shapes import (
    ContactShape,
    MessageList,
    NoteBody,
    ReplyBody,
    TicketDetails,
    TicketList,
    TicketQuery,
    VolunteerList,
    Written,
)
from desk.errors import InputRejected, NotFound
from desk.people import ContactId, Role
from desk.store import TicketFilter, Work
from desk.ticket import TicketId
from workflows.change_ticket import claim_ticket, hold_ticket, release_ticket, resume_ticket, solve_ticket
from workflows.console_reads import team, ticket_id_of, ticket_sheet, tickets_listed
from workflows.staff_writes import add_note, reply_to_contact
from workflows.voice import Origin, speaking

VERBS = {
    "claim": claim_ticket,
    "release": release_ticket,
    "hold": hold_ticket,
    "resume": resume_ticket,
    "solve": solve_ticket,
}


async def list_tickets(call: Call) -> Answer:
    """A page of the list."""
    asked: TicketQuery = call.query
    async with call.desk.store.begin() as work:
        assignee = await work.people.responder_named(asked.assignee) if asked.assignee else None
        if asked.assignee and assignee is None:
            raise InputRejected("assignee: nobody of this name")
        before = await _cursor(work, asked.after)
    rows = await tickets_listed(
        call.desk,
        TicketFilter(
            statuses=(asked.status,) if asked.status else None,
            units=(asked.unit,) if asked.unit else None,
            lane=asked.lane,
            assignee_id=assignee.id if assignee else None,
            unassigned=asked.unassigned,
            search=asked.search or None,
            before_id=before,
            limit=asked.limit + 1,
        ),
    )
    return 200, api_views.ticket_list(rows, asked.limit)


async def _cursor(work: Work, after: str | None) -> TicketId | None:
    if after is None:
        return None
    try:
        return (await work.tickets.by_number(after)).id
    except NotFound:
        raise InputRejected("after: no such ticket") from None


async def get_ticket(call: Call) -> Answer:
    """One ticket with its talk."""
    return 200, api_views.ticket_details(await ticket_sheet(call.desk, call.number))


async def list_messages(call: Call) -> Answer:
    """The talk alone."""
    sheet = await ticket_sheet(call.desk, call.number)
    return 200, MessageList(messages=[api_views.message(said) for said in sheet.talk])


async def post_reply(call: Call) -> Answer:
    """Answers the contact."""
    said: ReplyBody = call.body
    ticket_id = await ticket_id_of(call.desk, call.number)
    origin = call.origin(said.idempotency_key)
    async with speaking(call.desk) as voice:
        known = await voice.work.messages.by_external_id(*origin)
        if known is None:
            if said.take_over:
                await claim_ticket(voice, call.responder, ticket_id)
            await reply_to_contact(voice, call.responder, ticket_id, said.text, origin=origin)
        written = await _written(voice.work, origin)
    return (201 if known is None else 200), written


async def post_note(call: Call) -> Answer:
    """Keeps a note."""
    said: NoteBody = call.body
    ticket_id = await ticket_id_of(call.desk, call.number)
    origin = call.origin(said.idempotency_key)
    async with speaking(call.desk) as voice:
        known = await voice.work.messages.by_external_id(*origin)
        if known is None:
            await add_note(voice, call.responder, ticket_id, said.text, origin=origin)
        written = await _written(voice.work, origin)
    return (201 if known is None else 200), written


async def _written(work: Work, origin: Origin) -> Written:
    message = await work.messages.by_external_id(*origin)
    if message is None or message.ticket_id is None:
        raise NotFound("the message is gone")
    return Written(message=message.id, ticket=(await work.tickets.by_id(message.ticket_id)).number)


async def post_verb(call: Call) -> Answer:
    """Changes the ticket's state."""
    ticket_id = await ticket_id_of(call.desk, call.number)
    verb = VERBS[call.request.path.rpartition("/")[2]]
    async with speaking(call.desk) as voice:
        await verb(voice, call.responder, ticket_id)
    return await get_ticket(call)


async def get_contact(call: Call) -> Answer:
    """One contact with their accounts."""
    said = call.request.match_info["contact"]
    if len(said) > 18:
        raise NotFound("no such contact")
    async with call.desk.store.begin() as work:
        known = await work.people.contact(ContactId(int(said)))
        return 200, api_views.contact(known, await work.people.identities(known.id))


async def list_volunteers(call: Call) -> Answer:
    """Everybody who answers unpaid."""
    people = [one for one in await team(call.desk) if one.role is Role.VOLUNTEER]
    return 200, VolunteerList(volunteers=[api_views.volunteer(one) for one in people])


TICKET = "/tickets/{number}"
OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/tickets", "listTickets", "Tickets, most urgent first", list_tickets, TicketList, TicketQuery),
    Operation("GET", TICKET, "getTicket", "A ticket with its talk", get_ticket, TicketDetails),
    Operation("GET", f"{TICKET}/messages", "listMessages", "A ticket's messages", list_messages, MessageList),
    Operation(
        "POST", f"{TICKET}/replies", "reply", "Answer the contact; claims an unassigned ticket", post_reply, Written,
        body=ReplyBody, statuses=(201, 200),
    ),
    Operation(
        "POST", f"{TICKET}/notes", "note", "A note for colleagues", post_note, Written,
        body=NoteBody, statuses=(201, 200),
    ),
    *(
        Operation("POST", f"{TICKET}/{verb}", verb, summary, post_verb, TicketDetails)
        for verb, summary in (
            ("claim", "Take the ticket, also from a colleague"),
            ("release", "Put it back into the queue"),
            ("hold", "Wait for a third party"),
            ("resume", "Take it up again"),
            ("solve", "Mark it as solved"),
        )
    ),
    Operation("GET", "/contacts/{contact}", "getContact", "A contact", get_contact, ContactShape),
    Operation("GET", "/volunteers", "listVolunteers", "All volunteers", list_volunteers, VolunteerList),
    *INCIDENT_OPERATIONS,
)  # fmt: skip
