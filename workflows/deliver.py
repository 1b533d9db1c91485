"""Delivery: sends what is due on one channel's outbox, in order per stream, and keeps the platform's answer.

sent             confirmed with its external id
429              the chat (or the whole bot) pauses until retry_after, durably; the row waits
thread deleted   the staff thread is forgotten and opened anew, the message is kept
chat moved       the new id is written everywhere, the row goes again
unreachable      a state of the identity, seen by staff; the row is a dead letter
database away    what the platform answered is kept as soon as it is back: nothing goes out twice for it
passing fault    tried again with growing pauses, at last a dead letter
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import assert_never

from desk.conversation import Address, AttachmentState
from desk.errors import (
    AddressMoved,
    ContactUnreachable,
    DeliveryError,
    RateLimited,
    StorageUnavailable,
    ThreadGone,
)
from desk.outbound import Operation, OutboundMessage, OutboxRow
from desk.people import Reachability
from desk.ports import Channel
from desk.ticket import Lane, TicketId
from workflows.care_desk import CareDesk
from workflows.drop_out import end_offers_if_unreachable
from workflows.hide_in_public import go_private, hide
from workflows.insisting import insist
from workflows.pacing import Pacer
from workflows.refuse_file import name_instead
from workflows.ticket_moves import CONTACT_UNREACHABLE
from workflows.voice import Voice, speaking

LEASE = timedelta(seconds=90)
LONGEST_WAIT_SECONDS = 20.0
ATTEMPTS = 12
LONGEST_PAUSE = timedelta(minutes=10)
UNREACHABLE = "ContactUnreachable"
PACED = "paced"

Rest = Callable[[float], Awaitable[None]]
"""Seconds."""

log = logging.getLogger(__name__)


async def claim_deliveries(desk: CareDesk, channel: Channel, *, limit: int) -> Sequence[OutboxRow]:
    """Up to `limit` rows that may go now, each the head of its stream, under a lease."""
    return await desk.store.queues.claim_outbox(channel.name, limit=limit, now=desk.clock.now(), lease=LEASE)


async def deliver(
    desk: CareDesk,
    channel: Channel,
    pacer: Pacer,
    row: OutboxRow,
    *,
    longest_wait: float = LONGEST_WAIT_SECONDS,
    rest: Rest = asyncio.sleep,
) -> str:
    """Delivers one claimed row and keeps the answer. Returns what became of it, a word for metrics.

    What must wait longer than `longest_wait` seconds goes back. `rest`: how a channel's pace is waited for; on a clock
    that is turned by hand nobody can sleep."""
    now = desk.clock.now()
    rate = channel.limits.room_per_second if row.entry.staff_ticket_id else channel.limits.per_chat_second
    wait = pacer.wait(row.entry.address.chat, rate, now.timestamp(), longest_wait)
    if wait > longest_wait:
        await desk.store.queues.postpone(row.id, until=now + timedelta(seconds=wait), error="paced", counts=False)
        return PACED
    await rest(wait)
    try:
        external_id = await _perform(desk, channel, row)
    except DeliveryError as error:
        log.info("delivery failed", extra={"channel": channel.name, "reason": type(error).__name__})
        await insist(partial(_after_failure, desk, channel, row, error))
        return type(error).__name__
    except StorageUnavailable:
        # Nothing was sent yet.
        await insist(partial(desk.store.queues.postpone, row.id, until=now, error="the database was away"))
        return "storage_unavailable"
    await insist(partial(desk.store.queues.confirm, row.id, external_id, now=desk.clock.now()))
    return "sent" if row.attempts <= 1 else "sent_again"


async def _perform(desk: CareDesk, channel: Channel, row: OutboxRow) -> str | None:
    place = await _place(desk, channel, row)
    refused = row.attachment is not None and row.attachment.state is AttachmentState.REFUSED
    message = OutboundMessage(
        text=await name_instead(desk, row) if refused else row.entry.text,
        buttons=row.entry.buttons,
        attachment=None if refused else row.attachment,
        reply_to=row.entry.reply_to,
        idempotency_key=f"zuruf-{row.id}",
        pings=row.entry.pings,
    )
    match row.entry.operation:
        case Operation.SEND:
            return await channel.send(place, message)
        case Operation.EDIT:
            if row.target_external_id is not None:
                await channel.edit(place, row.target_external_id, message)
        case Operation.DELETE:
            if row.target_external_id is not None:
                await channel.delete(place, row.target_external_id)
        case Operation.CLOSE_THREAD:
            await channel.close_thread(place)
        case Operation.GO_PRIVATE:
            await go_private(desk, channel, row)
        case Operation.HIDE:
            await hide(desk, channel, row)
        case _:
            assert_never(row.entry.operation)
    return None


async def _place(desk: CareDesk, channel: Channel, row: OutboxRow) -> Address:
    """Where it goes: as the row says, or the ticket's staff thread, opened when there is none."""
    ticket_id = row.entry.staff_ticket_id
    if ticket_id is None:
        return row.entry.address
    async with desk.store.begin() as work:
        for thread in await work.tickets.staff_threads(ticket_id):
            if thread.channel == channel.name and thread.chat == row.entry.address.chat:
                return thread
        ticket = await work.tickets.by_id(ticket_id)
        contact = await work.people.contact(ticket.contact_id)
    thread = await channel.open_thread(row.entry.address, f"{ticket.number} {contact.name}")
    await insist(partial(_note_thread, desk, ticket_id, thread))
    return thread


