"""Several workers read messages and run clocks side by side, and are killed or
stall until others have taken over: each is done once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess

from desk.conversation import Address, Surface
from desk.inbound import CommandGiven
from desk.people import Author, Invitation, Locale, Role
from tests.faults.databases import connected
from tests.faults.duties import read
from tests.faults.small_desk import OpenDesk, Shift, desk_of, message_of
from tests.faults.victims import Victims
from tests.faults.waiting import until
from workflows.offer_wave import A_MOMENT
from workflows.people_come import invite
from workflows.receive_event import receive_event
from workflows.run_clock import run_clock, run_due_clocks
from workflows.triage import triage

FAULTS = 40
WORKERS = 3
SPEED = 60.0
"""Leases of 30 s end after half a second, waves of three minutes after three seconds."""
LONGEST_LIFE_SECONDS = 0.08
STALL_SECONDS = 0.8
VOLUNTEERS = 20
FIRST_WAVE_SECONDS = 180
BATCH = 6

READ = "select count(*) from reading"
WAITING = "select count(*) from message where to_read"
ONCE = """
select count(*) as tickets,
    count(*) filter (where (select count(*) from decision d where d.ticket_id = t.id) = 1) as decided,
    count(*) filter (where (select count(*) from outbox o where o.ticket_id = t.id
        and o.stream = 'conversation:' || t.conversation_id) = 1) as acknowledged
from ticket t
"""
WITHOUT_READING = """
select count(*) from message m
where direction = 'inbound' and not exists (select from reading r where r.message_id = m.id)
"""
RELAYED_WRONGLY = """
select count(*) from (
    select o.message_id from outbox o where o.staff_ticket_id is not null and o.message_id is not null
    group by o.message_id
    having count(*) > 1
        or o.message_id in (select min(m.id) from message m where m.direction = 'inbound' group by m.ticket_id)
) wrong
"""
ENDED_EARLY = "select count(*) from offer where state = 'expired' and answered_at < expires_at"
WAVES = """
select t.id, t.lane, t.wave,
    (select count(*) from event e where e.ticket_id = t.id and e.kind = 'WaveOpened') as opened,
    (select count(*) from event e where e.ticket_id = t.id and e.kind = 'HandedToStaff') as handed,
    (select count(*) from offer o where o.ticket_id = t.id) as offers,
    (select count(distinct responder_id) from offer o where o.ticket_id = t.id) as asked,
    (select count(*) from outbox o where o.ticket_id = t.id and o.operation = 'edit') as ended,
    (select count(*) from clock c where c.ticket_id = t.id) as clocks
from ticket t
"""


async def volunteers_join(opened: OpenDesk, count: int) -> None:
    """Some volunteers on Telegram."""
    for number in range(count):
        code = await invite(
            opened.desk, Invitation(Role.VOLUNTEER, f"V{number}", (), (), (Locale.ENGLISH, Locale.GERMAN))
        )
        author = Author("telegram", f"7{number}", f"V{number}", Locale.GERMAN)
        place = Address("telegram", f"7{number}")
        now = datetime.now(UTC)
        start = CommandGiven("telegram", f"s{number}", place, Surface.PRIVATE, author, "start", code, now)
        await receive_event(opened.desk, start)


async def waves_that_gave_way(opened: OpenDesk) -> None:
    """A wave whose people another one was asking at that moment tries again a moment later: now."""
    opened.clock.turn(2 * A_MOMENT.total_seconds())
    await run_due_clocks(opened.desk)


async def stalled(process: BaseProcess) -> None:
    """It stands still until its leases have ended and others have done its work, and then goes on."""
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    await asyncio.sleep(STALL_SECONDS)
    os.kill(process.pid, signal.SIGCONT)


async def test_each_message_is_read_and_routed_once(
    database_url: str, victims: Victims, chance: random.Random, tally: Counter[str]
) -> None:
    shift = Shift(database_url, speed=SPEED, staff_chat="-100500")
    written = 0
    async with desk_of(shift) as opened, connected(database_url) as connection:
        pair = [victims.start(read, shift) for _ in range(2)]
        for number in range(FAULTS):
            done = await connection.fetchval(READ)
            for _ in range(BATCH):
                written += 1
                await receive_event(
                    opened.desk, message_of(f"5{written % 40:03}", str(written), "Die Rechnung ist falsch")
                )

            async def more(before: int = done) -> bool:
                return int(await connection.fetchval(READ)) > before

            await until(more, "a reading")
            await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
            if number % 4 == 0:
                await stalled(pair[number % 2])
                continue
            victims.kill(pair[number % 2], "while reading")
            pair[number % 2] = victims.start(read, shift)

        async def at_rest() -> bool:
            return await connection.fetchval(WAITING) == 0

        await until(at_rest, "the last reading")
        assert await connection.fetchval(READ) == written
        assert await connection.fetchval(WITHOUT_READING) == 0
        once = await connection.fetchrow(ONCE)
        assert await connection.fetchval(RELAYED_WRONGLY) == 0
        assert once["tickets"] == once["decided"] == once["acknowledged"] == 40
        again = await connection.fetchval("select count(*) from message where read_attempts > 1")
        assert again > 0, "no kill met a batch"
        tally["messages read while readers were killed"] += written
        tally["messages whose reading was begun again"] += again


async def test_a_wave_ends_once_with_several_workers_and_over_restarts(
    database_url: str, victims: Victims, chance: random.Random
) -> None:
    shift = Shift(database_url, speed=SPEED)
    async with desk_of(shift) as opened, connected(database_url) as connection:
        await volunteers_join(opened, VOLUNTEERS)
        for number in range(12):
            await receive_event(opened.desk, message_of(f"5{number:03}", "1", "Mein Paket ist nie angekommen"))
        await opened.settle()
        first = [row["offers"] for row in await connection.fetch(WAVES)]
        assert sum(first) > 0
        # Nobody is there when the first waves end; then several come at once, and are killed meanwhile.
        late = replace(shift, ahead_seconds=FIRST_WAVE_SECONDS)
        workers = [victims.start(read, late) for _ in range(WORKERS)]
        for number in range(12):
            await asyncio.sleep(chance.uniform(0.1, 0.5))
            victims.kill(workers[number % WORKERS], "while clocks come due")
            workers[number % WORKERS] = victims.start(read, late)

        async def all_with_staff() -> bool:
            return all(row["lane"] == "staff" and not row["clocks"] for row in await connection.fetch(WAVES))

        await until(all_with_staff, "the last wave's end")
        assert await connection.fetchval(ENDED_EARLY) == 0, "the end of one wave ended the next one too"
        for row in await connection.fetch(WAVES):
            assert row["opened"] == row["wave"], f"a wave opened twice: {dict(row)}"
            assert row["handed"] == 1, f"handed to staff more than once: {dict(row)}"
            assert row["offers"] == row["asked"] == row["ended"], f"an offer was made or ended twice: {dict(row)}"


async def test_of_rivals_for_a_clock_one_runs_it(database_url: str) -> None:
    async with desk_of(Shift(database_url)) as opened, connected(database_url) as connection:
        await volunteers_join(opened, VOLUNTEERS)
        for number in range(6):
            await receive_event(opened.desk, message_of(f"5{number:03}", "1", "Mein Paket ist nie angekommen"))
        await triage(opened.desk)
        await waves_that_gave_way(opened)
        assert [row["wave"] for row in await connection.fetch(WAVES)] == [1] * 6
        opened.clock.turn(FIRST_WAVE_SECONDS + 1)
        due = await opened.desk.store.queues.due_clocks(limit=100, now=opened.clock.now())
        assert len(due) == 6
        await asyncio.gather(*(run_clock(opened.desk, clock) for clock in due for _rival in range(WORKERS)))
        await waves_that_gave_way(opened)
        assert await connection.fetchval(ENDED_EARLY) == 0
        rows = await connection.fetch(WAVES)
        assert [row["wave"] for row in rows] == [2] * 6
        assert [row["opened"] for row in rows] == [2] * 6
