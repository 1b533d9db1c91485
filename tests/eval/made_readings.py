"""Made readings in the tables of a desk, for whoever watches them: see tests/eval/watching.py."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.drill_traffic import MONDAY
from routing.made_traffic import Traffic
from routing.storm_detector import Detector
from tests.eval.told_events import questions, with_slips

OTHERS = """
select setval(pg_get_serial_sequence('contact', 'id'), 10000000),
    setval(pg_get_serial_sequence('conversation', 'id'), 10000000),
    setval(pg_get_serial_sequence('ticket', 'id'), 10000000)
"""
"""Whoever is not made has numbers of their own."""

ROWS = """
with asked as (
    select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::boolean[], $6::timestamptz[])
        as u (number, contact_id, words, topic, negative, at)
), people as (
    insert into contact (id, name, created_at) overriding system value
    select distinct on (contact_id) contact_id, 'made', at from asked order by contact_id, at on conflict do nothing
), conversations as (
    insert into conversation (id, contact_id, channel, key, chat, surface, opened_at) overriding system value
    select distinct on (contact_id) contact_id, contact_id, 'telegram', 'made ' || contact_id, contact_id, 'private', at
    from asked order by contact_id, at on conflict do nothing
), tickets as (
    insert into ticket (id, conversation_id, contact_id, status, lane, locale, intent, opened_at)
    overriding system value
    select distinct on (contact_id) contact_id, contact_id, contact_id, 'open', 'staff', 'de', topic, at
    from asked order by contact_id, at on conflict do nothing
), messages as (
    insert into message (
        conversation_id, ticket_id, direction, author, channel, external_id, body, masked, created_at
    )
    select contact_id, contact_id, 'inbound', 'contact', 'telegram', 'made ' || number, words, words, at
    from asked
    order by number
    returning id, external_id
)
insert into reading (
    message_id, engine, model, language, intent, confidence, sentiment, urgency, wants_human, out_of_scope, details,
    made_at
)
select m.id, 'made', $7, 'de', topic, 0.9, case when negative then 'negative' else 'neutral' end, 'normal',
    false, false, '{"also": []}', at
from asked
join messages m on m.external_id = 'made ' || number
"""


class Made:
    """The traffic that is left, written into the tables as the clock goes."""

    def __init__(self, pool: Any, traffic: Traffic, first: int, seed: int) -> None:
        self._pool, self._dice = pool, random.Random(seed)
        self._texts = questions()
        self._left = made_rows(traffic, first)
        self._numbers = itertools.count(1)
        self._next = next(self._left)

    async def until(self, now: datetime) -> int:
        """What came by now."""
        return await self._write(list(self._due(now)))

    async def at_once(self, many: int) -> int:
        """As much as that, though it came one after the other."""
        return await self._write([self._take() for _number in range(many)])

    @property
    def reaches(self) -> datetime:
        """When the next one comes."""
        return self._next[0]

    def _due(self, now: datetime) -> Iterator[tuple[datetime, int, str, bool]]:
        while self._next[0] <= now:
            yield self._take()

    def _take(self) -> tuple[datetime, int, str, bool]:
        one, self._next = self._next, next(self._left)
        return one

    async def _write(self, rows: Sequence[tuple[datetime, int, str, bool]]) -> int:
        words = [with_slips(self._dice.choice(self._texts), self._dice) for _row in rows]
        await self._pool.execute(
            ROWS,
            [next(self._numbers) for _row in rows],
            [contact + 1 for _at, contact, _topic, _negative in rows],
            words,
            [topic for _at, _contact, topic, _negative in rows],
            [negative for *_row, negative in rows],
            [at for at, *_row in rows],
            "made",
        )
        return len(rows)


def made_rows(traffic: Traffic, first: int) -> Iterator[tuple[datetime, int, str, bool]]:
    """When, by whom, on what, whether negative; from the `first` on."""
    contacts = itertools.islice(traffic.contacts.tolist(), first, None)
    for (second, topic, negative), contact in zip(itertools.islice(traffic, first, None), contacts, strict=True):
        yield MONDAY + timedelta(seconds=second), contact, topic, negative


def learned(traffic: Traffic, until: datetime, zone: ZoneInfo) -> tuple[Detector, int]:
    """A detector that has watched until then, and how much it has seen."""
    detector, seen = Detector(zone), 0
    for at, contact, topic, negative in made_rows(traffic, 0):
        if at >= until:
            break
        detector.observe(at, topic, negative, str(contact + 1))
        seen += 1
    return detector, seen
