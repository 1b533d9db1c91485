"""The platform has taken a message, and the database is away for longer than the row's lease: it is not sent again."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress

import pytest

from desk.conversation import Address, OutboxId
from desk.errors import StorageUnavailable
from tests.faults.databases import connected
from tests.faults.small_desk import Shift, desk_of
from tests.faults.waiting import until
from tests.integration.journeys.care import PaperChannel
from workflows.deliver import LEASE
from workflows.voice import speaking

ROW = "select state, attempts, external_id from outbox"


async def test_a_row_whose_answer_waits_is_not_sent_again(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = PaperChannel("telegram")
    async with desk_of(Shift(database_url)) as opened, connected(database_url) as connection:
        queues = opened.desk.store.queues
        confirm, tries, back = queues.confirm, Counter[str](), asyncio.Event()

        async def confirmed(outbox_id: OutboxId, external_id: str | None, **times: object) -> None:
            tries["confirm"] += 1
            if not back.is_set():
                raise StorageUnavailable("away")
            await confirm(outbox_id, external_id, **times)  # type: ignore[arg-type]

        monkeypatch.setattr(queues, "confirm", confirmed)
        async with speaking(opened.desk) as voice:
            await voice.to_address(Address("telegram", "5"), "Reply")
        worker = asyncio.create_task(opened.workers.run_channel(paper))
        await until(lambda: tries["confirm"], "the platform's answer")
        opened.clock.turn(LEASE.total_seconds() + 1)

        async def claimed_again() -> bool:
            return int((await connection.fetchrow(ROW))["attempts"]) > 1

        await until(claimed_again, "the lease to end")
        seen = tries["confirm"]
        await until(lambda: tries["confirm"] > seen, "another try to keep the answer")
        assert len(paper.sent) == 1
        back.set()

        async def kept() -> bool:
            return (await connection.fetchrow(ROW))["state"] == "sent"

        await until(kept, "the answer to be kept")
        assert (await connection.fetchrow(ROW))["external_id"] == paper.sent[0].id
        assert len(paper.sent) == 1
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker
