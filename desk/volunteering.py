"""Volunteering: when a volunteer may be asked, how much they want, and what is open to them.

Hours are the volunteer's own: minutes of the local day (0 to 1440) in their time zone, a list of spans for each
weekday. A span holds its start and not its end; what goes over midnight belongs to two days. Quiet times hold every
day and win over hours; they may go over midnight (22:00 to 07:00 is one span). So summer time needs no rule of its
own: an hour that the clocks skip never comes, an hour that they repeat counts twice.

Topics: a volunteer chooses some, and a topic is opened by whoever invited them, by a passed entrance test, or at once
where there is none. `Responder.topics` holds what is both chosen and open; there an empty tuple means everything
that is open to volunteers, so "chosen, but nothing is open yet" is said by NOTHING_OPEN, which no topic is called.

Pure: no I/O, no clock. Callers pass `now` (aware UTC).
Raises: InputRejected for hours, zones and numbers that cannot be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from desk.errors import InputRejected
from desk.people import Locale

DAY = 24 * 60
WEEKDAYS = 7
NOTHING_OPEN = "-"
MOST_A_DAY, MOST_AT_ONCE = 20, 3
LARGEST_A_DAY, LARGEST_AT_ONCE = 100, 10
MOST_SPANS = 8

_STEP = timedelta(minutes=15)
_SEARCHED = timedelta(days=9)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Minutes of a local day, from `start` to before `end`."""

    start: int
    end: int

    def holds(self, minute: int) -> bool:
        """Whether the minute lies in it; one that ends before it starts goes over midnight."""
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


WHOLE_DAY = (Span(0, DAY),)
ALWAYS = (WHOLE_DAY,) * WEEKDAYS


@dataclass(frozen=True, slots=True)
class Availability:
    """When a volunteer may be asked. `hours`: for Monday to Sunday; `quiet`: every day."""

    zone: str
    hours: tuple[tuple[Span, ...], ...] = ALWAYS
    quiet: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that a volunteer chooses. `topics` empty: all that is open to volunteers. `most_a_day` counts offers of the
    last 24 hours, `most_at_once` offers and questions that wait for them."""

    availability: Availability
    topics: tuple[str, ...] = ()
    languages: tuple[Locale, ...] = (Locale.GERMAN, Locale.ENGLISH)
    most_a_day: int = MOST_A_DAY
    most_at_once: int = MOST_AT_ONCE


def may_be_asked(availability: Availability | None, now: datetime) -> bool:
    """Whether `now` lies in their hours and in no quiet time. Without any, always."""
    if availability is None:
        return True
    local = now.astimezone(ZoneInfo(availability.zone))
    minute = local.hour * 60 + local.minute
    if any(span.holds(minute) for span in availability.quiet):
        return False
    return any(span.holds(minute) for span in availability.hours[local.weekday()])


def next_time(availability: Availability | None, now: datetime) -> datetime | None:
    """The first instant from `now` on at which they may be asked; None: there is none."""
    if availability is None or may_be_asked(availability, now):
        return now
    able = (at for at in _changes(availability, now) if at >= now and may_be_asked(availability, at))
    return min(able, default=None)


def _changes(availability: Availability, now: datetime) -> Iterator[datetime]:
    """The instants of the coming days at which an answer of `may_be_asked` may turn to yes."""
    zone = ZoneInfo(availability.zone)
    today = now.astimezone(zone).date()
    for days in range(-1, _SEARCHED.days):
        day = today + timedelta(days=days)
        starts = {span.start for span in availability.hours[day.weekday()]} | {one.end for one in availability.quiet}
        for minute in starts:
            yield from _instants(day, minute, zone)
    at = now.replace(minute=0, second=0, microsecond=0)
    while at < now + _SEARCHED:
        if at.astimezone(zone).utcoffset() != (at - _STEP).astimezone(zone).utcoffset():
            yield at
        at += _STEP


def _instants(day: date, minute: int, zone: ZoneInfo) -> Iterator[datetime]:
    """When the clocks there show this minute of this day: twice when they are put back."""
    local = datetime.combine(day, time()) + timedelta(minutes=minute)
    for fold in (0, 1):
        yield local.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def checked(availability: Availability) -> Availability:
    """The same in good order: spans sorted, overlaps joined. Raises InputRejected."""
    zone_of(availability.zone)
    if len(availability.hours) != WEEKDAYS:
        raise InputRejected("hours: expected seven days")
    hours = tuple(_joined(_within_a_day(spans)) for spans in availability.hours)
    for span in availability.quiet:
        if not (0 <= span.start < DAY and 0 <= span.end <= DAY) or span.start == span.end:
            raise InputRejected("quiet: expected times such as 22:00-07:00")
    if len(availability.quiet) > MOST_SPANS:
        raise InputRejected(f"quiet: at most {MOST_SPANS} times")
    return Availability(availability.zone, hours, tuple(sorted(set(availability.quiet))))


def _within_a_day(spans: Sequence[Span]) -> Sequence[Span]:
    if len(spans) > MOST_SPANS:
        raise InputRejected(f"hours: at most {MOST_SPANS} times a day")
    if any(not 0 <= span.start < span.end <= DAY for span in spans):
        raise InputRejected("hours: expected times such as 18:00-22:00")
    return spans


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def zone_of(name: str) -> str:
    """The time zone of this name, in upper or lower case. Raises InputRejected."""
    found = zones_by_name().get(name.strip().replace(" ", "_").lower())
    if found is None:
        raise InputRejected("zone: expected a time zone such as Europe/Berlin")
    return found


@cache
def zones_by_name() -> Mapping[str, str]:
    """Every time zone by its name in lower case. Looking for them takes tens of milliseconds: once is enough."""
    return {zone.lower(): zone for zone in sorted(available_timezones())}


def checked_wishes(wishes: Wishes, known: Collection[str]) -> Wishes:
    """The same in good order. `known`: the topics that the policy gives to volunteers. Raises InputRejected."""
    if not wishes.languages:
        raise InputRejected("languages: expected de, en or both")
    if not set(wishes.topics) <= set(known):
        raise InputRejected("topics: not all are open to volunteers")
    if not 1 <= wishes.most_a_day <= LARGEST_A_DAY:
        raise InputRejected(f"most_a_day: expected 1 to {LARGEST_A_DAY}")
    if not 1 <= wishes.most_at_once <= LARGEST_AT_ONCE:
        raise InputRejected(f"most_at_once: expected 1 to {LARGEST_AT_ONCE}")
    return Wishes(
        checked(wishes.availability),
        tuple(dict.fromkeys(wishes.topics)),
        tuple(dict.fromkeys(wishes.languages)),
        wishes.most_a_day,
        wishes.most_at_once,
    )


def topics_to_ask_about(chosen: Sequence[str], opened: Collection[str], unit_of: Mapping[str, str]) -> tuple[str, ...]:
    """What stands in `Responder.topics`: of the chosen ones those whose unit is open. Never empty: that would mean
    everything."""
    return tuple(topic for topic in chosen if unit_of.get(topic) in opened) or (NOTHING_OPEN,)


def open_to(topics: Sequence[str]) -> tuple[str, ...]:
    """Topics as people are told them: without the sign for none."""
    return tuple(topic for topic in topics if topic != NOTHING_OPEN)
