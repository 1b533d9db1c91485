"""An edit or deletion on one side shows on the other: every delivered copy is edited or deleted, in order.

An edit is a new version; the old one is kept. A contact's edit is read again before the transaction: it may hold what
only staff may see. Volunteers get it as a new text, masked, since their copies may stand far up; staff too, when the
message only stands in the ticket's card. A message nobody knows (not ours, not stored) changes nothing.
"""

from __future__ import annotations

from dataclasses import replace

from desk.classifying import ClassifierUnavailable, TextToRead
from desk.conversation import AuthorKind, Direction, Message
from desk.inbound import MessageDeleted, MessageEdited, Receipt
from desk.outbound import Operation, OutboxEntry
from desk.reading import OUT_OF_SCOPE, Reading
from desk.splitting import split
from desk.ticket import Ticket
from workflows.apply_reading import apply_edit
from workflows.care_desk import CareDesk
from workflows.responder_writes import answer_label
from workflows.voice import ROOM_FOR_FORMATTING, Voice, speaking


async def mirror_edit(desk: CareDesk, event: MessageEdited) -> Receipt:
    """Stores the new version and carries it to the copies and to whoever has the ticket."""
    async with desk.store.begin() as work:
        message = await work.messages.by_external_id(event.channel, event.external_id)
    if message is None or _unchanged(message, event):
        return Receipt(duplicate=message is not None)
    reading = await _read_again(desk, event) if message.author is AuthorKind.CONTACT else None
    now = desk.clock.now()
    async with desk.store.begin() as work:
        ticket, conversation = await work.tickets.lock(message.ticket_id)  # type: ignore[arg-type]
        message = await work.messages.by_id(message.id)
        if _unchanged(message, event):
            return Receipt(duplicate=True)
        was_read = message.masked is not None
        await work.messages.edit(message.id, body=event.text, masked=reading.masked if reading else None, at=now)
        voice = Voice(desk, work, now)
        staff_see_it = await _edit_copies(voice, message, event.text, ticket)
        if reading is not None and was_read:
            message = replace(message, body=event.text, masked=reading.masked)
            await apply_edit(voice, ticket, conversation, message, reading, staff_see_it=staff_see_it)
    voice.pokes()
    return Receipt(message_id=message.id)


def _unchanged(message: Message, event: MessageEdited) -> bool:
    return message.ticket_id is None or message.deleted_at is not None or message.body == event.text


async def _read_again(desk: CareDesk, event: MessageEdited) -> Reading:
    try:
        return (await desk.classifier.read([TextToRead(event.text, event.author.locale)]))[0]
    except ClassifierUnavailable:
        return Reading(language="other", intent=OUT_OF_SCOPE, confidence=0.0)


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


async def _edit_copies(voice: Voice, message: Message, text: str, ticket: Ticket) -> bool:
    """Edits each copy in place; what no longer fits into one message is cut with an ellipsis. True: staff see one."""
    staff_see_it = False
    said = f"{await _label(voice, message, ticket)}{text}"
    for row in await voice.work.outbox.deliveries(message.id):
        if row.entry.attachment_id is not None or not row.entry.text:
            continue
        if row.entry.responder_id is not None and message.author is AuthorKind.CONTACT:
            continue
        staff_see_it = staff_see_it or row.entry.staff_ticket_id is not None
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
    return staff_see_it


async def _label(voice: Voice, message: Message, ticket: Ticket) -> str:
    if message.direction is Direction.INBOUND:
        return "💬 "
    if message.responder_id is None or message.direction is Direction.NOTE:
        return ""
    return answer_label(voice, await voice.work.people.responder(message.responder_id), ticket)
