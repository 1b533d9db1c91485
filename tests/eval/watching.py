"""What the storm watch costs on a real PostgreSQL: `python -m tests.eval.watching [--a-day N] [--hours N] [--json]`.

A desk that has learned for eight days gets made traffic with an outage in it (routing/made_traffic.py), written into
the tables as it is after reading: contact, conversation, ticket, message with its words, reading. The watch of one
process (workflows/watch_storm.py: detector, real encoder, clusters, alerts, incidents) follows it, time turned by hand:

    at its pace    a step a minute of the made time: readings a second, how long a step takes; how much of one core it
                   would be in real time, with a step every two seconds, by the time of this process and its threads
    a burst        2,000 readings that came at once, in one step
    inbound        messages captured at an even pace (app/bench_load.py), alone, and while the watch works without a
                   pause in the same process on readings that wait: in turns, the median and the 99th percentile

Memory: of the process after the first hour and at the end, and of the detector's state as it is kept.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.bench_capture import bench_desk
from app.bench_database import scratch_database
from app.bench_load import Measured, at_a_pace, message
from app.drill_room import TurnedClock
from app.drill_traffic import MONDAY
from app.settings import Settings
from app.wiring import PLAYBOOK
from desk.conversation import MessageId
from nlu.encoding import encode
from nlu.fallback import FirstThatAnswers
from routing.made_traffic import StormKind, made_traffic
from tests.eval.made_readings import OTHERS, Made, learned
from tests.places import servers_folder
from workflows.care_desk import CareDesk
from workflows.receive_event import receive_event
from workflows.storm_board import StormBoard
from workflows.storm_mind import frozen
from workflows.watch_storm import AT_ONCE, MOST_ROUNDS, StormWatch

LEARNED_DAYS = 8
BURST = AT_ONCE * MOST_ROUNDS
STEP = timedelta(minutes=1)
EMPTY_STEPS = 200
STEPS_A_DAY = 24 * 3600 / 2
ROUNDS, CAPTURED, CAPTURED_A_SECOND = 4, 300, 50.0
_PAGE = 4096


@dataclass(frozen=True)
class Figures:
    """See the module's docstring. Times in milliseconds unless they say so, sizes in megabytes."""

    a_day: float
    readings: int
    readings_per_second: float
    step_ms_p50: float
    step_ms_p99: float
    cpu_ms_a_reading: float
    cpu_ms_an_empty_step: float
    share_of_a_core: float
    burst_seconds: float
    burst_per_second: float
    memory_mb_after_an_hour: float
    memory_mb_at_the_end: float
    kept_state_mb: float
    alerts: int
    incidents: int
    capture_ms_p50: float
    capture_ms_p99: float
    capture_watched_ms_p50: float
    capture_watched_ms_p99: float
    watched_meanwhile: int


def _memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 2**20


async def measured(a_day: float, hours: float, seed: int) -> Figures:
    """On an embedded server of its own, gone afterwards."""
    traffic = made_traffic(a_day, LEARNED_DAYS + 3, seed, StormKind.OUTAGE, quiet_days=LEARNED_DAYS)
    begins = MONDAY + timedelta(minutes=traffic.storms[0].start) - timedelta(hours=hours / 2)
    with servers_folder() as folder:
        settings = Settings(data_dir=folder, database_url=None, _env_file=None)  # type: ignore[call-arg]
        async with scratch_database(settings, connections=8) as scratch:
            desk = bench_desk(settings, scratch, FirstThatAnswers([]))
            desk = replace(desk, clock=TurnedClock(begins), zone="Europe/Berlin")
            desk = replace(desk, storms=StormBoard(PLAYBOOK.read_text(encoding="utf-8")))
            detector, seen = learned(traffic, begins, ZoneInfo(desk.zone))
            async with desk.store.begin() as work:
                await work.storms.put_in_place(MessageId(0), frozen(detector), now=begins)
            await scratch.pool.execute(OTHERS)
            made = Made(scratch.pool, traffic, seen, seed)
            return await _watched(desk, scratch.pool, made, a_day, begins + timedelta(hours=hours))


