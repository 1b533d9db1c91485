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
from workflows.ticket_moves import hand_to_staff
from workflows.voice import Voice


async def refile_ticket(
    voice: Voice, responder: Responder, ticket_id: TicketId, *, unit: str, priority: Priority
) -> Ticket:
    """Another unit or priority. Raises NotAllowed, NotFound, InputRejected when the policy has no such unit."""
    _staff_only(responder)
    policy = voice.desk.policy()
    if unit not in policy.units:
        raise InputRejected("unit: not one of the policy's units")
    ticket, _conversation = await voice.work.tickets.lock(ticket_id)
    if not ticket.is_live:
        raise NotAllowed("the ticket is closed")
    if (ticket.unit, ticket.priority) == (unit, priority):
        return ticket
    moved = replace(ticket, unit=unit, priority=priority)
    await voice.work.tickets.save(moved)
    locale = voice.desk.locale
    reason = voice.say(
        locale,
        _("{name} filed it under {unit}, priority {priority}"),
        name=responder.name,
        unit=policy.unit_name(unit, locale),
        priority=priority.value,
    )
    await voice.work.tickets.add_decision(
        ticket.id,
        None,
        lane=(ticket.lane or Lane.STAFF).value,
        unit=unit,
        priority=priority,
        reasons=[*await voice.work.tickets.reasons(ticket.id), reason],
        now=voice.now,
    )
    await voice.work.events.add(
        "Refiled",
        now=voice.now,
        ticket_id=ticket.id,
        responder_id=responder.id,
        unit_before=ticket.unit,
        unit=unit,
        priority_before=ticket.priority.value,
        priority=priority.value,
    )
    if moved.lane is Lane.STAFF:
        await voice.to_staff(moved, f"🗂 {reason}")
    return moved


async def call_to_staff(voice: Voice, responder: Responder, ticket_id: TicketId) -> Ticket:
    """Takes a question from the community into the staff queue. Raises NotAllowed, NotFound, IllegalTransition."""
    _staff_only(responder)
    ticket, conversation = await voice.work.tickets.lock(ticket_id)
    if not ticket.is_live:
        raise NotAllowed("the ticket is closed")
    if ticket.lane is Lane.STAFF:
        return ticket
    if ticket.assignee_id is not None:
        holder = await voice.work.people.responder(ticket.assignee_id)
        text = voice.say(holder.locale, _("Thank you! Staff have taken over your question."))
        await voice.to_responder(holder, text)
    await voice.work.events.add("CalledToStaff", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    return await hand_to_staff(voice, ticket, conversation)


def _staff_only(responder: Responder) -> None:
    if not responder.role.is_staff or not responder.active:
        raise NotAllowed("only staff do this")
