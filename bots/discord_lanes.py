"""Lanes: events of one place are handled in order, those of different places side by side.

Discord has no acknowledgement. What takes its place: an event leaves its lane only when the desk has committed
it. While storage is down the event stays at the head of its lane and is offered again, after 0.2 s at first,
30 s at most; waiting holds none of the `limit` slots, so one stuck place does not slow others. An event at which
the desk itself fails gives way after `PATIENCE` tries (a minute): it is offered on in a lane of its own.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import deque
from collections.abc import Awaitable, Callable

from desk.errors import DeskError, StorageUnavailable
from desk.inbound import InboundEvent, Receipt
from desk.ports import ReceiveEvent

FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 30.0
AT_ONCE = 64
PATIENCE = 8

Job = Callable[[], Awaitable[None]]
log = logging.getLogger(__name__)


class Stuck(Exception):
    """The desk fails at this one event again and again; what waits behind it should not."""


class Lanes:
    """Queues by place. A lane without jobs takes no memory."""

    def __init__(self, limit: int = AT_ONCE) -> None:
        self._slots = asyncio.Semaphore(limit)
        self._waiting: dict[str, deque[Job]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    def put(self, place: str, job: Job) -> None:
        """Adds a job at the end of the place's lane."""
        if (lane := self._waiting.get(place)) is not None:
            lane.append(job)
            return
        self._waiting[place] = deque([job])
        self.alongside(self._drain(place))

    def depth(self, place: str) -> int:
        """Jobs of a place not begun yet."""
        return len(self._waiting.get(place, ()))

    def alongside(self, work: Awaitable[None]) -> asyncio.Task[None]:
        """Runs `work` beside the lanes; it ends with them."""
        task = asyncio.ensure_future(_guarded(work))
        self._workers.add(task)
        task.add_done_callback(self._workers.discard)
        return task

    async def hand_over(
        self, receive: ReceiveEvent, event: InboundEvent, *, patience: int | None = None
    ) -> Receipt | DeskError:
        """Offers an event until it is committed. A DeskError is an answer too: nothing changed, nothing will.

        Raises Stuck when the desk failed at it `patience` times, other than for want of its storage.
        """
        wait, faults = FIRST_WAIT_SECONDS, 0
        while True:
            try:
                async with self._slots:
                    return await receive(event)
            except DeskError as refusal:
                log.warning("%s was refused: %s", type(event).__name__, type(refusal).__name__)
                return refusal
            except StorageUnavailable:
                log.warning("storage is unavailable; %s waits", type(event).__name__)
            except Exception as fault:
                log.error("%s failed: %s\n%s", type(event).__name__, type(fault).__name__, _where(fault))
                faults += 1
                if faults == patience:
                    raise Stuck from fault
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    async def close(self) -> None:
        """Ends all work. What was not committed will be read back at the next start."""
        workers = list(self._workers)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        self._waiting.clear()

    async def _drain(self, place: str) -> None:
        lane = self._waiting[place]
        while lane:
            job = lane.popleft()
            try:
                await job()
            except Exception as fault:
                log.error("an event was dropped: %s", type(fault).__name__)
        del self._waiting[place]


async def _guarded(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as fault:
        log.error("work beside the lanes failed: %s", type(fault).__name__)


def _where(fault: Exception) -> str:
    """The lines that led to the fault, without its text, which may quote a person."""
    return "".join(traceback.format_tb(fault.__traceback__)).rstrip()
