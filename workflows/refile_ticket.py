"""Staff correct where a ticket belongs: its business unit, its priority, or from the community to staff.

A correction is a decision too: it is kept with its reasons and in the audit log, so that the next reading of such a
question can learn from it.
"""

from __future__ import annotations

from dataclasses import replace

from desk.errors import InputRejected, NotAllowed
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import Lane, Priority, Ticket, TicketId
from workflows.permissions import staff_only
from workflows.ticket_moves import hand_to_staff
from workflows.voice import Voice


async def refile_ticket(
    voice: Voice, responder: Responder, ticket_id: TicketId, *, unit: str, priority: Priority
) -> Ticket:
    """Another unit or priority. Raises NotAllowed, NotFound, InputRejected when the policy has no such unit."""
    staff_only(responder)
    if unit not in voice.desk.policy().units:
        raise InputRejected("unit: not one of the policy's units")
    ticket, _conversation = await voice.work.tickets.lock(ticket_id)
    if not ticket.is_live:
        raise NotAllowed("the ticket is closed")
    if (ticket.unit, ticket.priority) == (unit, priority):
        return ticket
    moved = replace(ticket, unit=unit, priority=priority)
    await voice.work.tickets.save(moved)
    await _keep_decision(voice, responder, ticket, moved)
    return moved


async def _keep_decision(voice: Voice, responder: Responder, before: Ticket, after: Ticket) -> None:
    """The reasons so far, and whose correction it is; in the audit log; told in the staff rooms."""
    locale = voice.desk.locale
    reason = voice.say(
        locale,
        _("{name} filed it under {unit}, priority {priority}"),
        name=responder.name,
        unit=voice.desk.policy().unit_name(after.unit, locale),
        priority=after.priority.value,
    )
    await voice.work.tickets.add_decision(
        after.id,
        None,
        lane=(after.lane or Lane.STAFF).value,
        unit=after.unit or "-",
        priority=after.priority,
        reasons=[*await voice.work.tickets.reasons(after.id), reason],
        now=voice.now,
    )
    await voice.work.events.add(
        "Refiled",
        now=voice.now,
        ticket_id=after.id,
        responder_id=responder.id,
        unit_before=before.unit,
        unit=after.unit,
        priority_before=before.priority.value,
        priority=after.priority.value,
    )
    if after.lane is Lane.STAFF:
        await voice.to_staff(after, f"🗂 {reason}")


async def call_to_staff(voice: Voice, responder: Responder, ticket_id: TicketId) -> Ticket:
    """Takes a question from the community into the staff queue. Raises NotAllowed, NotFound, IllegalTransition."""
    staff_only(responder)
    ticket, conversation = await voice.work.tickets.lock(ticket_id)
    if not ticket.is_live:
        raise NotAllowed("the ticket is closed")
    if ticket.lane is Lane.STAFF:
        return ticket
    await voice.work.events.add("CalledToStaff", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    return await hand_to_staff(voice, ticket, conversation)
