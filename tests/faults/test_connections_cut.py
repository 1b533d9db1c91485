"""Every connection to the database is cut again and again under load; the process lives on."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

from tests.faults.crowd import Crowd
from tests.faults.databases import connected
from tests.faults.duties import everything
from tests.faults.victims import Victims
from tests.standins.telegram import TelegramStandIn

CUTS = 25
SPEED = 30.0
CUT = """
select count(*) from (
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'zuruf' and datname = current_database()
) cut
"""


async def test_a_living_process_loses_nothing_and_says_nothing_twice(
    database_url: str, victims: Victims, chance: random.Random, tally: Counter[str]
) -> None:
    async with TelegramStandIn() as telegram, asyncio.TaskGroup() as group:
        crowd = Crowd(telegram, database_url, contacts=6, speed=SPEED)
        process = victims.start(everything, crowd.shift)
        await telegram.until(lambda: telegram.is_polled, "the first poll", 30)
        group.create_task(crowd.writes())
        async with connected(database_url) as connection:
            for _ in range(CUTS):
                await asyncio.sleep(chance.uniform(0.05, 0.3))
                tally["connections cut"] += await connection.fetchval(CUT)
        crowd.over.set()
        await crowd.rest()
        assert process.is_alive()
        assert await crowd.check() == 0
        tally["messages of contacts while connections were cut"] += crowd.written * len(crowd.contacts)
