"""The outbox: every row leaves once, in the order of its stream."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict

from db.store import PostgresStore
from desk.conversation import Address, AttachmentKind, Button
from desk.delivery import DeliveryState
from desk.inbound import InboundFile
from desk.outbound import Operation, OutboxEntry
from tests.integration.db.desk_life import (
    LEASE,
    NOW,
    PLACE,
    SOON,
    claimed,
    entry,
    message,
    put,
    ticket,
    volunteer,
)


async def test_an_outbox_row_comes_back_as_it_was_put(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        vera = await volunteer(work, "Vera")
        said = await message(work, asked, "look")
        file_id = await work.messages.add_stored_file(
            said, "web", InboundFile(AttachmentKind.PHOTO, "p", "image/png", 1, "s"), storage_key="k"
        )
        full = OutboxEntry(
            stream="conversation:1",
            address=Address("telegram", "100", "5"),
            text="Hallo ö",
            buttons=((Button("Ja", "yes"),), (Button("Mehr", url="https://example.org"),)),
            attachment_id=file_id,
            reply_to="100:9",
            message_id=said,
            ticket_id=asked.id,
            staff_ticket_id=asked.id,
            responder_id=vera.id,
        )
        first, second = await work.outbox.put([full, entry("other")], now=NOW)
        assert await work.outbox.put([], now=NOW) == ()
    assert first < second
    row, other = await store.queues.claim_outbox("telegram", limit=9, now=NOW, lease=LEASE)
    assert (row.id, row.entry, row.state, row.attempts) == (first, full, DeliveryState.SENDING, 1)
    assert row.attachment is not None
    assert (row.attachment.id, row.attachment.storage_key) == (file_id, "k")
    assert (other.entry, other.attachment, other.target_address) == (entry("other"), None, None)
    await store.queues.confirm(first, "100:77", now=NOW)
    async with store.begin() as work:
        (delivered,) = await work.outbox.deliveries(said)
        assert delivered == await work.outbox.by_external_id("telegram", "100:77")
        assert [delivered] == await work.outbox.to_responders([vera.id], asked.id)
        assert await work.outbox.by_external_id("telegram", "100:78") is None
    assert (delivered.state, delivered.external_id, delivered.created_at) == (DeliveryState.SENT, "100:77", NOW)


async def test_an_edit_knows_what_it_changes_and_where(store: PostgresStore) -> None:
    room = Address("telegram", "-1")
    async with store.begin() as work:
        asked = await ticket(work)
        await work.tickets.add_staff_thread(asked.id, Address("telegram", "-1", "7"), now=NOW)
    private, staff = await put(store, entry("a"), OutboxEntry("b", room, staff_ticket_id=asked.id, text="for staff"))
    await claimed(store)
    await store.queues.confirm(private, "100:1", now=NOW)
    await store.queues.confirm(staff, "-1:2", now=NOW)
    await put(
        store,
        OutboxEntry("a", PLACE, Operation.EDIT, text="new", target_id=private),
        OutboxEntry("b", room, Operation.DELETE, staff_ticket_id=asked.id, target_id=staff),
    )
    edit, delete = await store.queues.claim_outbox("telegram", limit=9, now=NOW, lease=LEASE)
    assert (edit.target_external_id, edit.target_address) == ("100:1", PLACE)
    assert (delete.target_external_id, delete.target_address) == ("-1:2", Address("telegram", "-1", "7"))


async def test_a_stream_waits_for_its_first_row(store: PostgresStore) -> None:
    a1, a2, b1 = await put(store, entry("a"), entry("a"), entry("b"))
    assert await claimed(store, 1) == [a1]
    assert await claimed(store) == [b1]
    await store.queues.postpone(a1, until=SOON, error="429", counts=False)
    assert await claimed(store) == []
    assert await store.queues.next_due(now=NOW) == SOON
    assert await claimed(store, later=SOON - NOW) == [a1, b1]
    await store.queues.confirm(a1, "1", now=SOON)
    assert await claimed(store, later=SOON - NOW) == [a2]


async def test_what_the_platform_never_saw_does_not_count_as_tried(store: PostgresStore) -> None:
    (only,) = await put(store, entry("a"))
    for counts in (False, False, True):
        await claimed(store)
        await store.queues.postpone(only, until=NOW, error="429", counts=counts)
    (row,) = await store.queues.claim_outbox("telegram", limit=1, now=NOW, lease=LEASE)
    assert row.attempts == 2


async def test_a_row_whose_worker_died_comes_again_and_counts(store: PostgresStore) -> None:
    (only,) = await put(store, entry("a"))
    assert await claimed(store) == [only]
    (again,) = await store.queues.claim_outbox("telegram", limit=1, now=NOW + LEASE, lease=LEASE)
    assert (again.id, again.attempts) == (only, 2)


async def test_a_dead_letter_stays_visible_and_is_queued_again_by_hand(store: PostgresStore) -> None:
    first, second = await put(store, entry("a", "one"), entry("a", "two"))
    await claimed(store)
    await store.queues.give_up(first, error="blocked")
    assert await claimed(store) == [second]
    async with store.begin() as work:
        (dead,) = await work.outbox.dead()
        assert (dead.id, dead.error, dead.state) == (first, "blocked", DeliveryState.DEAD)
        assert not await work.outbox.retry(second)
        assert await work.outbox.retry(first)
        assert not await work.outbox.retry(first)
        assert await work.outbox.dead() == []
    (again,) = await store.queues.claim_outbox("telegram", limit=9, now=NOW, lease=LEASE)
    assert (again.id, again.attempts, again.error) == (first, 1, None)


async def test_a_late_confirmation_counts_a_late_refusal_does_not(store: PostgresStore) -> None:
    (only,) = await put(store, entry("a"))
    await claimed(store)
    await store.queues.postpone(only, until=NOW, error="timeout")
    await store.queues.give_up(only, error="too late")
    await store.queues.confirm(only, "1", now=NOW)
    await store.queues.postpone(only, until=NOW, error="too late")
    assert await claimed(store) == []
    async with store.begin() as work:
        found = await work.outbox.by_external_id("telegram", "1")
    assert found is not None
    assert found.state is DeliveryState.SENT


async def test_a_pause_holds_back_its_chat_or_the_channel_and_is_never_shortened(store: PostgresStore) -> None:
    a, b = await put(store, entry("a", chat="1"), entry("b", chat="2"))
    await store.queues.pause("telegram", "1", until=SOON)
    await store.queues.pause("telegram", "1", until=NOW)
    assert await store.queues.next_due(now=NOW) == SOON
    assert await claimed(store) == [b]
    await store.queues.pause("telegram", None, until=SOON + LEASE)
    assert await claimed(store, later=SOON - NOW) == []
    assert await claimed(store, later=SOON - NOW + LEASE) == [a, b]


async def test_a_row_waits_for_its_file(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        said = await message(work, asked, "look")
        (file_id,) = await work.messages.add_files(
            said, "discord", [InboundFile(AttachmentKind.PHOTO, "p", "image/png", None, "s")]
        )
    (only,) = await put(store, OutboxEntry("a", PLACE, attachment_id=file_id))
    assert await claimed(store) == []
    await store.queues.attachment_stored(file_id, storage_key="k", size=5)
    assert await claimed(store) == [only]


async def test_many_workers_never_send_the_same_nor_out_of_order(store: PostgresStore) -> None:
    await put(store, *(entry(f"s{stream}", str(n)) for n in range(20) for stream in range(6)))
    sent: dict[str, list[int]] = defaultdict(list)

    async def worker() -> None:
        while sum(map(len, sent.values())) < 20 * 6:
            for row in await store.queues.claim_outbox("telegram", limit=random.randint(1, 4), now=NOW, lease=LEASE):
                await asyncio.sleep(0)
                sent[row.entry.stream].append(int(row.entry.text))
                await store.queues.confirm(row.id, None, now=NOW)
            await asyncio.sleep(0)

    async with asyncio.timeout(60):
        await asyncio.gather(*(worker() for _ in range(6)))
    assert all(texts == list(range(20)) for texts in sent.values())
