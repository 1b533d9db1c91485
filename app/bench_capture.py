"""`zuruf bench capture` and `zuruf bench triage`: the real path against the floor, in one run, in turns.

Capture: message in to its commit. Triage: message in, read by the embedded model, routed, wave 1 offered, everything
committed. Each round runs the real path, then writes the same rows with bare asyncpg at the same concurrency;
the figures are over all rounds. Latency is measured apart, at half of the speed that was reached.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from app.bench_database import Scratch, scratch_database
from app.bench_floor import CAPTURE, TRIAGE, empty, read_floor, write
from app.bench_load import Measured, at_a_pace, at_full_speed, message
from app.catalogues import load_phrases
from app.clock import SystemClock
from app.file_storage import FolderFiles
from app.metrics import Metrics
from app.policy_file import PolicyFile
from app.settings import Settings
from app.wiring import make_classifier
from db.store import PostgresStore
from desk.classifying import Classifier
from desk.inbound import InboundMessage
from desk.outbound import ChannelLimits
from desk.people import Account, Invitation, Locale, Role
from nlu.fallback import FirstThatAnswers
from nlu.privacy import find_personal_data
from workflows.care_desk import CareDesk
from workflows.receive_event import receive_event
from workflows.triage import triage

ROUNDS = 3
LIMITS = ChannelLimits(4096, 1024, per_second=30, per_chat_second=1, file_bytes=1)


@dataclass(frozen=True)
class Figures:
    """What both benchmarks report."""

    messages_per_second: float
    floor_messages_per_second: float
    ratio: float
    latency_ms_p50: float
    latency_ms_p99: float
    latency_at_messages_per_second: float
    messages: int
    concurrency: int

    def as_dict(self) -> dict[str, float]:
        """For --json."""
        return {key: round(value, 3) for key, value in asdict(self).items()}


async def bench_capture(settings: Settings, *, messages: int, concurrency: int) -> Figures:
    """Message in to commit."""
    async with scratch_database(settings, connections=concurrency) as scratch:
        desk = bench_desk(settings, scratch, FirstThatAnswers([]))

        async def real(run: str, count: int) -> Measured:
            return await at_full_speed(
                lambda number: receive_event(desk, message(run, number, count)), count, concurrency
            )

        async def paced(count: int, per_second: float) -> Measured:
            return await at_a_pace(
                lambda number: receive_event(desk, message("pace", number, count)), count, per_second
            )

        return await _compare(scratch.pool, real, paced, CAPTURE, 1, messages, concurrency)


async def bench_triage(settings: Settings, *, messages: int, concurrency: int, volunteers: int) -> Figures:
    """Message in to offers and outbox committed."""
    classifier = await make_classifier(settings, Metrics())
    async with scratch_database(settings, connections=concurrency) as scratch:
        desk = bench_desk(settings, scratch, classifier)
        await enlist(desk, volunteers)

        async def real(run: str, count: int) -> Measured:
            async with Routing(desk, scratch.pool) as routing:
                return await at_full_speed(
                    lambda number: routing.through(message(run, number, count)), count, concurrency * 4
                )

        async def paced(count: int, per_second: float) -> Measured:
            async with Routing(desk, scratch.pool) as routing:
                return await at_a_pace(
                    lambda number: routing.through(message("pace", number, count)), count, per_second
                )

        return await _compare(scratch.pool, real, paced, TRIAGE, 2, messages, concurrency)


class Routing:
    """A triage worker beside the load; `through` returns when a message's routing is committed."""

    def __init__(self, desk: CareDesk, pool: Any) -> None:
        self._desk, self._pool = desk, pool
        self._waiting: dict[int, asyncio.Event] = {}
        self._poked = asyncio.Event()

    async def __aenter__(self) -> Routing:
        self._worker = asyncio.create_task(self._work())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._worker.cancel()
        await asyncio.gather(self._worker, return_exceptions=True)

    async def through(self, event: InboundMessage) -> None:
        """Captures a message and waits until it is routed."""
        receipt = await receive_event(self._desk, event)
        assert receipt.message_id is not None  # noqa: S101 - every message of the load is new
        done = self._waiting[receipt.message_id] = asyncio.Event()
        self._poked.set()
        await done.wait()

    async def _work(self) -> None:
        while True:
            if not await triage(self._desk):
                await self._poked.wait()
                self._poked.clear()
            rows = await self._pool.fetch(
                "select id from message where id = any($1::bigint[]) and not to_read", list(self._waiting)
            )
            for row in rows:
                self._waiting.pop(row["id"]).set()


async def _compare(
    pool: Any,
    real: Callable[[str, int], Awaitable[Measured]],
    paced: Callable[[int, float], Awaitable[Measured]],
    tables: tuple[str, ...],
    transactions_a_message: int,
    messages: int,
    concurrency: int,
) -> Figures:
    await real("warm", max(messages // 10, concurrency))
    real_seconds = floor_seconds = 0.0
    for number in range(ROUNDS):
        await empty(pool)
        real_seconds += (await real(f"r{number}", messages)).seconds
        floor = await read_floor(pool, tables, transactions=messages * transactions_a_message)
        await empty(pool)
        began = time.perf_counter()
        work = floor.contacts
        await at_full_speed(lambda index, work=work: write(pool, work[index]), len(work), concurrency)  # type: ignore[misc]
        floor_seconds += time.perf_counter() - began
    await empty(pool)
    speed, floor_speed = ROUNDS * messages / real_seconds, ROUNDS * messages / floor_seconds
    latency = await paced(messages, speed / 2)
    return Figures(
        messages_per_second=speed,
        floor_messages_per_second=floor_speed,
        ratio=speed / floor_speed,
        latency_ms_p50=latency.percentile_ms(0.50),
        latency_ms_p99=latency.percentile_ms(0.99),
        latency_at_messages_per_second=speed / 2,
        messages=ROUNDS * messages,
        concurrency=concurrency,
    )


def bench_desk(settings: Settings, scratch: Scratch, classifier: Classifier) -> CareDesk:
    """A desk on the scratch database; nothing is delivered."""
    return CareDesk(
        store=PostgresStore(scratch.pool),
        classifier=classifier,
        phrases=load_phrases(settings.locale),
        policy=PolicyFile(settings.policy_file),
        clock=SystemClock(),
        poke=lambda topic, detail="": None,
        files=FolderFiles(settings.data_dir / "files"),
        limits={"telegram": LIMITS},
        staff_rooms=(),
        brand=settings.brand,
        locale=settings.locale,
        public_url=settings.url,
        find_personal_data=find_personal_data,
    )


async def enlist(desk: CareDesk, volunteers: int) -> None:
    """Makes volunteers with a Telegram account each."""
    now = desk.clock.now()
    async with desk.store.begin() as work:
        for number in range(volunteers):
            invitation = Invitation(Role.VOLUNTEER, f"Volunteer {number}", languages=tuple(Locale))
            responder = await work.people.add_responder(invitation, name=f"Volunteer {number}", now=now)
            account = Account(responder.id, "telegram", f"volunteer-{number}", f"volunteer-{number}")
            await work.people.add_account(account, now=now)
