"""Claims: nothing twice, nothing out of order, nothing lost."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from datetime import timedelta

import pytest

from db.store import PostgresStore
from desk.conversation import AttachmentKind, AttachmentState
from desk.inbound import InboundFile
from desk.people import Locale
from desk.reading import Reading
from desk.store import ClockKind, UnreadMessage
from tests.integration.db.desk_life import LEASE, NOW, SOON, entry, many_tickets, message, put, ticket, volunteer

READING = Reading(language="de", intent="thanks", confidence=1.0, masked="m", engine="embedded", model="1")


async def _unread(store: PostgresStore, limit: int = 10, *, late: bool = False) -> list[UnreadMessage]:
    now = NOW + LEASE if late else NOW
    return list(await store.queues.claim_unread(limit=limit, now=now, lease=LEASE))


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


async def test_depth_counts_what_waits(store: PostgresStore) -> None:
    async with store.begin() as work:
        asked = await ticket(work)
        said = await message(work, asked, "a", to_read=True)
        await work.messages.add_files(said, "discord", [InboundFile(AttachmentKind.PHOTO, "p", "image/png", None, "s")])
        await work.clocks.set(asked.id, ClockKind.CLOSE, NOW.replace(year=2000))
        await work.clocks.set(asked.id, ClockKind.SILENCE, NOW.replace(year=2900))
    dead, *_ = await put(store, entry("a"), entry("b"), entry("c"))
    await store.queues.claim_outbox("telegram", limit=1, now=NOW, lease=LEASE)
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
