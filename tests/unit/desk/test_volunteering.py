"""Hours of volunteers, to the minute, also when the clocks change; topics that are open and that are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import InputRejected
from desk.people import Locale
from desk.volunteering import (
    ALWAYS,
    DAY,
    NOTHING_OPEN,
    Availability,
    Span,
    Wishes,
    checked,
    checked_wishes,
    may_be_asked,
    next_time,
    open_to,
    topics_to_ask_about,
    zone_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOTHING: tuple[Span, ...] = ()
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC")

spans = st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).filter(lambda pair: pair[0] < pair[1])
days = st.lists(spans.map(lambda pair: Span(*pair)), max_size=3).map(tuple)
quiet = st.lists(
    st.tuples(st.integers(0, DAY - 1), st.integers(0, DAY - 1)).filter(lambda pair: pair[0] != pair[1]), max_size=2
)
availabilities = st.builds(
    lambda zone, week, still: checked(Availability(zone, tuple(week), tuple(Span(*pair) for pair in still))),
    st.sampled_from(ZONES),
    st.lists(days, min_size=7, max_size=7),
    quiet,
)
around_the_change = st.datetimes(datetime(2026, 3, 27), datetime(2026, 3, 30)) | st.datetimes(  # noqa: DTZ001
    datetime(2026, 10, 23),  # noqa: DTZ001
    datetime(2026, 11, 2),  # noqa: DTZ001
)
instants = around_the_change.map(lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC))


def daily(start: int, end: int, *still: Span) -> Availability:
    return Availability("Europe/Berlin", ((Span(start * 60, end * 60),),) * 7, still)


def berlin(*at: int, fold: int = 0) -> datetime:
    return datetime(*at, tzinfo=BERLIN, fold=fold).astimezone(UTC)  # type: ignore[arg-type,misc]


def test_hours_hold_from_their_first_minute_to_before_their_last() -> None:
    evening = daily(18, 22)
    assert not may_be_asked(evening, berlin(2026, 3, 2, 17, 59))
    assert may_be_asked(evening, berlin(2026, 3, 2, 18, 0))
    assert may_be_asked(evening, berlin(2026, 3, 2, 21, 59))
    assert not may_be_asked(evening, berlin(2026, 3, 2, 22, 0))


def test_whoever_said_nothing_may_always_be_asked() -> None:
    now = berlin(2026, 3, 2, 3)
    assert may_be_asked(None, now)
    assert next_time(None, now) == now


def test_weekdays_are_those_where_they_live() -> None:
    monday = Availability("Pacific/Auckland", (((Span(0, DAY)),), *(NOTHING,) * 6))
    assert may_be_asked(monday, datetime(2026, 3, 1, 12, tzinfo=UTC))  # Sunday in London, Monday in Auckland
    assert not may_be_asked(monday, datetime(2026, 3, 2, 12, tzinfo=UTC))


def test_an_hour_that_the_clocks_skip_never_comes() -> None:
    skipped = Availability("Europe/Berlin", ((Span(2 * 60, 3 * 60),),) * 7)
    sunday = berlin(2026, 3, 29, 0)  # at 2:00 it becomes 3:00
    assert not any(may_be_asked(skipped, sunday + timedelta(minutes=step)) for step in range(23 * 60))
    assert next_time(skipped, sunday) == berlin(2026, 3, 30, 2)


def test_hours_that_begin_in_the_gap_begin_at_its_end() -> None:
    later = Availability("Europe/Berlin", ((Span(2 * 60 + 30, 4 * 60),),) * 7)
    assert next_time(later, berlin(2026, 3, 29, 1)) == berlin(2026, 3, 29, 3)


def test_an_hour_that_the_clocks_repeat_counts_twice() -> None:
    repeated = Availability("Europe/Berlin", ((Span(2 * 60, 3 * 60),),) * 7)
    sunday = berlin(2026, 10, 25, 0)  # at 3:00 it becomes 2:00
    minutes = [step for step in range(24 * 60) if may_be_asked(repeated, sunday + timedelta(minutes=step))]
    assert len(minutes) == 120
    assert next_time(repeated, berlin(2026, 10, 25, 2, 30, fold=1)) == berlin(2026, 10, 25, 2, 30, fold=1)


def test_evenings_stay_evenings_when_the_clocks_change() -> None:
    evening = daily(18, 22)
    for day in (28, 29):
        assert may_be_asked(evening, berlin(2026, 3, day, 18))
        assert not may_be_asked(evening, berlin(2026, 3, day, 22))


def test_quiet_times_go_over_midnight_and_win() -> None:
    still = Availability("Europe/Berlin", ALWAYS, (Span(22 * 60, 7 * 60),))
    assert not may_be_asked(still, berlin(2026, 3, 2, 23))
    assert not may_be_asked(still, berlin(2026, 3, 3, 6, 59))
    assert may_be_asked(still, berlin(2026, 3, 3, 7))
    assert next_time(still, berlin(2026, 3, 2, 23)) == berlin(2026, 3, 3, 7)


def test_hours_that_are_all_quiet_never_come() -> None:
    assert next_time(daily(9, 10, Span(8 * 60, 11 * 60)), berlin(2026, 3, 2, 9)) is None
    assert next_time(Availability("UTC", (NOTHING,) * 7), berlin(2026, 3, 2, 9)) is None


@settings(max_examples=30)
@given(availabilities, instants)
def test_the_next_time_is_the_first_minute_at_which_they_may_be_asked(
    availability: Availability, now: datetime
) -> None:
    found = next_time(availability, now)
    walked = (now + timedelta(minutes=step) for step in range(2 * DAY))
    first = next((at for at in walked if may_be_asked(availability, at)), None)
    if first is not None:
        assert found == first
    elif found is not None:
        assert found >= now + timedelta(days=2)
        assert may_be_asked(availability, found)


@settings(max_examples=40)
@given(availabilities, instants)
def test_good_order_changes_no_answer(availability: Availability, now: datetime) -> None:
    assert checked(availability) == availability
    shuffled = Availability(availability.zone, tuple(day[::-1] for day in availability.hours), availability.quiet[::-1])
    assert may_be_asked(shuffled, now) == may_be_asked(availability, now)


@pytest.mark.parametrize(
    "bad",
    [
        Availability("Europe/Atlantis"),
        Availability("UTC", ALWAYS[:6]),
        Availability("UTC", ((Span(60, 60),),) * 7),
        Availability("UTC", ((Span(-1, 60),),) * 7),
        Availability("UTC", ((Span(0, DAY + 1),),) * 7),
        Availability("UTC", (tuple(Span(one, one + 1) for one in range(0, 40, 2)),) * 7),
        Availability("UTC", ALWAYS, (Span(60, 60),)),
        Availability("UTC", ALWAYS, (Span(DAY, 60),)),
    ],
)
def test_hours_that_cannot_be_are_refused(bad: Availability) -> None:
    with pytest.raises(InputRejected):
        checked(bad)


def test_time_zones_are_found_however_they_are_written() -> None:
    assert zone_of(" europe/berlin ") == "Europe/Berlin"
    assert zone_of("America/new york") == "America/New_York"
    for wrong in ("", "Berlin Mitte", "../etc/passwd", "UTC+1"):
        with pytest.raises(InputRejected):
            zone_of(wrong)


def test_wishes_are_checked_against_what_the_policy_gives() -> None:
    good = Wishes(Availability("UTC"), ("a", "a", "b"), (Locale.GERMAN, Locale.GERMAN))
    assert checked_wishes(good, {"a", "b"}).topics == ("a", "b")
    assert checked_wishes(good, {"a", "b"}).languages == (Locale.GERMAN,)
    with pytest.raises(InputRejected):
        checked_wishes(good, {"a"})


@given(st.lists(st.sampled_from("abcdef"), max_size=6), st.sets(st.sampled_from("uvw")))
def test_topics_to_ask_about_are_chosen_and_open_and_never_all_by_mistake(chosen: list[str], opened: set[str]) -> None:
    unit_of = dict(zip("abcdef", "uuvvww", strict=True))
    topics = topics_to_ask_about(chosen, opened, unit_of)
    assert topics
    assert set(open_to(topics)) == {topic for topic in chosen if unit_of[topic] in opened}
    assert (NOTHING_OPEN in topics) == (not open_to(topics))