async def _note_thread(desk: CareDesk, ticket_id: TicketId, thread: Address) -> None:
    async with desk.store.begin() as work:
        await work.tickets.add_staff_thread(ticket_id, thread, now=desk.clock.now())


async def _after_failure(desk: CareDesk, channel: Channel, row: OutboxRow, error: DeliveryError) -> None:
    now = desk.clock.now()
    queues = desk.store.queues
    match error:
        case RateLimited():
            until = now + timedelta(seconds=error.retry_after or 1.0)
            await queues.pause(channel.name, None if error.whole_bot else row.entry.address.chat, until=until)
            await queues.postpone(row.id, until=until, error=error.reason, counts=False)
        case ThreadGone() | AddressMoved() if row.attempts >= ATTEMPTS:
            await queues.give_up(row.id, error=error.reason)
        case ThreadGone() if row.entry.staff_ticket_id is not None:
            await _forget_thread(desk, channel, row)
            await queues.postpone(row.id, until=now, error=error.reason)
        case AddressMoved():
            async with desk.store.begin() as work:
                await work.conversations.move_chat(channel.name, row.entry.address.chat, error.new_chat)
            await queues.postpone(row.id, until=now, error=error.reason)
        case ContactUnreachable() | ThreadGone():
            await _note_unreachable(desk, channel, row)
            await queues.give_up(row.id, error=error.reason)
        case _ if error.permanent or row.attempts >= ATTEMPTS:
            await queues.give_up(row.id, error=error.reason)
        case _:
            pause = min(timedelta(seconds=2 ** min(row.attempts, 16)), LONGEST_PAUSE)
            await queues.postpone(row.id, until=now + pause, error=error.reason)


async def _forget_thread(desk: CareDesk, channel: Channel, row: OutboxRow) -> None:
    ticket_id = row.entry.staff_ticket_id
    if ticket_id is None:
        return
    async with desk.store.begin() as work:
        for thread in await work.tickets.staff_threads(ticket_id):
            if thread.channel == channel.name and thread.chat == row.entry.address.chat:
                await work.tickets.drop_staff_thread(thread)


async def _note_unreachable(desk: CareDesk, channel: Channel, row: OutboxRow) -> None:
    """Marks who it was for. Of a contact staff are told once; a volunteer's offers go to others."""
    async with speaking(desk) as voice:
        work = voice.work
        if row.entry.responder_id is not None:
            await work.people.set_account_reachability(row.entry.responder_id, channel.name, Reachability.BLOCKED)
        elif row.entry.ticket_id is not None and row.entry.stream.startswith("conversation:"):
            await _contact_unreachable(voice, row.entry.ticket_id)
    if row.entry.responder_id is not None:
        await end_offers_if_unreachable(desk, row.entry.responder_id)


async def _contact_unreachable(voice: Voice, ticket_id: TicketId) -> None:
    """Staff hear of it once an answer: each answer that did not arrive is one they believe arrived."""
    ticket, conversation = await voice.work.tickets.lock(ticket_id)
    await voice.work.people.set_conversation_reachability(conversation.id, Reachability.BLOCKED)
    kinds = [event.kind for event in await voice.work.events.of_ticket(ticket.id)]
    since_answer = kinds[len(kinds) - kinds[::-1].index("Answered") :] if "Answered" in kinds else kinds
    if UNREACHABLE in since_answer:
        return
    await voice.work.events.add(UNREACHABLE, now=voice.now, ticket_id=ticket.id)
    if ticket.lane is Lane.STAFF:
        await voice.to_staff(ticket, voice.say(voice.desk.locale, CONTACT_UNREACHABLE))
