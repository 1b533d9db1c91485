"""Wishes of volunteers as columns: hours as minutes of the local week (Monday 0:00 is 0), quiet times as minutes of the
local day. A quiet time over midnight is two ranges there and one span here.
"""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from db.session import Row
from desk.people import Locale
from desk.volunteering import DAY, WEEKDAYS, Availability, Span, Wishes


def columns(wishes: Wishes) -> tuple[object, ...]:
    """zone, hours, quiet, most_a_day, most_at_once, topics, languages."""
    return (
        wishes.availability.zone,
        _week(wishes.availability.hours),
        _day(wishes.availability.quiet),
        wishes.most_a_day,
        wishes.most_at_once,
        list(wishes.topics),
        list(wishes.languages),
    )


def wishes_of(row: Row) -> Wishes:
    """From those columns."""
    return Wishes(
        availability_of(row),
        tuple(row["topics"]),
        tuple(Locale(language) for language in row["languages"]),
        row["most_a_day"],
        row["most_at_once"],
    )


def availability_of(row: Row) -> Availability:
    """From zone, hours and quiet."""
    hours = tuple(
        tuple(
            Span(max(one.lower - day * DAY, 0), min(one.upper - day * DAY, DAY))
            for one in row["hours"]
            if one.lower < (day + 1) * DAY and one.upper > day * DAY
        )
        for day in range(WEEKDAYS)
    )
    return Availability(row["zone"], hours, _over_midnight(row["quiet"]))


def _week(hours: Sequence[Sequence[Span]]) -> list[asyncpg.Range]:
    return [
        asyncpg.Range(span.start + day * DAY, span.end + day * DAY) for day, spans in enumerate(hours) for span in spans
    ]


def _day(spans: Sequence[Span]) -> list[asyncpg.Range]:
    pairs: list[tuple[int, int]] = []
    for span in spans:
        pairs += [(span.start, span.end)] if span.start < span.end else [(span.start, DAY), (0, span.end)]
    return [asyncpg.Range(start, end) for start, end in pairs if start < end]


def _over_midnight(ranges: Sequence[asyncpg.Range]) -> tuple[Span, ...]:
    spans = [Span(one.lower, one.upper) for one in ranges]
    if len(spans) > 1 and spans[0].start == 0 and spans[-1].end == DAY:
        first, *between, last = spans
        spans = [*between, Span(last.start, first.end)]
    return tuple(sorted(spans))
