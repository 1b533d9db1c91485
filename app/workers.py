"""Workers: loops that claim what waits and do it, on any number of machines.

Each loop works while there is something, then sleeps until a poke or a second has passed. A lost database is waited
out with growing pauses; any other fault is counted, logged without its words, and the loop goes on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from functools import partial

from app.metrics import Metrics
from db.notify import Notifier, Subscription
from desk.conversation import OutboxId
from desk.errors import StorageUnavailable
from desk.outbound import OutboxRow
from desk.ports import Channel
from workflows.care_desk import CareDesk, Topic
from workflows.deliver import claim_deliveries, deliver
from workflows.fetch_attachments import fetch_attachments
from workflows.leave import forget_what_is_over
from workflows.pacing import Pacer
from workflows.put_slices import put_slices
from workflows.run_clock import run_due_clocks
from workflows.triage import triage

IDLE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 5.0
SENDS_AT_ONCE = 32
REMEMBERED = timedelta(days=14)
HOUSEKEEPING_SECONDS = 3600.0
VOLUNTEER_CARE_SECONDS = 300.0
STORM_CARE_SECONDS = 2.0
LAST_SENDS_SECONDS = 3.0

log = logging.getLogger(__name__)


class Workers:
    """The loops of one process."""

    def __init__(
        self,
        desk: CareDesk,
        notifier: Notifier,
        metrics: Metrics,
        *,
        follow_model: Callable[[], Awaitable[int]] | None = None,
        care_for_volunteers: Callable[[], Awaitable[int]] | None = None,
        care_in_storms: Callable[[], Awaitable[int]] | None = None,
    ) -> None:
        self._desk, self._notifier, self._metrics, self._follow_model = desk, notifier, metrics, follow_model
        self._care_for_volunteers, self._care_in_storms = care_for_volunteers, care_in_storms

    async def run_common(self) -> None:
        """All that is no channel's, until cancelled: triage, clocks, housekeeping, the care for volunteers and in
        storms, broadcasts, following the model in service."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_doing("triage", Topic.UNREAD, self._triage))
            group.create_task(self._keep_doing("clocks", Topic.CLOCKS, lambda: run_due_clocks(self._desk)))
            group.create_task(self._keep_doing("broadcasts", Topic.BROADCAST, lambda: put_slices(self._desk)))
            group.create_task(self._housekeeping())
            if self._follow_model is not None:
                group.create_task(self._keep_doing("model", Topic.MODEL, self._follow_model))
            if self._care_for_volunteers is not None:
                group.create_task(self._now_and_then("volunteers", VOLUNTEER_CARE_SECONDS, self._care_for_volunteers))
            if self._care_in_storms is not None:
                group.create_task(self._now_and_then("storms", STORM_CARE_SECONDS, self._care_in_storms))

    async def run_channel(self, channel: Channel) -> None:
        """Delivery and fetching for one channel, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._deliveries(channel))
            group.create_task(
                self._keep_doing("files", Topic.ATTACHMENTS, lambda: fetch_attachments(self._desk, channel))
            )

    async def _triage(self) -> int:
        count = await triage(self._desk)
        self._metrics.triaged.inc(count)
        return count

    async def _keep_doing(self, name: str, topic: str, step: Callable[[], Awaitable[int]]) -> None:
        pause = 0.1
        with self._notifier.subscribe(topic) as pokes:
            while True:
                try:
                    busy = await step() > 0
                    pause = 0.1
                except Exception as fault:
                    self._note(name, fault)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                    continue
                if not busy:
                    await pokes.wait(IDLE_SECONDS)

    async def _deliveries(self, channel: Channel) -> None:
        """Keeps up to SENDS_AT_ONCE sends under way; a slow chat holds up its own stream only."""
        pacer = Pacer(channel.limits, self._desk.clock.now().timestamp())
        under_way: dict[OutboxId, asyncio.Task[None]] = {}
        with self._notifier.subscribe(Topic.OUTBOX) as pokes:
            try:
                while True:
                    rows = await self._claim(channel, SENDS_AT_ONCE - len(under_way))
                    # A row whose answer waits for the database comes again when its lease ends: it is not sent again.
                    new = [row for row in rows if row.id not in under_way]
                    for row in new:
                        task = asyncio.create_task(self._deliver(channel, pacer, row))
                        under_way[row.id] = task
                        task.add_done_callback(partial(_forget, under_way, row.id))
                    if not new or len(under_way) >= SENDS_AT_ONCE:
                        await self._wait_for_change(under_way.values(), pokes)
            finally:
                if under_way:
                    await asyncio.wait(under_way.values(), timeout=LAST_SENDS_SECONDS)

    async def _wait_for_change(self, under_way: Iterable[asyncio.Task[None]], pokes: Subscription) -> None:
        """Until a send is done (the next of its stream may go), a poke, or a second."""
        poke = asyncio.create_task(pokes.wait(IDLE_SECONDS))
        try:
            await asyncio.wait({poke, *under_way}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            poke.cancel()
            # Not `await poke` with its CancelledError suppressed: ours would be, too, and this loop would never end.
            await asyncio.wait({poke})

    async def _claim(self, channel: Channel, free: int) -> list[OutboxRow]:
        if free <= 0:
            return []
        try:
            return list(await claim_deliveries(self._desk, channel, limit=free))
        except Exception as fault:
            self._note("delivery", fault)
            await asyncio.sleep(IDLE_SECONDS)
            return []

    async def _deliver(self, channel: Channel, pacer: Pacer, row: OutboxRow) -> None:
        try:
            outcome = await deliver(self._desk, channel, pacer, row)
        except Exception as fault:
            # The row's lease ends and it is claimed again: nothing is lost.
            self._note("delivery", fault)
            outcome = "fault"
        self._metrics.deliveries.labels(channel.name, outcome).inc()

    async def _now_and_then(self, name: str, seconds: float, step: Callable[[], Awaitable[int]]) -> None:
        while True:
            try:
                await step()
            except Exception as fault:
                self._note(name, fault)
            await asyncio.sleep(seconds)

    async def _housekeeping(self) -> None:
        while True:
            try:
                await self._desk.store.queues.purge(before=self._desk.clock.now() - REMEMBERED)
                await forget_what_is_over(self._desk)
            except Exception as fault:
                self._note("housekeeping", fault)
            await asyncio.sleep(HOUSEKEEPING_SECONDS)

    def _note(self, worker: str, fault: Exception) -> None:
        self._metrics.worker_faults.labels(worker).inc()
        if isinstance(fault, StorageUnavailable):
            log.warning("the database is away", extra={"kind": worker})
        else:
            log.error("a worker's step failed", exc_info=fault, extra={"kind": worker})


def _forget(under_way: dict[OutboxId, asyncio.Task[None]], row_id: OutboxId, _task: asyncio.Task[None]) -> None:
    del under_way[row_id]
