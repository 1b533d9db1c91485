"""Who could be asked about a ticket now, with what is known of them.

The database has looked at hours, pauses, caps, blocked pairs and the contact's own accounts already; what comes back
may be asked. `availability` stays None: the hours were judged by the query.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db import mapping
from db.queries import load
from db.session import Row, Session
from desk.expertise import Habit, Tally, day_part
from desk.store import Candidate, CandidateSearch
from desk.storm_wishes import Caps
from desk.ticket import Ticket

_SQL = load("candidates")


ENOUGH = 16
"""Of so many a wave can be chosen without looking at everybody."""


async def find_candidates(
    session: Session, ticket: Ticket, search: CandidateSearch, *, now: datetime
) -> Sequence[Candidate]:
    """The most promising first."""
    values = (
        ticket.id,
        ticket.contact_id,
        [topic for topic in (ticket.unit, ticket.intent) if topic is not None],
        ticket.locale,
        search.limit,
        now,
        list(search.kindred),
        search.most_at_once,
        search.most_a_day,
        search.place,
        day_part(now),
        ticket.intent,
    )
    rows = await session.all(_SQL["promising"], *values)
    if len(rows) < min(ENOUGH, search.limit):
        rows = await session.all(_SQL["everybody"], *values)
    return [_candidate(row) for row in rows]


def _candidate(row: Row) -> Candidate:
    return Candidate(
        mapping.responder(row),
        row["load"],
        row["offers_today"],
        row["open_offers"],
        row["last_offer_at"],
        most_a_day=row["most_a_day"],
        most_at_once=row["most_at_once"],
        on_intent=Tally(row["intent_rated"], row["intent_solved"], row["intent_worth"]),
        on_unit=Tally(row["unit_rated"], row["unit_solved"], row["unit_worth"]),
        overall=Tally(row["rated"], row["solved"], row["worth"]),
        habit=Habit(row["asked"], row["claimed"], row["passed"], row["log_seconds"]),
        habit_now=Habit(row["asked_now"], row["claimed_now"], row["passed_now"], row["log_seconds_now"]),
        active_at=row["active_at"],
        on_duty=None if row["duty_at_once"] is None else Caps(row["duty_at_once"], row["duty_a_day"]),
    )
