"""Messages come in from many contacts at once while the process that hears them is killed again and again.

A sender does as the platforms do: it sends again, in order, what was not acknowledged.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.databases import connected
from tests.faults.duties import hear
from tests.faults.small_desk import Shift
from tests.faults.victims import Victims

KILLS = 60
CONTACTS = 10
LONGEST_LIFE_SECONDS = 0.08
STARTED_SECONDS = 0.02

TICKETS = "select count(*), count(distinct conversation_id) from ticket"
IDS = "select id from message where external_id = any($1)"
TALK = "select external_id from message where direction = 'inbound' and external_id like $1 order by id"


@dataclass
class Sender:
    """One contact. `acknowledged`: what the desk said it has, by the contact's own number."""

    who: str
    acknowledged: dict[str, int] = field(default_factory=dict)
    unsure: int = 0
    duplicates: int = 0

    async def sends(self, place: Path, heard: asyncio.Event, over: asyncio.Event) -> None:
        """One message after the other until it is over."""
        number = 0
        while not over.is_set():
            number += 1
            await self._insists(place, str(number))
            heard.set()

    async def _insists(self, place: Path, number: str) -> None:
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                answer = await self._says(place, number)
                self.duplicates += answer["duplicate"]
                self.acknowledged[number] = answer["id"]
                return
            await asyncio.sleep(0.005)

    async def _says(self, place: Path, number: str) -> dict[str, int]:
        reader, writer = await asyncio.open_unix_connection(place)
        try:
            writer.write(json.dumps({"who": self.who, "number": number, "text": f"Frage {number}"}).encode() + b"\n")
            self.unsure += 1
            line = await reader.readuntil(b"\n")
            self.unsure -= 1
            answer: dict[str, int] = json.loads(line)
            return answer
        finally:
            writer.close()


async def storm(victims: Victims, shift: Shift, place: Path, heard: asyncio.Event, chance: random.Random) -> None:
    """Kills, mostly while messages come in, now and then during the start. The last one lives."""
    for number in range(KILLS):
        process = victims.start(hear, shift, place)
        if number % 7:
            heard.clear()
            async with asyncio.timeout(20):
                await heard.wait()
        await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS if number % 7 else STARTED_SECONDS))
        victims.kill(process, "while hearing")
    victims.start(hear, shift, place)


async def test_what_was_acknowledged_is_there_once(
    database_url: str, victims: Victims, sockets: Path, chance: random.Random, tally: Counter[str]
) -> None:
    senders = [Sender(f"4{number:03}") for number in range(CONTACTS)]
    heard, over, place = asyncio.Event(), asyncio.Event(), sockets / "hear"
    async with asyncio.TaskGroup() as group:
        for sender in senders:
            group.create_task(sender.sends(place, heard, over))
        await storm(victims, Shift(database_url), place, heard, chance)
        over.set()
    unsure = sum(sender.unsure for sender in senders)
    tally["messages acknowledged while the hearer was killed"] += sum(len(sender.acknowledged) for sender in senders)
    tally["messages sent again, since their acknowledgement was lost"] += unsure
    assert unsure >= KILLS // 2, "the kills met no load"
    assert sum(sender.duplicates for sender in senders) > 0, "no kill came between commit and acknowledgement"
    async with connected(database_url) as connection:
        assert tuple(await connection.fetchrow(TICKETS)) == (CONTACTS, CONTACTS)
        for sender in senders:
            stored = [row[0] for row in await connection.fetch(TALK, f"{sender.who}:%")]
            assert stored == [f"{sender.who}:{number + 1}" for number in range(len(sender.acknowledged))]
            ids = [
                row[0] for row in await connection.fetch("select id from message where external_id = any($1)", stored)
            ]
            assert sorted(ids) == sorted(sender.acknowledged.values())
