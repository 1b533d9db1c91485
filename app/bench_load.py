"""Generated load: messages of many contacts, and what is measured of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from desk.conversation import Address, Surface
from desk.inbound import InboundMessage
from desk.people import Author, Locale

MESSAGES_A_CONTACT = 3
TEXTS = (
    "Mein Paket ist nie angekommen, was mache ich jetzt?",
    "How do I set up the new router with my old phone?",
    "Der Lautsprecher geht seit gestern nicht mehr an",
    "Is the big tablet in stock again?",
    "Kann ich die Kopfhörer noch zurückschicken",
    "internet is down in the whole street",
)


def message(run: str, number: int, count: int) -> InboundMessage:
    """The `number`th of a run of `count` messages: first every contact writes once, then each again, and again."""
    writer = number % max(1, count // MESSAGES_A_CONTACT)
    contact = f"{run}-{writer}"
    return InboundMessage(
        channel="telegram",
        external_id=f"{run}:{number}",
        address=Address("telegram", contact),
        surface=Surface.PRIVATE,
        author=Author("telegram", contact, f"Contact {writer}", Locale.GERMAN),
        text=TEXTS[number % len(TEXTS)],
        sent_at=datetime.now(UTC),
    )


@dataclass(frozen=True)
class Measured:
    """`latencies` in seconds, one a job; `seconds` for all of them."""

    seconds: float
    latencies: Sequence[float]

    @property
    def per_second(self) -> float:
        """Jobs a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile_ms(self, share: float) -> float:
        """The latency that `share` (0 to 1) of the jobs stayed under, in milliseconds."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


async def at_full_speed(job: Callable[[int], Awaitable[object]], count: int, concurrency: int) -> Measured:
    """Runs jobs 0 to count-1, `concurrency` at a time."""
    latencies: list[float] = []
    numbers = iter(range(count))

    async def worker() -> None:
        for number in numbers:
            began = time.perf_counter()
            await job(number)
            latencies.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(concurrency)))
    return Measured(time.perf_counter() - began, latencies)


async def at_a_pace(job: Callable[[int], Awaitable[object]], count: int, per_second: float) -> Measured:
    """Starts job after job at an even pace, whatever the others do; latency counts from the planned start."""
    latencies: list[float] = []
    began = time.perf_counter()

    async def one(number: int, planned: float) -> None:
        await job(number)
        latencies.append(time.perf_counter() - planned)

    async with asyncio.TaskGroup() as group:
        for number in range(count):
            planned = began + number / per_second
            await asyncio.sleep(max(0.0, planned - time.perf_counter()))
            group.create_task(one(number, planned))
    return Measured(time.perf_counter() - began, latencies)
