"""Staff change a ticket: claim, release, hold, resume, solve. From a thread, a button or the console alike."""

from __future__ import annotations

from desk.errors import NotAllowed
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import Lane, Status, Ticket, TicketId, Trigger
from workflows.care_desk import Topic
from workflows.end_asking import overtake_asking
from workflows.give_verdict import settle
from workflows.permissions import staff_only
from workflows.ticket_moves import move, staff_card, thank_volunteers
from workflows.unsent_answer import drop_unsent
from workflows.voice import Voice

BACK_IN_QUEUE = _("{number} is back in the queue.")


async def claim_ticket(voice: Voice, responder: Responder, ticket_id: TicketId) -> Ticket:
    """The ticket is the agent's, whoever had it before. Raises NotAllowed, NotFound, IllegalTransition."""
    staff_only(responder)
    ticket, conversation = await voice.work.tickets.lock(ticket_id)
    if ticket.assignee_id == responder.id:
        return ticket
    moved = await take_over(voice, ticket, responder)
    voice.wake(Topic.CONVERSATION, f"{conversation.address.channel} {conversation.key}")
    text = voice.say(voice.desk.locale, _("🙋 {name} has {number}."), name=responder.name, number=ticket.number)
    await voice.to_staff(moved, text)
    return moved


async def take_over(voice: Voice, ticket: Ticket, responder: Responder) -> Ticket:
    """Assigns a locked ticket to an agent; open offers end, a volunteer who had it is told."""
    newcomer = ticket.lane is not Lane.STAFF
    await overtake_asking(voice, ticket)
    trigger = Trigger.RESUMED if ticket.status is Status.SOLVED else Trigger.ASSIGNED
    moved = await move(voice, ticket, trigger, assignee_id=responder.id, lease_expires_at=None, lane=Lane.STAFF)
    await thank_volunteers(voice, ticket)
    if newcomer:
        await drop_unsent(voice, ticket)
    await voice.work.events.add("Claimed", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    if newcomer:
        await staff_card(voice, moved)
    return moved


async def release_ticket(voice: Voice, responder: Responder, ticket_id: TicketId) -> Ticket:
    """Back into the staff queue. Raises NotAllowed when a colleague has it."""
    staff_only(responder)
    ticket, _conversation = await voice.work.tickets.lock(ticket_id)
    if ticket.assignee_id != responder.id:
        raise NotAllowed("not the assignee")
    moved = await move(
        voice, ticket, Trigger.RELEASED, assignee_id=None, waiting_since=ticket.waiting_since or voice.now
    )
    await voice.work.events.add("Released", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    text = voice.say(voice.desk.locale, BACK_IN_QUEUE, number=ticket.number)
    await voice.to_staff(moved, text)
    return moved


async def hold_ticket(voice: Voice, responder: Responder, ticket_id: TicketId) -> Ticket:
    """Waits for a third party. A question of the community's becomes the agent's by it."""
    return await _simple(voice, responder, ticket_id, Trigger.HELD, _("{number} is on hold."))


async def resume_ticket(voice: Voice, responder: Responder, ticket_id: TicketId) -> Ticket:
    """Takes it up again."""
    return await _simple(voice, responder, ticket_id, Trigger.RESUMED, _("{number} is open again."))


async def solve_ticket(voice: Voice, responder: Responder, ticket_id: TicketId) -> Ticket:
    """The agent says it is solved; the contact is asked for a rating and may object."""
    staff_only(responder)
    ticket, conversation = await voice.work.tickets.lock(ticket_id)
    if ticket.lane is Lane.PEER and ticket.status in (Status.NEW, Status.OPEN):
        await thank_volunteers(voice, ticket)
    await voice.work.events.add("SolvedByStaff", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    return await settle(voice, ticket, conversation, by_contact=False)


async def _simple(voice: Voice, responder: Responder, ticket_id: TicketId, trigger: Trigger, text: str) -> Ticket:
    staff_only(responder)
    ticket, _conversation = await voice.work.tickets.lock(ticket_id)
    if ticket.lane is not Lane.STAFF:
        ticket = await take_over(voice, ticket, responder)
    moved = await move(voice, ticket, trigger)
    kind = "Held" if trigger is Trigger.HELD else "Resumed"
    await voice.work.events.add(kind, now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    await voice.to_staff(moved, voice.say(voice.desk.locale, text, number=ticket.number))
    return moved
