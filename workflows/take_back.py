"""Takes back the giver's last message, where the platform tells nobody that it was deleted."""

from __future__ import annotations

from desk.conversation import Direction, Message
from desk.people import Responder
from desk.ticket import TicketId
from workflows.mirror_change import withdraw_copies
from workflows.spoken import Spoken


async def take_back_last(spoken: Spoken) -> bool:
    """Deletes the last message of a contact, or of a responder's ticket, and its copies. False: there is none."""
    message = await _last(spoken)
    if message is None:
        return False
    await withdraw_copies(spoken.voice, message)
    return True


async def _last(spoken: Spoken) -> Message | None:
    work = spoken.voice.work
    responder = spoken.where.responder
    if responder is not None:
        mine = [
            message
            for ticket_id in await _tickets(spoken, responder)
            for message in await work.messages.of_ticket(ticket_id)
            if message.responder_id == responder.id and message.deleted_at is None
        ]
        return max(mine, key=lambda message: message.id, default=None)
    if spoken.where.conversation is None:
        return None
    talk = await work.messages.of_conversation(spoken.where.conversation.id)
    mine = [
        message
        for message in talk
        if message.direction is Direction.INBOUND and message.deleted_at is None and message.ticket_id is not None
    ]
    return mine[-1] if mine else None


async def _tickets(spoken: Spoken, responder: Responder) -> list[TicketId]:
    if spoken.where.staff_ticket_id is not None:
        return [spoken.where.staff_ticket_id]
    held = await spoken.voice.work.tickets.held_by(responder.id)
    return [ticket.id for ticket in held]
