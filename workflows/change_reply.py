"""A responder changes or takes back a message of their own, from the console; its copies follow (mirror_change).

Delivered letters that died are queued again by a person, here too: on a ticket by whoever serves it, all of them by
coordinators.
"""

from __future__ import annotations

from desk.conversation import Address, Message, OutboxId
from desk.errors import InputRejected, NotAllowed, NotFound
from desk.inbound import MessageDeleted, MessageEdited
from desk.people import Author, Responder
from desk.ticket import TicketId
from workflows.care_desk import CareDesk, Topic
from workflows.console_reads import message_on_ticket
from workflows.mirror_change import mirror_deletion, mirror_edit
from workflows.permissions import staff_only
from workflows.voice import Voice


async def edit_reply(desk: CareDesk, responder: Responder, ticket_id: TicketId, message_id: int, text: str) -> None:
    """A new version of the responder's own message. Raises NotAllowed, NotFound, InputRejected."""
    if not text.strip():
        raise InputRejected("text: empty; delete the message instead")
    message, external_id = await _own(desk, responder, ticket_id, message_id)
    await mirror_edit(
        desk,
        MessageEdited(
            channel=message.channel,
            external_id=external_id,
            address=Address(message.channel, external_id),
            author=Author(message.channel, str(responder.id), responder.name),
            text=text,
            edited_at=desk.clock.now(),
        ),
    )
    await _note(desk, "ReplyEdited", responder, ticket_id)


async def delete_reply(desk: CareDesk, responder: Responder, ticket_id: TicketId, message_id: int) -> None:
    """Takes the responder's own message back. Raises NotAllowed, NotFound."""
    message, external_id = await _own(desk, responder, ticket_id, message_id)
    address = Address(message.channel, external_id)
    await mirror_deletion(desk, MessageDeleted(channel=message.channel, external_id=external_id, address=address))
    await _note(desk, "ReplyDeleted", responder, ticket_id)


async def _own(desk: CareDesk, responder: Responder, ticket_id: TicketId, message_id: int) -> tuple[Message, str]:
    async with desk.store.begin() as work:
        message = await message_on_ticket(work, ticket_id, message_id)
    if message.responder_id != responder.id or message.external_id is None:
        raise NotAllowed("somebody else's message")
    if message.deleted_at is not None:
        raise NotFound("deleted before")
    return message, message.external_id


async def _note(desk: CareDesk, kind: str, responder: Responder, ticket_id: TicketId) -> None:
    async with desk.store.begin() as work:
        await work.events.add(kind, now=desk.clock.now(), ticket_id=ticket_id, responder_id=responder.id)


async def retry_delivery(
    voice: Voice, responder: Responder, outbox_id: OutboxId, *, ticket_id: TicketId | None = None
) -> None:
    """Queues a dead letter again. `ticket_id`: it must be one of this ticket's. Raises NotAllowed, NotFound."""
    staff_only(responder)
    if ticket_id is not None and outbox_id not in {row.id for row in await voice.work.outbox.of_ticket(ticket_id)}:
        raise NotFound("no such delivery on this ticket")
    if not await voice.work.outbox.retry(outbox_id):
        raise NotFound("it is not a dead letter any more")
    await voice.work.events.add(
        "DeliveryRetried", now=voice.now, ticket_id=ticket_id, responder_id=responder.id, outbox=outbox_id
    )
    for channel in voice.desk.limits:
        voice.wake(Topic.OUTBOX, channel)
