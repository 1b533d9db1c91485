"""A broadcast to many on a channel with a pace of its own: replies hardly wait, and the finishing time is true.

Time is turned by hand. The platform takes Telegram's 25 messages a second, in the order of the outbox.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from desk.broadcast import BroadcastId
from desk.conversation import Address
from desk.incident import IncidentState, NewIncident
from desk.outbound import ChannelLimits
from desk.people import Role
from tests.integration.followers import follow
from tests.integration.journeys.care import Care
from workflows.approve_statement import approve_statement, tell_waiting
from workflows.care_desk import CareDesk
from workflows.deliver import claim_deliveries
from workflows.put_slices import put_slices
from workflows.statement_reads import BroadcastLine, statement_sheet
from workflows.voice import speaking
from workflows.write_statement import submit_statement, write_statement

CONTACTS = 600
TELEGRAM = ChannelLimits(4096, 1024, per_second=25.0, per_chat_second=1.0, file_bytes=1)
TICK = timedelta(milliseconds=200)
REPLIES_EVERY = timedelta(seconds=2)


class Platform:
    """Takes its pace of messages, and notes how long each reply waited."""

    def __init__(self, care: Care, desk: CareDesk) -> None:
        self.care, self.desk = care, desk
        self.room = 0.0
        self.delays: list[timedelta] = []

    async def takes(self) -> None:
        self.room = min(self.room + TELEGRAM.per_second * TICK.total_seconds(), 5.0)
        rows = await claim_deliveries(self.desk, self.care.chat, limit=int(self.room)) if self.room >= 1 else ()
        for row in rows:
            self.room -= 1
            await self.desk.store.queues.confirm(row.id, f"x{row.id}", now=self.care.clock.now())
            if row.entry.text == "A reply.":
                self.delays.append(self.care.clock.now() - row.created_at)


async def started(care: Care, pool: Any) -> BroadcastId:
    """Everybody of a confirmed incident is to be told."""
    cora, carl = await care.joins("cora", Role.COORDINATOR), await care.joins("carl", Role.COORDINATOR)
    now = care.clock.now()
    async with speaking(care.desk) as voice:
        incident = await voice.work.incidents.propose(NewIncident("Netz", "outage", (), now), now=now)
        await voice.work.incidents.decide(incident, IncidentState.CONFIRMED, by=cora.id, now=now)
    await follow(pool, incident, CONTACTS, now=now)
    async with speaking(care.desk) as voice:
        draft = await write_statement(voice, cora, incident, "Das Netz ist gestört.", "The net is down.", seen=None)
        await submit_statement(voice, cora, draft.id, incident)
        await approve_statement(voice, carl, draft.id, incident)
    await care.settle()
    async with speaking(care.desk) as voice:
        broadcast = await tell_waiting(voice, cora, incident)
    assert broadcast is not None
    return broadcast


async def shown(desk: CareDesk, broadcast: BroadcastId) -> BroadcastLine:
    """As the page shows it."""
    async with desk.store.begin() as work:
        incident = (await work.broadcasts.broadcast(broadcast)).incident_id
    return (await statement_sheet(desk, incident)).broadcasts[0]


async def test_the_finishing_time_is_true_and_replies_hardly_wait(care: Care, pool: Any) -> None:
    broadcast = await started(care, pool)
    desk = replace(care.desk, limits={"telegram": TELEGRAM})
    platform = Platform(care, desk)
    began, promised, reply_due = care.clock.now(), list[datetime](), care.clock.now()
    looks = [timedelta(seconds=seconds) for seconds in (1, 6, 12, 20, 27)]
    while (now := care.clock.now()) - began < timedelta(minutes=5):
        if now >= reply_due:
            reply_due = now + REPLIES_EVERY
            async with speaking(desk) as voice:
                await voice.to_address(Address("telegram", f"other{now.timestamp()}"), "A reply.")
        await put_slices(desk)
        await platform.takes()
        care.clock.time = now + TICK
        if looks and care.clock.now() - began >= looks[0]:
            looks.pop(0)
            line = await shown(desk, broadcast)
            assert line.left is not None
            promised.append(care.clock.now() + line.left)
        if (now - began).seconds % 5 == 0 and (await shown(desk, broadcast)).settled == CONTACTS:
            break
    took = care.clock.now() - began
    assert not looks
    assert CONTACTS / TELEGRAM.per_second <= took.total_seconds() <= 1.15 * CONTACTS / (0.8 * TELEGRAM.per_second)
    for instant in promised:
        assert (instant - began).total_seconds() == pytest.approx(took.total_seconds(), rel=0.12)
    assert max(platform.delays) <= timedelta(seconds=1.2)
    everybody = await pool.fetchrow("select count(*), count(distinct ticket_id) from statement_told")
    assert tuple(everybody) == (CONTACTS, CONTACTS)
