"""Hours as people write them: read in both languages, said so that they are read again as the same."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputRejected
from desk.hours_text import hours_in_words, parse_hours, parse_quiet, quiet_in_words
from desk.people import Locale
from desk.volunteering import ALWAYS, DAY, WHOLE_DAY, Availability, Span, checked

EVENING = (Span(18 * 60, 22 * 60),)
NONE: tuple[Span, ...] = ()
SPANS = st.lists(
    st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).filter(lambda pair: pair[0] < pair[1]), max_size=3
)


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 18-22",
        "mo–fr 18:00–22:00",
        "Montag bis Freitag von 18 bis 22 Uhr",
        "werktags 18.00-22.00",
        "Mon-Fri 6pm-10pm",
        "weekdays 6-10 pm",
        "Mo, Di, Mi, Do und Fr 18-22",
        "Mo-Mi 18-22, Do-Fr 18-22.",
        "Mon to Fri: 18 to 22",
    ],
)
def test_evenings_on_weekdays_are_read_however_they_are_written(text: str) -> None:
    assert parse_hours(text) == (EVENING,) * 5 + (NONE,) * 2


def test_days_without_times_are_whole_and_times_without_days_are_daily() -> None:
    assert parse_hours("Wochenende") == (NONE,) * 5 + (WHOLE_DAY,) * 2
    assert parse_hours("18-22") == (EVENING,) * 7
    assert parse_hours("Mo-Fr") == (WHOLE_DAY,) * 5 + (NONE,) * 2
    assert parse_hours("immer") == parse_hours("Always") == parse_hours("daily 0-24") == ALWAYS


def test_over_midnight_ends_on_the_next_day_also_from_sunday_to_monday() -> None:
    hours = parse_hours("Fr 22-2, So 23-1")
    assert hours[4] == (Span(22 * 60, DAY),)
    assert hours[5] == (Span(0, 120),)
    assert hours[6] == (Span(23 * 60, DAY),)
    assert hours[0] == (Span(0, 60),)


def test_days_may_go_round_the_end_of_the_week() -> None:
    assert [bool(day) for day in parse_hours("Sa-Mo 10-12")] == [True, False, False, False, False, True, True]


UNCLEAR = (
    "", "hallo", "25-26", "18-22 oder so", "Mein Router ist kaputt", "13pm-14pm", "18:75-19", "mo fr" * 90,
    "Sonne 18-22", "Mo 18", "18", "22", "0171 2345678", "\x00", "Montag kommt mein Paket",
)  # fmt: skip


@pytest.mark.parametrize("text", UNCLEAR)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InputRejected):
        parse_hours(text)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    with suppress(InputRejected):
        assert len(parse_hours(text)) == 7


@given(st.lists(SPANS, min_size=7, max_size=7), st.sampled_from(Locale))
def test_what_is_said_is_read_again_as_the_same_hours(week: list[list[tuple[int, int]]], locale: Locale) -> None:
    hours = checked(Availability("UTC", tuple(tuple(Span(*pair) for pair in day) for day in week))).hours
    if any(hours):
        assert parse_hours(hours_in_words(hours, locale)) == hours


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("22-7", (Span(22 * 60, 7 * 60),)),
        ("22:30 bis 7 Uhr", (Span(22 * 60 + 30, 7 * 60),)),
        ("12-13 und 22-7", (Span(12 * 60, 13 * 60), Span(22 * 60, 7 * 60))),
        ("10pm-7am", (Span(22 * 60, 7 * 60),)),
        ("never", ()),
        ("20-24", (Span(20 * 60, DAY),)),
    ],
)
def test_quiet_times_are_read_and_said_again(text: str, quiet: tuple[Span, ...]) -> None:
    assert parse_quiet(text) == quiet
    assert all(parse_quiet(quiet_in_words(quiet, locale)) == quiet for locale in Locale)


@pytest.mark.parametrize("text", ["", "Mo 22-7", "abends", "7", "7-7x"])
def test_unclear_quiet_times_are_refused(text: str) -> None:
    with pytest.raises(InputRejected):
        parse_quiet(text)
