"""`zuruf bench waves`: how fast a wave is chosen among many volunteers, beside many open and closed tickets.

The roster is generated in PostgreSQL: volunteers of differing topics, languages, hours and records, each with an
account; open tickets, of which half are held and half have three offers open; twice as many closed ones with their
offers, their outcomes and the habits that came of them. Measured is one decision as the desk makes it: the candidates
are found and the wave is chosen, in a transaction of its own, one after the other. Writing the offers is not part of it
(`zuruf bench triage` has that).
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.bench_capture import bench_desk
from app.bench_database import scratch_database
from app.bench_load import Measured
from app.settings import Settings
from desk.store import TicketFilter
from desk.ticket import Lane, Status, Ticket
from nlu.fallback import FirstThatAnswers
from routing.waves import NoVolunteerLeft, next_wave
from workflows.care_desk import CareDesk
from workflows.offer_wave import candidates_for
from workflows.voice import speaking

CONNECTIONS = 4
WARM_UP = 100
DECISIONS = 2000

# $1 volunteers, $2 open tickets, $3 now
ROSTER = """
create temp table peer (number int, unit text, intent text);
insert into peer values
    (0, 'logistics', 'delivery_status'), (1, 'logistics', 'delivery_problem'), (2, 'logistics', 'returns'),
    (3, 'technology', 'technical_fault'), (4, 'technology', 'outage'), (5, 'technology', 'how_to'),
    (6, 'sales', 'product_advice'), (7, 'sales', 'availability'), (8, 'service', 'warranty'),
    (9, 'research', 'product_idea');
insert into responder (role, name, topics, languages, created_at)
select
    'volunteer', 'v' || n,
    case n % 5
        when 0 then '{}'
        when 1 then array[(select unit from peer where number = n / 5 % 10)]
        when 2 then array[(select intent from peer where number = n / 5 % 10)]
        else array(select distinct unit from peer where number in (n / 5 % 10, n / 7 % 10))
    end,
    case n % 3 when 0 then '{de}' when 1 then '{de,en}' else '{en}' end::text[],
    $3 - n * interval '10 minutes'
from generate_series(1, $1) n;
insert into account (responder_id, channel, external_id, chat, reachability, created_at)
select id, 'telegram', 'v' || id, 'v' || id, case when id % 20 = 0 then 'blocked' else 'reachable' end, created_at
from responder;
insert into volunteer (responder_id, zone, hours, quiet, most_a_day, most_at_once, topics, languages, changed_at)
select
    id, (array['Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Tokyo'])[id % 4 + 1],
    (
        select range_agg(int4range((day * 1440 + id % 14 * 60)::int, (day * 1440 + id % 14 * 60 + 600)::int))
        from generate_series(0, 6) day
    ),
    '{[1320,1440),[0,420)}', 5 + id % 16, 1 + id % 4, topics, languages, created_at
from responder where id % 2 = 0;
insert into contact (name, created_at) select 'c' || n, $3 from generate_series(1, $2 * 3) n;
insert into identity (contact_id, channel, external_id, name, created_at)
select id, 'telegram', 'c' || id, name, $3 from contact;
insert into conversation (contact_id, channel, key, chat, surface, opened_at)
select id, 'telegram', 'c' || id, 'c' || id, 'private', $3 from contact;
insert into ticket (
    conversation_id, contact_id, status, lane, unit, intent, locale, assignee_id, opened_at, solved_at
)
select
    c.id, c.contact_id, case when c.id > $2 then 'closed' else 'open' end, 'peer', p.unit, p.intent,
    case when c.id % 3 = 0 then 'en' else 'de' end,
    case when c.id % 2 = 0 or c.id > $2 then 1 + c.id * 7 % $1 end,
    $3 - case when c.id > $2 then interval '20 days' else interval '5 minutes' end,
    case when c.id > $2 then $3 - interval '19 days' end
