"""Who is called in a storm and when, how much they take on, when a muster is over, and how long they rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import IllegalTransition, InputRejected
from desk.incident import IncidentId, IncidentState
from desk.muster import (
    LONGEST_BRIEFING,
    Briefing,
    Muster,
    MusterFigures,
    MusterId,
    MusterState,
    MusterTerms,
    can_be_called_off,
    checked_terms,
    is_over,
    rest_until,
)
from desk.muster_call import TRANSITIONS, Reply, ReplyTrigger, after
from desk.people import Locale, ResponderId
from desk.storm_wishes import (
    NEVER,
    Caps,
    StormWishes,
    call_time,
    caps_in_storm,
    checked_storm_wishes,
    may_be_called,
)
from desk.volunteering import Availability, Span, may_be_asked

NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
EVENINGS = Availability("Europe/Berlin", ((Span(18 * 60, 22 * 60),),) * 7, (Span(21 * 60, 7 * 60),))
ALWAYS_CALLED = StormWishes(is_called=True, outside_hours=True)
TERMS = MusterTerms(
    timedelta(hours=4), timedelta(hours=12), Caps(5, 40), tuple(Locale),
    dict.fromkeys(Locale, Briefing("Log-in is down.", "Say so.", "Promise no time.")),
)  # fmt: skip
MUSTER = Muster(
    MusterId(1), IncidentId(1), MusterState.CALLED, False, ("outage",), tuple(Locale), Caps(5, 40),
    timedelta(hours=12), ResponderId(1), NOW, NOW + 4 * HOUR, NOW - HOUR / 4,
)  # fmt: skip

wishes = st.builds(
    lambda called, outside, once, day: checked_storm_wishes(StormWishes(called, outside, once, day)),
    st.booleans(), st.booleans(), st.none() | st.integers(1, 10), st.none() | st.integers(1, 100),
)  # fmt: skip
caps = st.builds(Caps, st.integers(1, 10), st.integers(1, 100))
spans = st.tuples(st.integers(0, 1430), st.integers(5, 1440)).filter(lambda pair: pair[0] < pair[1])
days = st.lists(spans.map(lambda pair: (Span(*pair),)), min_size=7, max_size=7).map(tuple)
quiet = st.just(()) | spans.map(lambda pair: (Span(*pair),))
availabilities = st.none() | st.builds(Availability, st.sampled_from(("Europe/Berlin", "UTC")), days, quiet)


@settings(max_examples=60)
@given(wishes, availabilities, st.integers(0, 7 * 24 * 60))
def test_nobody_is_called_who_did_not_say_so_nor_in_their_quiet_time(
    said: StormWishes, availability: Availability | None, minute: int
) -> None:
    now = NOW + timedelta(minutes=minute)
    if may_be_called(said, availability, now):
        assert said.is_called
        if availability is not None:
            local = now + timedelta(hours=1 if availability.zone == "Europe/Berlin" else 0)
            assert not any(span.holds(local.hour * 60 + local.minute) for span in availability.quiet)
            assert said.outside_hours or may_be_asked(availability, now)


@settings(max_examples=30)
@given(wishes, availabilities)
def test_the_time_of_a_call_is_one_at_which_it_may_reach_them(
    said: StormWishes, availability: Availability | None
) -> None:
    until = NOW + 4 * HOUR
    at = call_time(said, availability, NOW, until)
    if at is not None:
        assert NOW <= at < until
        assert may_be_called(said, availability, at)
    else:
        assert not may_be_called(said, availability, NOW)


def test_hours_and_quiet_time_decide_when_a_call_goes_out() -> None:
    inside = StormWishes(is_called=True)
    evening = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    assert call_time(NEVER, None, NOW, NOW + HOUR) is None
    assert call_time(inside, EVENINGS, NOW, NOW + HOUR) is None
    assert call_time(inside, EVENINGS, NOW, NOW + 8 * HOUR) == evening
    assert call_time(ALWAYS_CALLED, EVENINGS, NOW, NOW + HOUR) == NOW
    night = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
    assert call_time(ALWAYS_CALLED, EVENINGS, night, night + 4 * HOUR) is None


@settings(max_examples=60)
@given(wishes, caps, caps)
def test_caps_rise_only_for_those_who_said_how_far(said: StormWishes, usual: Caps, raised: Caps) -> None:
    found = caps_in_storm(said, usual, raised)
    for now, wished, before, most in (
        (found.at_once, said.most_at_once, usual.at_once, raised.at_once),
        (found.a_day, said.most_a_day, usual.a_day, raised.a_day),
    ):
        assert now <= max(before, most)
        if wished is None:
            assert now == before
        else:
            assert now <= wished
            assert now >= min(wished, before)


def test_caps_that_cannot_be_are_refused() -> None:
    for wrong in (
        StormWishes(True, most_at_once=0), StormWishes(True, most_at_once=11), StormWishes(True, most_a_day=101),
    ):  # fmt: skip
        with pytest.raises(InputRejected):
            checked_storm_wishes(wrong)
    assert checked_storm_wishes(StormWishes(is_called=False, outside_hours=True)) == NEVER


def test_a_call_is_answered_and_answered_anew_but_ends_nowhere_else() -> None:
    changes = {(was, what): after(was, what) for was in Reply for what in ReplyTrigger if (was, what) in TRANSITIONS}
    assert changes == TRANSITIONS
    for was in Reply:
        for what in ReplyTrigger:
            if (was, what) not in TRANSITIONS:
                with pytest.raises(IllegalTransition):
                    after(was, what)
    assert all((was, ReplyTrigger.COME) in TRANSITIONS for was in Reply if was not in (Reply.IN, Reply.SPARED))


def test_a_muster_ends_with_its_time_or_its_incident() -> None:
    assert not is_over(MUSTER, IncidentState.CONFIRMED, MUSTER.until - timedelta(seconds=1))
    assert is_over(MUSTER, IncidentState.CONFIRMED, MUSTER.until)
    for gone in (IncidentState.RESOLVED, IncidentState.DISMISSED, IncidentState.JOINED):
        assert is_over(MUSTER, gone, NOW)
    assert not is_over(replace(MUSTER, state=MusterState.ENDED), IncidentState.RESOLVED, NOW)


def test_a_call_is_undone_only_before_it_went_to_all() -> None:
    assert can_be_called_off(MUSTER, MusterFigures(waiting=3))
    assert can_be_called_off(MUSTER, MusterFigures(told=20, waiting=3))
    assert can_be_called_off(MUSTER, MusterFigures())
    assert not can_be_called_off(MUSTER, MusterFigures(told=20))
    assert not can_be_called_off(replace(MUSTER, state=MusterState.ENDED), MusterFigures(waiting=3))


def test_rest_never_shortens_a_pause_and_drills_need_none() -> None:
    rested = NOW + timedelta(hours=12)
    assert rest_until(MUSTER, NOW, None) == rested
    assert rest_until(MUSTER, NOW, NOW + HOUR) == rested
    assert rest_until(MUSTER, NOW, NOW + 30 * HOUR) == NOW + 30 * HOUR
    assert rest_until(replace(MUSTER, rest=timedelta()), NOW, None) is None
    assert rest_until(replace(MUSTER, drill=True), NOW, None) is None


def test_the_first_answer_is_timed_from_the_alert() -> None:
    assert MUSTER.to_first_answer is None
    assert replace(MUSTER, first_answer_at=NOW + HOUR / 4).to_first_answer == HOUR / 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"lasts": timedelta(minutes=1)},
        {"lasts": timedelta(hours=25)},
        {"rest": timedelta(hours=-1)},
        {"rest": timedelta(days=8)},
        {"raised": Caps(0, 40)},
        {"raised": Caps(5, 101)},
        {"languages": ()},
        {"briefings": {Locale.GERMAN: TERMS.briefings[Locale.GERMAN]}},
        {"briefings": dict.fromkeys(Locale, Briefing("  ", "", ""))},
        {"briefings": dict.fromkeys(Locale, Briefing("x", "y" * (LONGEST_BRIEFING + 1), ""))},
    ],
    ids=str,
)
def test_terms_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    assert checked_terms(TERMS) is TERMS
    with pytest.raises(InputRejected):
        checked_terms(replace(TERMS, **wrong))  # type: ignore[arg-type]
