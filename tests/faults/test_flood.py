"""One account floods the desk: the others are heard, read and answered as if it were not there. Counted, not timed."""

from __future__ import annotations

from collections import Counter
from functools import partial

from tests.faults.databases import connected
from tests.faults.small_desk import OpenDesk, Shift, desk_of, message_of
from tests.integration.journeys.care import PaperChannel
from workflows.contact_writes import READ_A_MINUTE
from workflows.deliver import claim_deliveries, deliver
from workflows.pacing import Pacer
from workflows.receive_event import receive_event
from workflows.triage import triage

FLOOD = 300
OTHERS = 20
STREAMS = 2
"""Of one contact: their chat and their thread with staff."""
FLOODER = "6000"

UNREAD = """
select count(*) filter (where external_id like '6000:%') as flood, count(*) as everybody from message where to_read
"""
STORED = "select count(*) from message where direction = 'inbound'"
TOLD = """
select m.body from message m join conversation c on c.id = m.conversation_id
where m.direction = 'outbound' and c.chat = $1
"""
QUEUED = """
select count(*) filter (where c.chat = '6000') as flood, count(*) as everybody
from outbox o join ticket t on t.id = o.ticket_id join conversation c on c.id = t.conversation_id
where o.state = 'queued'
"""


async def test_reading_takes_everybody_in_turn(database_url: str, tally: Counter[str]) -> None:
    async with desk_of(Shift(database_url)) as opened, connected(database_url) as connection:
        await flooded(opened)
        rounds = 0
        while (left := await connection.fetchrow(UNREAD))["everybody"] > left["flood"]:
            await triage(opened.desk)
            rounds += 1
        assert rounds == 1, "the others waited behind the flood"
        assert left["flood"] == READ_A_MINUTE - 1
        tally["others answered before the flood's second message was read"] += OTHERS


async def test_a_flood_is_kept_whole_and_calmed_once(database_url: str) -> None:
    async with desk_of(Shift(database_url)) as opened, connected(database_url) as connection:
        await flooded(opened)
        while await triage(opened.desk):
            pass
        assert await connection.fetchval(STORED) == FLOOD + OTHERS
        assert await connection.fetchval("select count(*) from reading") == READ_A_MINUTE + OTHERS
        assert await connection.fetchval("select count(*) from ticket") == 1 + OTHERS
        told = [row[0] for row in await connection.fetch(TOLD, FLOODER)]
        assert len(told) == 1, "one notice, and no acknowledgement of each message"
        assert "very many messages" in told[0]


async def test_delivery_takes_everybody_in_turn(database_url: str) -> None:
    staff = Shift(database_url, staff_chat="-100500")
    async with desk_of(staff) as opened, connected(database_url) as connection:
        await flooded(opened)
        while await triage(opened.desk):
            pass
        paper, pacer = PaperChannel("telegram"), Pacer(opened.channel.limits, 0.0)
        before = await connection.fetchrow(QUEUED)
        assert before["flood"] >= READ_A_MINUTE
        rounds = 0
        while (left := await connection.fetchrow(QUEUED))["everybody"] > left["flood"]:
            for row in await claim_deliveries(opened.desk, opened.channel, limit=32):
                await deliver(opened.desk, paper, pacer, row)
            rounds += 1
        assert before["flood"] - left["flood"] <= STREAMS * rounds, "the flood took more than its turns"
        assert left["flood"] > before["flood"] // 2


async def flooded(opened: OpenDesk) -> None:
    """The flood comes first, all of it, and then one word of each of the others."""
    receive = partial(receive_event, opened.desk)
    for number in range(FLOOD):
        await receive(message_of(FLOODER, str(number), "Rechnung! Rechnung!"))
    for number in range(OTHERS):
        await receive(message_of(f"61{number:02}", "1", "Meine Rechnung ist falsch"))
