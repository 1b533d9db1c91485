"""The web chat's server is killed while visitors write: their pages try again, and show everything once, in order."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.faults.databases import connected
from tests.faults.duties import web_chat
from tests.faults.small_desk import Shift
from tests.faults.victims import Victims
from tests.faults.waiting import until

KILLS = 18
VISITORS = 6
SPEED = 60.0
LONGEST_LIFE_SECONDS = 0.25
WAITING = "select (select count(*) from message where to_read) + (select count(*) from outbox where state <> 'sent')"
GONE = (aiohttp.ClientError, OSError)


@dataclass
class Page:
    """A visitor's page. `lost` counts requests that died on their way."""

    http: aiohttp.ClientSession
    token: str = ""
    acknowledged: list[int] = field(default_factory=list)
    lost: int = 0

    async def call(self, method: str, path: str, **options: Any) -> Any:
        """The answer's JSON; again and again until there is one."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        while True:
            with suppress(*GONE):
                async with self.http.request(
                    method, f"http://desk/chat/api/{path}", headers=headers, **options
                ) as answer:
                    if answer.status < 300:
                        return await answer.json()
            self.lost += 1
            await asyncio.sleep(0.02)

    async def writes(self, over: asyncio.Event) -> None:
        """One word after the other."""
        self.token = (await self.call("POST", "sessions"))["token"]
        while not over.is_set():
            number = len(self.acknowledged) + 1
            said = {"text": f"Meine Rechnung {number} ist falsch", "client_id": f"c{number}"}
            self.acknowledged.append((await self.call("POST", "messages", json=said))["id"])
            await asyncio.sleep(0.15)

    async def check(self) -> None:
        """The page shows every word once, in order, and one answer of the bot."""
        talk = (await self.call("GET", "messages"))["messages"]
        own = [message for message in talk if message["from"] == "contact"]
        assert [message["id"] for message in own] == self.acknowledged
        words = [f"Meine Rechnung {number + 1} ist falsch" for number in range(len(self.acknowledged))]
        assert [message["text"] for message in own] == words
        assert len(talk) - len(own) == 1, f"the bot answered {len(talk) - len(own)} times"


async def test_pages_show_everything_once(
    database_url: str, victims: Victims, sockets: Path, chance: random.Random, tally: Counter[str]
) -> None:
    shift = Shift(database_url, channel="web", speed=SPEED)
    place, over = sockets / "web", asyncio.Event()
    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(place), force_close=True)) as http:
        pages = [Page(http) for _ in range(VISITORS)]
        async with asyncio.TaskGroup() as group:
            for page in pages:
                group.create_task(page.writes(over))
            for _ in range(KILLS):
                process = victims.start(web_chat, shift, place)
                before = sum(len(page.acknowledged) for page in pages)
                await until(lambda seen=before: sum(len(page.acknowledged) for page in pages) > seen, "a word heard")
                await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
                victims.kill(process, "the web chat's server")
            victims.start(web_chat, shift, place)
            over.set()

        async with connected(database_url) as connection:

            async def at_rest() -> bool:
                return await connection.fetchval(WAITING) == 0

            await until(at_rest, "the last answer")
        for page in pages:
            await page.check()
        assert sum(page.lost for page in pages) > 0
        tally["web chat messages acknowledged while its server was killed"] += sum(len(p.acknowledged) for p in pages)
