"""Two processes tell hundreds of contacts the same while they are killed again and again: everybody is told once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from desk.broadcast import BroadcastKind
from desk.incident import IncidentState, NewIncident
from desk.people import Invitation, Role
from tests.faults.duties import read
from tests.faults.small_desk import Shift, desk_of
from tests.faults.victims import Victims
from tests.faults.waiting import until
from tests.integration.followers import follow
from workflows.start_broadcast import start_broadcast
from workflows.voice import speaking

CONTACTS = 300
KILLS = 3
LONGEST_LIFE_SECONDS = 0.1
WAITING = "select count(*) from broadcast_row where state = 'waiting'"
TOLD = """
select
    (select count(*) from message), (select count(distinct ticket_id) from message),
    (select count(*) from outbox), (select count(distinct ticket_id) from outbox),
    (select count(*) from broadcast_row r join message m on m.id = r.message_id and m.ticket_id = r.ticket_id),
    (select count(*) from ticket where status = 'pending')
"""


async def begun(shift: Shift, pool: Any) -> None:
    """An outcome is on its way to everybody."""
    now = datetime.now(UTC)
    async with desk_of(shift) as opened:
        async with speaking(opened.desk) as voice:
            cora = await voice.work.people.add_responder(Invitation(Role.COORDINATOR, "Cora"), name="Cora", now=now)
            incident = await voice.work.incidents.propose(NewIncident("Netz", "outage", (), now), now=now)
            await voice.work.incidents.decide(incident, IncidentState.CONFIRMED, by=cora.id, now=now)
        await follow(pool, incident, CONTACTS, now=now)
        async with speaking(opened.desk) as voice:
            await start_broadcast(voice, cora, incident, BroadcastKind.OUTCOME, text_de="Vorbei.", text_en="Over.")


async def test_everybody_is_told_once_whoever_is_killed(
    database_url: str, pool: Any, victims: Victims, chance: random.Random, tally: Counter[str]
) -> None:
    shift = Shift(database_url)
    await begun(shift, pool)

    async def fewer_than(count: int) -> bool:
        return bool(await pool.fetchval(WAITING) < count)

    pair = [victims.start(read, shift) for _ in range(2)]
    for number in range(KILLS):
        seen = await pool.fetchval(WAITING)
        if not seen:
            break
        await until(lambda before=seen: fewer_than(before), "somebody to be told")
        await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
        victims.kill(pair[number % 2], "in mid-broadcast")
        pair[number % 2] = victims.start(read, shift)
    await until(lambda: fewer_than(1), "everybody to be told")
    assert set(await pool.fetchrow(TOLD)) == {CONTACTS}
    tally["told while the processes that tell were killed"] += CONTACTS
