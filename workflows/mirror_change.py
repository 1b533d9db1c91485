"""An edit or deletion on one side shows on the other: every delivered copy is edited or deleted, in order.

An edit is a new version; the old one is kept. A contact's edit is masked again and shown to volunteers as a
new text, since their copies may stand far up. A message nobody knows (not ours, not stored) changes nothing.
"""

from __future__ import annotations

from desk.conversation import AuthorKind, Direction, Message
from desk.inbound import MessageDeleted, MessageEdited, Receipt
from desk.outbound import Operation, OutboxEntry
from desk.people import Role
from desk.phrases import marked as _
from desk.splitting import split
from desk.ticket import Ticket
from workflows.care_desk import CareDesk, Topic
from workflows.responder_writes import answer_label
from workflows.voice import ROOM_FOR_FORMATTING, Voice, speaking


async def mirror_edit(desk: CareDesk, event: MessageEdited) -> Receipt:
    """Stores the new version and carries it to the copies. A contact's new text is read again."""
    async with speaking(desk) as voice:
        work = voice.work
        message = await work.messages.by_external_id(event.channel, event.external_id)
        if message is None or message.ticket_id is None or message.deleted_at or message.body == event.text:
            return Receipt(duplicate=message is not None)
        ticket, _conversation = await work.tickets.lock(message.ticket_id)
        await work.messages.edit(message.id, body=event.text, masked=None, at=voice.now)
        await _edit_copies(voice, message, event.text, ticket)
        if message.author is AuthorKind.CONTACT:
            await _tell_volunteer(voice, ticket)
        voice.wake(Topic.UNREAD)
    return Receipt(message_id=message.id)


async def mirror_deletion(desk: CareDesk, event: MessageDeleted) -> Receipt:
    """Empties the message and deletes its copies."""
    async with speaking(desk) as voice:
        work = voice.work
        message = await work.messages.by_external_id(event.channel, event.external_id)
        if message is None or message.deleted_at is not None:
            return Receipt(duplicate=message is not None)
        if message.ticket_id is not None:
            await work.tickets.lock(message.ticket_id)
        await withdraw_copies(voice, message)
    return Receipt(message_id=message.id)


async def withdraw_copies(voice: Voice, message: Message) -> None:
    """Deletes a stored message and every copy that was or will be delivered."""
    await voice.work.messages.delete(message.id, at=voice.now)
    rows = await voice.work.outbox.deliveries(message.id)
    await voice.put(
        [
            OutboxEntry(
                stream=row.entry.stream,
                address=row.entry.address,
                operation=Operation.DELETE,
                target_id=row.id,
                ticket_id=row.entry.ticket_id,
                staff_ticket_id=row.entry.staff_ticket_id,
            )
            for row in rows
        ]
    )
    if message.ticket_id is not None:
        await voice.work.events.add("MessageDeleted", now=voice.now, ticket_id=message.ticket_id)


async def _edit_copies(voice: Voice, message: Message, text: str, ticket: Ticket) -> None:
    """Edits each copy in place; what no longer fits into one message is cut with an ellipsis."""
    said = f"{await _label(voice, message, ticket)}{text}"
    for row in await voice.work.outbox.deliveries(message.id):
        if row.entry.attachment_id is not None or not row.entry.text:
            continue
        if row.entry.responder_id is not None and message.author is AuthorKind.CONTACT:
            continue
        limit = voice.desk.limits[row.entry.address.channel].characters - ROOM_FOR_FORMATTING
        parts = split(said, limit)
        await voice.put(
            [
                OutboxEntry(
                    stream=row.entry.stream,
                    address=row.entry.address,
                    operation=Operation.EDIT,
                    text=parts[0] if len(parts) == 1 else f"{parts[0]} …",
                    buttons=row.entry.buttons,
                    target_id=row.id,
                    ticket_id=row.entry.ticket_id,
                    staff_ticket_id=row.entry.staff_ticket_id,
                )
            ]
        )


async def _label(voice: Voice, message: Message, ticket: Ticket) -> str:
    if message.direction is Direction.INBOUND:
        return "💬 "
    if message.responder_id is None or message.direction is Direction.NOTE:
        return ""
    return answer_label(voice, await voice.work.people.responder(message.responder_id), ticket)


async def _tell_volunteer(voice: Voice, ticket: Ticket) -> None:
    """The masked new text follows by triage; this says why it comes again."""
    if ticket.assignee_id is None:
        return
    responder = await voice.work.people.responder(ticket.assignee_id)
    if responder.role is Role.VOLUNTEER:
        text = voice.say(responder.locale, _("✏ The contact changed a message:"))
        await voice.to_responder(responder, text, ticket_id=ticket.id)
