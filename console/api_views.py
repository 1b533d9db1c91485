"""From what the desk keeps to what the JSON API gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.api_shapes import (
    ContactShape,
    FileShape,
    IdentityShape,
    MessageShape,
    TicketDetails,
    TicketList,
    TicketShape,
    VolunteerShape,
)
from desk.conversation import Direction
from desk.people import Contact, Identity, Responder
from desk.store import TicketRow
from desk.ticket import Ticket
from workflows.console_reads import SaidMessage, TicketSheet

EXCERPT = 240


def _of_ticket(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "status": ticket.status,
        "lane": ticket.lane,
        "unit": ticket.unit,
        "priority": ticket.priority,
        "intent": ticket.intent,
        "language": ticket.locale,
        "contact": ticket.contact_id,
        "opened_at": ticket.opened_at,
        "waiting_since": ticket.waiting_since,
        "answered_at": ticket.answered_at,
        "solved_at": ticket.solved_at,
        "rejections": ticket.rejections,
        "csat": ticket.csat,
    }


def ticket_list(rows: Sequence[TicketRow], limit: int) -> TicketList:
    """A page of at most `limit`; one row more says that there is a next."""
    shown = [_line(row) for row in rows[:limit]]
    return TicketList(tickets=shown, next=shown[-1].number if len(rows) > limit else None)


def _line(row: TicketRow) -> TicketShape:
    return TicketShape(
        **_of_ticket(row.ticket),
        channel=row.channel,
        contact_name=row.contact_name,
        assignee=row.assignee_name,
        reachability=row.reachability,
        excerpt=row.excerpt[:EXCERPT],
    )


def ticket_details(sheet: TicketSheet) -> TicketDetails:
    """Everything about one."""
    inbound = [said.message.body for said in sheet.talk if said.message.direction is Direction.INBOUND]
    return TicketDetails(
        **_of_ticket(sheet.ticket),
        channel=sheet.conversation.address.channel,
        contact_name=sheet.contact.name,
        assignee=sheet.assignee.name if sheet.assignee else None,
        reachability=sheet.reachability,
        excerpt=inbound[0][:EXCERPT] if inbound else "",
        reasons=list(sheet.reasons),
        follow_up_of=sheet.follow_up_of,
        messages=[message(said) for said in sheet.talk],
    )


def message(said: SaidMessage) -> MessageShape:
    """One message."""
    kept = said.message
    return MessageShape(
        id=kept.id,
        direction=kept.direction,
        author=kept.author,
        responder=said.responder.name if said.responder else None,
        text=kept.body,
        created_at=kept.created_at,
        edited_at=kept.edited_at,
        deleted_at=kept.deleted_at,
        version=kept.version,
        files=[
            FileShape(
                id=file.id,
                kind=file.kind,
                name=file.name,
                media_type=file.media_type,
                size=file.size,
                state=file.state,
            )
            for file in kept.attachments
        ],
        deliveries=[row.state for row in said.deliveries],
    )


def contact(known: Contact, identities: Sequence[Identity]) -> ContactShape:
    """A contact."""
    return ContactShape(
        id=known.id,
        name=known.name,
        language=known.locale,
        identities=[
            IdentityShape(channel=one.channel, name=one.name, reachability=one.reachability) for one in identities
        ],
    )


def volunteer(responder: Responder) -> VolunteerShape:
    """A volunteer."""
    return VolunteerShape(
        id=responder.id,
        name=responder.name,
        languages=list(responder.languages),
        topics=list(responder.topics),
        trust=responder.trust,
        active=responder.active,
        paused_until=responder.paused_until,
    )
