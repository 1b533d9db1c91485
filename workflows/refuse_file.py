"""A file will not be passed on: too large, of a kind that runs code, or gone. Whoever sent it is told by its name.

Told before it is marked, so that a crash in between tells twice rather than never. Where the file was to appear, its
name appears instead (workflows/deliver.py).
"""

from __future__ import annotations

from desk.conversation import Attachment, AuthorKind
from desk.outbound import OutboxRow
from desk.phrases import marked as _
from workflows.care_desk import CareDesk
from workflows.voice import speaking


async def refuse_file(desk: CareDesk, file: Attachment) -> None:
    """Tells the sender, and marks the file as refused."""
    if file.message_id is None:
        return
    async with speaking(desk) as voice:
        work = voice.work
        message = await work.messages.by_id(file.message_id)
        if message.ticket_id is not None and message.deleted_at is None:
            ticket, conversation = await work.tickets.lock(message.ticket_id)
            text = _("I could not pass on {name}: too large, or a kind of file that can do harm.")
            if message.author is AuthorKind.CONTACT:
                said = voice.say(conversation.locale, text, name=file.name)
                await voice.to_contact(conversation, said, ticket=ticket)
            elif message.author is AuthorKind.VOLUNTEER and message.responder_id is not None:
                responder = await work.people.responder(message.responder_id)
                said = voice.say(responder.locale, text, name=file.name)
                await voice.to_responder(responder, said, ticket_id=ticket.id)
            else:
                await voice.to_staff(ticket, voice.say(desk.locale, text, name=file.name))
    await desk.store.queues.attachment_refused(file.id)


async def name_instead(desk: CareDesk, row: OutboxRow) -> str:
    """What is sent where a refused file was to appear."""
    name = row.attachment.name if row.attachment else ""
    locale = desk.locale
    if row.entry.staff_ticket_id is None and row.entry.ticket_id is not None:
        async with desk.store.begin() as work:
            locale = (await work.tickets.by_id(row.entry.ticket_id)).locale
    return desk.phrases.say(locale, _("📎 {name} (not passed on)"), name=name)
