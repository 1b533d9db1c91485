"""Claims: nothing twice, nothing out of order, nothing lost."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from datetime import timedelta

import pytest

from db.store import PostgresStore
from desk.conversation import Address, AttachmentKind, AttachmentState, Button, OutboxId
from desk.delivery import DeliveryState
from desk.inbound import InboundFile
from desk.outbound import Operation, OutboxEntry
from desk.people import Locale
from desk.reading import Reading
from desk.store import ClockKind, UnreadMessage
from tests.integration.db.desk_life import LEASE, NOW, PLACE, SOON, many_tickets, message, ticket, volunteer

READING = Reading(language="de", intent="thanks", confidence=1.0, masked="m", engine="embedded", model="1")


async def _unread(store: PostgresStore, limit: int = 10, *, late: bool = False) -> list[UnreadMessage]:
    now = NOW + LEASE if late else NOW
    return list(await store.queues.claim_unread(limit=limit, now=now, lease=LEASE))


async def _put(store: PostgresStore, *entries: OutboxEntry) -> list[OutboxId]:
    async with store.begin() as work:
        return list(await work.outbox.put(entries, now=NOW))


async def _claimed(store: PostgresStore, limit: int = 10, *, later: timedelta = timedelta(0)) -> list[OutboxId]:
    rows = await store.queues.claim_outbox("telegram", limit=limit, now=NOW + later, lease=LEASE)
    return [row.id for row in rows]


def _entry(stream: str, text: str = "", chat: str = "100") -> OutboxEntry:
    return OutboxEntry(stream, Address("telegram", chat), text=text)


async def test_unread_messages_come_oldest_first_one_of_a_conversation(store: PostgresStore) -> None:
    first, second = await many_tickets(store, 2)
    async with store.begin() as work:
        await work.people.set_locale(second.conversation_id, Locale.ENGLISH)
        a = await message(work, first, "a", to_read=True)
        b = await message(work, first, "b", to_read=True)
        c = await message(work, second, "c", to_read=True)
        await message(work, second, "no", to_read=False)
    claimed = await _unread(store)
    assert [(each.id, each.body, each.spoken, each.attempts) for each in claimed] == [
        (a, "a", None, 1),
        (c, "c", Locale.ENGLISH, 1),
    ]
    assert await _unread(store) == []
    async with store.begin() as work:
        await work.messages.save_reading(a, READING, now=NOW)
    assert [each.id for each in await _unread(store)] == [b]
    assert [(each.id, each.attempts) for each in await _unread(store, late=True)] == [(b, 2), (c, 2)]


async def test_many_readers_never_read_the_same_nor_out_of_order(store: PostgresStore) -> None:
    tickets = await many_tickets(store, 8)
    async with store.begin() as work:
        for n in range(15):
            for each in tickets:
                await message(work, each, str(n), to_read=True)
    read: dict[int, list[int]] = defaultdict(list)
    reading: set[int] = set()

    async def reader() -> None:
        while sum(map(len, read.values())) < 8 * 15:
            for each in await _unread(store, random.randint(1, 4)):
                assert each.conversation_id not in reading
                reading.add(each.conversation_id)
                await asyncio.sleep(0)
                read[each.conversation_id].append(int(each.body))
                reading.discard(each.conversation_id)
                async with store.begin() as work:
                    assert await work.messages.save_reading(each.id, READING, now=NOW)
            await asyncio.sleep(0)

    async with asyncio.timeout(60):
        await asyncio.gather(*(reader() for _ in range(6)))
    assert all(bodies == list(range(15)) for bodies in read.values())


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
        first, second = await work.outbox.put([full, _entry("other")], now=NOW)
        assert await work.outbox.put([], now=NOW) == ()
    assert first < second
    row, other = await store.queues.claim_outbox("telegram", limit=9, now=NOW, lease=LEASE)
    assert (row.id, row.entry, row.state, row.attempts) == (first, full, DeliveryState.SENDING, 1)
    assert row.attachment is not None
    assert (row.attachment.id, row.attachment.storage_key) == (file_id, "k")
    assert (other.entry, other.attachment, other.target_address) == (_entry("other"), None, None)
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
    private, staff = await _put(store, _entry("a"), OutboxEntry("b", room, staff_ticket_id=asked.id, text="for staff"))
    await _claimed(store)
    await store.queues.confirm(private, "100:1", now=NOW)
    await store.queues.confirm(staff, "-1:2", now=NOW)
    await _put(
        store,
        OutboxEntry("a", PLACE, Operation.EDIT, text="new", target_id=private),
        OutboxEntry("b", room, Operation.DELETE, staff_ticket_id=asked.id, target_id=staff),
    )
    edit, delete = await store.queues.claim_outbox("telegram", limit=9, now=NOW, lease=LEASE)
    assert (edit.target_external_id, edit.target_address) == ("100:1", PLACE)
    assert (delete.target_external_id, delete.target_address) == ("-1:2", Address("telegram", "-1", "7"))


async def test_a_stream_waits_for_its_first_row(store: PostgresStore) -> None:
    a1, a2, b1 = await _put(store, _entry("a"), _entry("a"), _entry("b"))
    assert await _claimed(store, 1) == [a1]
    assert await _claimed(store) == [b1]
    await store.queues.postpone(a1, until=SOON, error="429")
    assert await _claimed(store) == []
    assert await store.queues.next_due(now=NOW) == SOON
    assert await _claimed(store, later=SOON - NOW) == [a1, b1]
    await store.queues.confirm(a1, "1", now=SOON)
    assert await _claimed(store, later=SOON - NOW) == [a2]


async def test_a_row_whose_worker_died_comes_again_and_counts(store: PostgresStore) -> None:
    (only,) = await _put(store, _entry("a"))
    assert await _claimed(store) == [only]
    (again,) = await store.queues.claim_outbox("telegram", limit=1, now=NOW + LEASE, lease=LEASE)
    assert (again.id, again.attempts) == (only, 2)


async def test_a_dead_letter_stays_visible_and_is_queued_again_by_hand(store: PostgresStore) -> None:
    first, second = await _put(store, _entry("a", "one"), _entry("a", "two"))
    await _claimed(store)
    await store.queues.give_up(first, error="blocked")
    assert await _claimed(store) == [second]
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
    (only,) = await _put(store, _entry("a"))
    await _claimed(store)
    await store.queues.postpone(only, until=NOW, error="timeout")
    await store.queues.give_up(only, error="too late")
    await store.queues.confirm(only, "1", now=NOW)
    await store.queues.postpone(only, until=NOW, error="too late")
    assert await _claimed(store) == []
    async with store.begin() as work:
        found = await work.outbox.by_external_id("telegram", "1")
    assert found is not None
    assert found.state is DeliveryState.SENT


async def test_a_pause_holds_back_its_chat_or_the_channel_and_is_never_shortened(store: PostgresStore) -> None:
    a, b = await _put(store, _entry("a", chat="1"), _entry("b", chat="2"))
    await store.queues.pause("telegram", "1", until=SOON)
    await store.queues.pause("telegram", "1", until=NOW)
    assert await store.queues.next_due(now=NOW) == SOON
    assert await _claimed(store) == [b]
    await store.queues.pause("telegram", None, until=SOON + LEASE)
    assert await _claimed(store, later=SOON - NOW) == []
    assert await _claimed(store, later=SOON - NOW + LEASE) == [a, b]


async def test_a_row_waits_for_its_file(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        said = await message(work, asked, "look")
        (file_id,) = await work.messages.add_files(
            said, "discord", [InboundFile(AttachmentKind.PHOTO, "p", "image/png", None, "s")]
        )
    (only,) = await _put(store, OutboxEntry("a", PLACE, attachment_id=file_id))
    assert await _claimed(store) == []
    await store.queues.attachment_stored(file_id, storage_key="k", size=5)
    assert await _claimed(store) == [only]


async def test_files_are_claimed_fetched_refused_and_tried_again(store: PostgresStore) -> None:
    file = InboundFile(AttachmentKind.PHOTO, "p", "image/png", None, "s")
    async with store.begin() as work:
        asked = await ticket(work)
        said = await message(work, asked, "look")
        a, b = await work.messages.add_files(said, "discord", [file, file])

    async def claimed(later: timedelta = timedelta(0)) -> list[int]:
        found = await store.queues.claim_attachments("discord", limit=9, now=NOW + later, lease=LEASE)
        return [each.id for each in found]

    assert await claimed() == [a, b]
    assert await claimed() == []
    assert await store.queues.attachment_postponed(a, until=SOON) == 1
    assert await claimed(LEASE) == [b]
    assert await claimed(SOON - NOW) == [a, b]
    await store.queues.attachment_refused(a)
    await store.queues.attachment_stored(b, storage_key="k", size=5)
    assert await claimed(timedelta(days=1)) == []
    async with store.begin() as work:
        assert [each.state for each in (await work.messages.by_id(said)).attachments] == [
            AttachmentState.REFUSED,
            AttachmentState.STORED,
        ]


async def test_many_workers_never_send_the_same_nor_out_of_order(store: PostgresStore) -> None:
    await _put(store, *(_entry(f"s{stream}", str(n)) for n in range(20) for stream in range(6)))
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


async def test_depth_counts_what_waits(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        said = await message(work, asked, "a", to_read=True)
        await work.messages.add_files(said, "discord", [InboundFile(AttachmentKind.PHOTO, "p", "image/png", None, "s")])
        await work.clocks.set(asked.id, ClockKind.CLOSE, NOW.replace(year=2000))
        await work.clocks.set(asked.id, ClockKind.SILENCE, NOW.replace(year=2900))
    dead, *_ = await _put(store, _entry("a"), _entry("b"), _entry("c"))
    await _claimed(store, 1)
    await store.queues.give_up(dead, error="x")
    assert await store.queues.depth() == {
        "unread": 1,
        "outbox": 2,
        "outbox_dead": 1,
        "clocks_due": 1,
        "attachments": 1,
    }


@pytest.mark.parametrize(("before", "left"), [(NOW, 1), (SOON + LEASE, 0)], ids=["not yet", "then"])
async def test_purging_forgets_what_ended(store: PostgresStore, before: object, left: int) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        await work.events.first_time("telegram", "1", now=SOON)
        await work.people.add_session(b"s", vera.id, now=NOW, expires_at=SOON)
        await work.people.add_sign_in_link(b"l", vera.id, expires_at=SOON)
    assert isinstance(before, type(NOW))
    await store.queues.purge(before=before)
    async with store.begin() as work:
        assert await work.events.first_time("telegram", "1", now=NOW) is (left == 0)
        assert (await work.people.session(b"s", now=NOW) is None) is (left == 0)
        assert (await work.people.use_sign_in_link(b"l", now=NOW) is None) is (left == 0)


async def test_with_nothing_to_wait_for_nothing_is_due(store: PostgresStore) -> None:
    assert await store.queues.next_due(now=NOW) is None
