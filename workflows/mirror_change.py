"""An edit or deletion on one side shows on the other: every delivered copy is edited or deleted, in order.

An edit is a new version; the old one is kept. A contact's edit is read again before the transaction: it may hold what
only staff may see. Volunteers get it as a new text, masked, since their copies may stand far up; staff too, when the
message only stands in the ticket's card. A message nobody knows (not ours, not stored) changes nothing.
"""

from __future__ import annotations

from dataclasses import replace

from desk.classifying import ClassifierUnavailable, TextToRead
from desk.conversation import AuthorKind, Direction, Message, Surface
from desk.inbound import MessageDeleted, MessageEdited, Receipt
from desk.public_answer import to_hide
from desk.reading import OUT_OF_SCOPE, Reading
from workflows.apply_reading import apply_edit
from workflows.care_desk import CareDesk
from workflows.change_answer import delete_part, edit_part, part_of
from workflows.copies import edit_copies
from workflows.hide_in_public import protect
from workflows.staff_writes import NOTE_MARK
from workflows.take_back import take_back
from workflows.voice import speaking


async def mirror_edit(desk: CareDesk, event: MessageEdited) -> Receipt:
    """Stores the new version and carries it to the copies and to whoever has the ticket."""
    async with desk.store.begin() as work:
        part = await part_of(work, event.channel, event.external_id)
        message = await work.messages.by_external_id(event.channel, event.external_id)
    if part is not None:
        return await edit_part(desk, part, event.text)
    if message is None or message.ticket_id is None or _unchanged(message, event):
        return Receipt(duplicate=message is not None)
    in_public = await _said_in_public(desk, message)
    reading = await _read_again(desk, event) if in_public or message.author is AuthorKind.CONTACT else None
    text = event.text.removeprefix(NOTE_MARK).strip() if message.direction is Direction.NOTE else event.text
    async with speaking(desk) as voice:
        work = voice.work
        ticket, conversation = await work.tickets.lock(message.ticket_id)
        message = await work.messages.by_id(message.id)
        if _unchanged(message, event):
            return Receipt(duplicate=True)
        was_read = message.masked is not None
        if message.author is AuthorKind.BYSTANDER:
            text = reading.masked if reading else ""
        await work.messages.edit(message.id, body=text, masked=reading.masked if reading else None, at=voice.now)
        staff_see_it = await edit_copies(voice, message, text, ticket)
        if reading is not None and conversation.surface is Surface.PUBLIC and to_hide(reading.personal_data):
            await protect(voice, conversation, message.id, event.external_id, event.author.external_id)
        if reading is not None and was_read and not conversation.blocked and not in_public:
            message = replace(message, body=text, masked=reading.masked)
            await apply_edit(voice, ticket, conversation, message, reading, staff_see_it=staff_see_it)
    return Receipt(message_id=message.id)


async def _said_in_public(desk: CareDesk, message: Message) -> bool:
    """By somebody who did not ask."""
    async with desk.store.begin() as work:
        return await work.public_answers.of_message(message.id) is not None


def _unchanged(message: Message, event: MessageEdited) -> bool:
    return message.deleted_at is not None or message.body == event.text


async def _read_again(desk: CareDesk, event: MessageEdited) -> Reading:
    try:
        return (await desk.classifier.read([TextToRead(event.text, event.author.locale)]))[0]
    except ClassifierUnavailable:
        return Reading(language="other", intent=OUT_OF_SCOPE, confidence=0.0)


async def mirror_deletion(desk: CareDesk, event: MessageDeleted) -> Receipt:
    """What was deleted on its platform is taken back everywhere."""
    async with desk.store.begin() as work:
        part = await part_of(work, event.channel, event.external_id)
    if part is not None:
        return await delete_part(desk, part)
    async with speaking(desk) as voice:
        work = voice.work
        message = await work.messages.by_external_id(event.channel, event.external_id)
        if message is None or message.deleted_at is not None or await work.public_answers.is_hidden(message.id):
            return Receipt(duplicate=message is not None)
        await take_back(voice, message)
    return Receipt(message_id=message.id)