async def _watched(desk: CareDesk, pool: Any, made: Made, a_day: float, until: datetime) -> Figures:
    clock = desk.clock
    assert isinstance(clock, TurnedClock)
    watch = StormWatch(desk, encode)
    await encode(["warm"])
    await watch.step()
    steps, cpu, count, after_an_hour, begins = list[float](), 0.0, 0, 0.0, clock.time
    while clock.time < until:
        clock.time += STEP
        wrote = await made.until(clock.time)
        began, used = time.perf_counter(), time.process_time()
        found = await watch.step()
        steps.append(time.perf_counter() - began)
        cpu += time.process_time() - used
        assert found == wrote, "each reading is watched once"
        count += found
        if not after_an_hour and clock.time >= begins + timedelta(hours=1):
            after_an_hour = _memory_mb()
    memory, empty = _memory_mb(), await _empty_step(watch)
    burst = await _burst(watch, made, clock)
    alone, beside, meanwhile = await _inbound(desk, pool, watch, made)
    async with desk.store.begin() as work:
        state = (await work.storms.memory()).detector or b""
    took = Measured(sum(steps), steps)
    each = cpu / count
    return Figures(
        a_day=a_day,
        readings=count,
        readings_per_second=count / sum(steps),
        step_ms_p50=took.percentile_ms(0.5),
        step_ms_p99=took.percentile_ms(0.99),
        cpu_ms_a_reading=1000 * each,
        cpu_ms_an_empty_step=1000 * empty,
        share_of_a_core=(each * a_day + empty * STEPS_A_DAY) / 86_400,
        burst_seconds=burst,
        burst_per_second=BURST / burst,
        memory_mb_after_an_hour=after_an_hour,
        memory_mb_at_the_end=memory,
        kept_state_mb=len(state) / 2**20,
        alerts=await pool.fetchval("select count(*) from alert where level <> 'watch'"),
        incidents=await pool.fetchval("select count(*) from incident"),
        capture_ms_p50=alone.percentile_ms(0.5),
        capture_ms_p99=alone.percentile_ms(0.99),
        capture_watched_ms_p50=beside.percentile_ms(0.5),
        capture_watched_ms_p99=beside.percentile_ms(0.99),
        watched_meanwhile=meanwhile,
    )


async def _empty_step(watch: StormWatch) -> float:
    """Seconds of this process for a step that finds nothing."""
    used = time.process_time()
    for _step in range(EMPTY_STEPS):
        assert await watch.step() == 0
    return (time.process_time() - used) / EMPTY_STEPS


async def _burst(watch: StormWatch, made: Made, clock: TurnedClock) -> float:
    """Seconds for what came at once."""
    await made.at_once(BURST)
    clock.time = max(clock.time, made.reaches)
    began = time.perf_counter()
    assert await watch.step() == BURST
    return time.perf_counter() - began


async def _inbound(desk: CareDesk, pool: Any, watch: StormWatch, made: Made) -> tuple[Measured, Measured, int]:
    """Capture alone, capture beside a watch that never rests, in turns; and how much was watched meanwhile."""
    clock = desk.clock
    assert isinstance(clock, TurnedClock)
    found: dict[bool, list[Measured]] = {False: [], True: []}
    watched, goes_on = 0, True

    async def watches() -> None:
        nonlocal watched
        while goes_on:
            await made.at_once(AT_ONCE)
            clock.time = max(clock.time, made.reaches)
            watched += await watch.step()

    for turn in range(ROUNDS):
        for beside in (False, True):
            run, goes_on = f"{turn}{beside}", True
            worker = asyncio.create_task(watches()) if beside else None
            found[beside].append(
                await at_a_pace(
                    lambda number, run=run: receive_event(desk, message(run, number, CAPTURED)),  # type: ignore[misc]
                    CAPTURED,
                    CAPTURED_A_SECOND,
                )
            )
            goes_on = False
            if worker is not None:
                await worker
            await pool.execute("update message set to_read = false where to_read")
    alone, beside_it = (
        Measured(sum(one.seconds for one in of), [latency for one in of for latency in one.latencies])
        for of in found.values()
    )
    return alone, beside_it, watched


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--a-day", type=float, default=30_000)
    parser.add_argument("--hours", type=float, default=2)
    parser.add_argument("--seed", type=int, default=501)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = asdict(asyncio.run(measured(asked.a_day, asked.hours, asked.seed)))
    if asked.json:
        print(json.dumps(figures))
        return
    width = max(map(len, figures))
    for key, value in figures.items():
        said = f"{value:,.3f}" if isinstance(value, float) else f"{value:,}"
        print(f"{key.replace('_', ' ').ljust(width)}  {said}")


if __name__ == "__main__":
    main()
