"""What is to be expected, how far beyond chance a count is, and from where on that is an alarm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.storm_chance import Dispersion, Threshold, score
from routing.storm_topic import Topic
from routing.storm_week import HOURS, WeekShape

WEEK = HOURS * 3600
INSTANTS = st.integers(1_700_000_000, 1_700_000_000 + 2 * WEEK)


def learned_week() -> WeekShape:
    """Much by day, little by night."""
    shape = WeekShape()
    for _ in range(4):
        for hour in range(HOURS):
            shape.learn(hour, 0.4 if hour % 24 < 8 else 1.3)
    return shape


LEARNED = learned_week()


@given(INSTANTS, INSTANTS, INSTANTS)
def test_windows_add_up_and_a_week_is_a_week(a: int, b: int, c: int) -> None:
    start, middle, end = sorted((a, b, c))
    parts = LEARNED.between(start, middle) + LEARNED.between(middle, end)
    assert parts == pytest.approx(LEARNED.between(start, end), abs=1e-6)
    assert LEARNED.between(start, start + WEEK) == pytest.approx(HOURS * 60)


def test_the_week_knows_night_and_day_and_goes_between_them_without_a_step() -> None:
    monday = 1_772_409_600
    assert LEARNED.hour_of(monday) == 0
    night, day = (LEARNED.between(monday + hour * 3600, monday + (hour + 1) * 3600) for hour in (3, 14))
    assert day > 2.5 * night
    before, at, behind = (
        LEARNED.between(monday + 8 * 3600 + off, monday + 8 * 3600 + off + 60) for off in (-60, 0, 60)
    )
    assert before < at < behind
    assert behind - before < 0.1


def test_one_week_cannot_turn_an_hour_it_knows() -> None:
    shape = learned_week()
    before = shape.values[30]
    shape.learn(30, 50.0)
    assert shape.values[30] < 1.5 * before


@given(st.integers(0, 500), st.floats(0.05, 200), st.floats(0.003, 1))
def test_a_score_grows_with_the_count_and_shrinks_with_what_varies(
    count: int, expected: float, dispersion: float
) -> None:
    found = score(count, expected, dispersion)
    assert found >= 0
    assert score(count + 1, expected, dispersion) >= found
    assert score(count, expected * 1.1, dispersion) <= found + 1e-9
    assert score(count, expected, dispersion * 1.1) <= found + 1e-6
    if count <= expected:
        assert found == 0


@settings(max_examples=30)
@given(st.lists(st.floats(2, 8), max_size=30), st.floats(0.5, 5))
def test_a_smaller_budget_is_a_higher_threshold_and_one_wild_block_moves_little(
    peaks: list[float], budget: float
) -> None:
    strict, lax = Threshold(budget / 2), Threshold(budget)
    for peak in peaks:
        strict.add(peak)
        lax.add(peak)
    if peaks:
        assert strict.height > lax.height
    before = lax.height if peaks else None
    lax.learn(1000.0)
    if before is not None:
        assert lax.height < before + 1.5


def test_dispersion_finds_how_much_counts_vary() -> None:
    dispersion = Dispersion()
    for _ in range(300):
        dispersion.learn(2, excess=0.2 * 100, weight=100.0)
    assert dispersion.values[2] == pytest.approx(0.2, rel=0.05)


def test_a_level_is_its_prior_first_and_then_what_was_seen() -> None:
    topic = Topic("login", prior=0.1, prior_other=0.2, since=0)
    assert (topic.usual, topic.usual_other) == pytest.approx((0.1, 0.2))
    assert topic.doubt == pytest.approx(0.5)
    for _ in range(24 * 14):
        topic.hour_negative, topic.hour_other = 60, 120
        topic.learn(60.0, clipped=True)
    assert (topic.usual, topic.usual_other) == pytest.approx((1.0, 2.0), rel=0.02)
    assert topic.doubt < 0.001


def test_an_hour_of_storm_moves_a_settled_level_little() -> None:
    topic = Topic("login", prior=0.1, prior_other=0.1, since=0)
    for _ in range(24 * 14):
        topic.hour_negative = 6
        topic.learn(60.0, clipped=True)
    before = topic.usual
    topic.hour_negative = 600
    topic.learn(60.0, clipped=True)
    assert topic.usual < 1.02 * before
