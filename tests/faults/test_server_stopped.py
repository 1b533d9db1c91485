"""PostgreSQL itself goes away and comes back while the desk runs: at the worst point, and under load."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from db.embedded import EmbeddedServer
from db.migrate import migrate
from db.server_programs import run, user_for
from tests.acceptance.app_process import AppProcess
from tests.conftest import FAST
from tests.faults.crowd import Crowd
from tests.faults.databases import connected
from tests.faults.duties import everything
from tests.faults.victims import Victims
from tests.faults.waiting import until
from tests.places import servers_folder
from tests.standins.telegram import TelegramStandIn

OUTAGES = 2
OUTAGE_SECONDS = 1.0
WRITERS = 6
STORED = "select external_id from message where direction = 'inbound' and channel = 'web'"


@dataclass
class OwnServer:
    """A server of this test's own."""

    folder: Path
    running: list[EmbeddedServer] = field(default_factory=list)

    def start(self) -> str:
        """Starts it, or starts it again. Returns the database's address."""
        self.running.append(EmbeddedServer.start(self.folder, FAST))
        return self.running[-1].url

    def cut(self) -> None:
        """Ends it without a word to anybody."""
        where = self.running[0].folder
        options = ("stop", "-m", "immediate", "--pgdata", str(where), "--wait", "--silent")
        assert run("pg_ctl", *options, user=user_for(where)).code == 0


@pytest.fixture
def own() -> Iterator[OwnServer]:
    """The server, stopped at the end."""
    with servers_folder() as folder:
        own = OwnServer(folder)
        yield own
        for server in own.running:
            server.stop()


async def test_an_answer_that_comes_while_the_database_is_away_is_not_forgotten(
    own: OwnServer, victims: Victims, tally: Counter[str]
) -> None:
    url = own.start()
    await migrate(url)
    async with TelegramStandIn() as telegram:
        crowd = Crowd(telegram, url, contacts=3, speed=1.0)
        process = victims.start(everything, crowd.shift)
        telegram.slow_next("sendMessage", 0, do=own.cut)  # Telegram has it, and the database is gone
        crowd.written += 1
        for contact in crowd.contacts:
            contact.writes(f"{crowd.written}. Meine Rechnung ist falsch")
        await until(lambda: not telegram.faults, "the first reply")
        await asyncio.sleep(OUTAGE_SECONDS)
        await asyncio.to_thread(own.start)
        await crowd.rest()
        assert process.is_alive()
        assert await crowd.check() == 0
        tally["answers of the platform kept over an outage of the database"] += 1


@dataclass
class Visitor:
    """A web chat page that sends again what was not acknowledged."""

    app: AppProcess
    number: int
    acknowledged: dict[str, int] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)

    async def writes(self, http: aiohttp.ClientSession, over: asyncio.Event) -> None:
        """Until it is over."""
        async with http.post(f"{self.app.url}/chat/api/sessions") as answer:
            token = (await answer.json())["token"]
        while not over.is_set() or len(self.acknowledged) == 0:
            said = f"{self.number}-{len(self.acknowledged) + 1}"
            known = await self._says(http, token, said)
            if known is not None:
                self.acknowledged[said] = known
            await asyncio.sleep(0.2)

    async def _says(self, http: aiohttp.ClientSession, token: str, said: str) -> int | None:
        body = {"text": f"Meine Rechnung {said} ist falsch", "client_id": said}
        headers = {"Authorization": f"Bearer {token}"}
        async with http.post(f"{self.app.url}/chat/api/messages", json=body, headers=headers) as answer:
            if answer.status in (200, 202):
                return int((await answer.json())["id"])
            self.refused[answer.status] += 1
            return None


async def ready(http: aiohttp.ClientSession, app: AppProcess) -> int:
    """What /health/ready answers."""
    async with http.get(f"{app.url}/health/ready") as answer:
        return answer.status


async def answers(http: aiohttp.ClientSession, app: AppProcess, status: int) -> bool:
    """Whether /health/ready answers so."""
    return await ready(http, app) == status


async def test_the_whole_desk_comes_back_by_itself(
    own: OwnServer, tmp_path: Path, models: Path, tally: Counter[str]
) -> None:
    app = AppProcess(tmp_path, database_url=own.start())
    app.shares(models)
    await app.starts()
    over = asyncio.Event()
    visitors = [Visitor(app, number) for number in range(WRITERS)]
    try:
        async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as group:
            for visitor in visitors:
                group.create_task(visitor.writes(http, over))
            assert await ready(http, app) == 200
            for _outage in range(OUTAGES):
                await asyncio.sleep(0.5)
                await asyncio.to_thread(own.cut)
                await until(partial(answers, http, app, 503), "503 while the database is away")
                await asyncio.sleep(OUTAGE_SECONDS)
                await asyncio.to_thread(own.start)
                await until(partial(answers, http, app, 200), "readiness after the outage", seconds=20)
            over.set()
        await _check(own.running[0].url, visitors)
    finally:
        await app.closes()
    assert sum((visitor.refused for visitor in visitors), Counter()).keys() == {503}, "nobody met the outage"
    tally["web chat messages acknowledged around outages of the database"] += sum(
        len(visitor.acknowledged) for visitor in visitors
    )


async def _check(url: str, visitors: list[Visitor]) -> None:
    async with connected(url) as connection:

        async def answered() -> bool:
            unread = await connection.fetchval("select count(*) from message where to_read")
            unsent = await connection.fetchval("select count(*) from outbox where state <> 'sent'")
            return unread == 0 and unsent == 0

        await until(answered, "an answer to everything", seconds=100)
        stored = [row[0].partition(":")[2] for row in await connection.fetch(STORED)]
        known = [said for visitor in visitors for said in visitor.acknowledged]
        # The last word of each may be stored although its page never heard so.
        assert len(set(stored)) == len(stored)
        assert set(known) <= set(stored)
        tickets = await connection.fetchval("select count(*) from ticket")
        assert tickets == await connection.fetchval("select count(*) from conversation") == len(visitors)
