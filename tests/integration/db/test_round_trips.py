"""Hot calls are one statement each; a transaction adds its begin and its commit and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from db.pool import opened_pool
from db.store import PostgresStore
from desk.outbound import OutboxEntry
from desk.store import ClockKind
from tests.integration.db.desk_life import ADA, LEASE, NOW, PLACE, SOON, inbound, ticket


@asynccontextmanager
async def _noted(pool: Any) -> AsyncIterator[list[str]]:
    """What is asked of the one connection of a pool."""
    said: list[str] = []

    def note(record: Any) -> None:
        said.append(record.query.partition("*/")[0].strip("/* ;").lower())

    async with pool.acquire() as connection:
        connection.add_query_logger(note)
    yield said


async def test_hot_calls_are_one_statement(database_url: str) -> None:
    async with opened_pool(database_url, connections=1) as pool:
        store = PostgresStore(pool)
        async with store.begin() as work:
            asked = await ticket(work)
            await work.outbox.put([OutboxEntry("a", PLACE)], now=NOW)  # the driver learns the types it meets, once
        async with _noted(pool) as said:
            async with store.begin() as work:
                calls: list[Callable[[], Awaitable[object]]] = [
                    lambda: work.conversations.whereabouts(ADA, PLACE, PLACE.key),
                    lambda: work.tickets.live(asked.conversation_id),
                    lambda: work.messages.add(inbound(asked, "again", to_read=True)),
                    lambda: work.outbox.put([OutboxEntry("a", PLACE), OutboxEntry("b", PLACE)], now=NOW),
                    lambda: work.clocks.set(asked.id, ClockKind.CLOSE, SOON),
                ]
                for call in calls:
                    await call()
            await store.queues.claim_unread(limit=9, now=NOW, lease=LEASE)
            await store.queues.claim_outbox("telegram", limit=9, now=NOW, lease=LEASE)
            await store.queues.due_clocks(limit=9, now=NOW)
        assert said == [
            "begin",
            "conversations.whereabouts",
            "tickets.live",
            "messages.add",
            "outbox.put",
            "clocks.set",
            "commit",
            "queues.claim_unread",
            "outbox.claim",
            "clocks.due",
        ]
