"""Two whole processes on one database and one bot: one polls and sends, the other stands by; each is killed in turn."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

from tests.faults.crowd import Crowd
from tests.faults.duties import everything
from tests.faults.victims import Victims
from tests.standins.telegram import TelegramStandIn

KILLS = 24
SPEED = 60.0
LONGEST_LIFE_SECONDS = 0.3


async def test_the_other_takes_over_and_nothing_comes_twice(
    database_url: str, victims: Victims, chance: random.Random, tally: Counter[str]
) -> None:
    async with TelegramStandIn() as telegram, asyncio.TaskGroup() as group:
        crowd = Crowd(telegram, database_url, contacts=6, speed=SPEED)
        group.create_task(crowd.writes())
        pair = [victims.start(everything, crowd.shift) for _ in range(2)]
        for number in range(KILLS):
            acknowledged = len(telegram.platform.updates.acknowledged)
            await telegram.until(
                lambda seen=acknowledged: len(telegram.platform.updates.acknowledged) > seen, "somebody to poll", 30
            )
            await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
            victims.kill(pair[number % 2], "one of two whole processes")
            pair[number % 2] = victims.start(everything, crowd.shift)
        crowd.over.set()
        await crowd.rest()
        doubles = await crowd.check()
        conflicts = [call for call in telegram.calls.of("getUpdates") if call.code == 409]
        assert not conflicts, "two polled at once"
        tally["messages of contacts while one of two processes was killed"] += crowd.written * len(crowd.contacts)
        tally["doubles on Telegram, one of two processes killed"] += doubles