from conversation c join peer p on p.number = c.id % 10;
insert into offer (ticket_id, responder_id, wave, state, reasons, created_at, expires_at, answered_at)
select
    t.id, 1 + (t.id * 13 + n * 31) % $1, 1,
    case when t.status = 'open' then 'open' when n = 1 then 'accepted' else 'expired' end, '{}',
    case when t.status = 'open' then $3 - interval '2 minutes' else $3 - t.id % 30 * interval '1 day' end, $3, $3
from ticket t, generate_series(1, 3) n
where t.assignee_id is null or t.status = 'closed'
on conflict do nothing;
insert into answer_outcome (ticket_id, responder_id, topic, locale, verdict, at)
select
    id, assignee_id, coalesce(intent, unit), locale, case when id % 3 = 0 then 'unsolved' else 'solved' end, solved_at
from ticket where status = 'closed';
insert into habit (responder_id, day_part, asked, claimed, passed, log_seconds, counted_at)
select r.id, part, 1 + r.id % 7, r.id % 4 * 0.5, 0.2, r.id % 4 * 2, $3 - r.id % 9 * interval '1 day'
from responder r, generate_series(0, 5) part where r.id % 3 > 0;
update askable set active_at = $3 - responder_id % 4001 * interval '7 minutes'
"""


@dataclass(frozen=True)
class WavesFigures:
    """`asked`: people in a wave; `looked_at`: candidates a wave was chosen from, as an average."""

    latency_ms_p50: float
    latency_ms_p99: float
    decisions_per_second: float
    decisions: int
    looked_at: float
    asked: float
    volunteers: int
    open_tickets: int

    def as_dict(self) -> dict[str, float]:
        """For --json."""
        return {key: round(value, 3) for key, value in asdict(self).items()}


async def bench_waves(settings: Settings, *, volunteers: int, open_tickets: int) -> WavesFigures:
    """Finding the candidates of a ticket and choosing its wave, again and again."""
    async with scratch_database(settings, connections=CONNECTIONS) as scratch:
        desk = bench_desk(settings, scratch, FirstThatAnswers([]))
        await _generate(scratch.pool, volunteers, open_tickets, desk.clock.now())
        tickets = await _waiting(desk, open_tickets)
        for number in range(WARM_UP):
            await _decide(desk, tickets[number % len(tickets)])
        latencies, sizes = list[float](), list[tuple[int, int]]()
        for number in range(DECISIONS):
            began = time.perf_counter()
            sizes.append(await _decide(desk, tickets[number * 17 % len(tickets)]))
            latencies.append(time.perf_counter() - began)
        measured = Measured(sum(latencies), latencies)
        return WavesFigures(
            latency_ms_p50=measured.percentile_ms(0.50),
            latency_ms_p99=measured.percentile_ms(0.99),
            decisions_per_second=measured.per_second,
            decisions=DECISIONS,
            looked_at=sum(found for found, _ in sizes) / DECISIONS,
            asked=sum(asked for _, asked in sizes) / DECISIONS,
            volunteers=volunteers,
            open_tickets=open_tickets,
        )


async def _generate(pool: Any, volunteers: int, open_tickets: int, now: datetime) -> None:
    instant = f"timestamptz '{now.isoformat()}'"
    async with pool.acquire() as connection:
        for statement in ROSTER.split(";"):
            filled = statement.replace("$1", str(volunteers)).replace("$2", str(open_tickets)).replace("$3", instant)
            await connection.execute(filled, timeout=600)
        await connection.execute("vacuum analyze", timeout=600)


async def _waiting(desk: CareDesk, most: int) -> list[Ticket]:
    """Open tickets that nobody has."""
    wanted = TicketFilter(statuses=(Status.OPEN,), lane=Lane.PEER, unassigned=True, limit=min(most, 1000))
    async with desk.store.begin() as work:
        return [row.ticket for row in await work.tickets.list(wanted)]


async def _decide(desk: CareDesk, ticket: Ticket) -> tuple[int, int]:
    """How many were looked at, and how many are asked."""
    async with speaking(desk) as voice:
        candidates = await candidates_for(voice, ticket)
        try:
            wave = next_wave(ticket, candidates, desk.policy().peer, voice.now)
        except NoVolunteerLeft:
            return len(candidates), 0
    return len(candidates), len(wave.picks)
