"""Trust: levels rise with quality that is sure, fall late and after notice, and never by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.people import Locale, ResponderId, TrustLevel
from desk.record import FAIRLY_SURE, WINDOW, AnswerVerdict, Exclusion, Outcome, Quality, quality_of
from desk.ticket import TicketId
from desk.trust import (
    LEVELS,
    Falls,
    Reassured,
    Rises,
    Standing,
    Stays,
    TrustRules,
    Warned,
    judge,
    may_answer_unreviewed,
    may_endorse,
    may_review,
    missing_to_next,
    rank,
    sees_briefing,
)

RULES = TrustRules()
START = datetime(2026, 6, 1, tzinfo=UTC)
levels = st.sampled_from(LEVELS)
histories = st.lists(st.booleans(), max_size=90)


def record(good: Sequence[bool], *, excluded: Exclusion | None = None, start: datetime = START) -> list[Outcome]:
    """Outcomes of these qualities, one an hour."""
    return [
        Outcome(
            ResponderId(1), TicketId(number), f"Z-{number}", "how_to", Locale.GERMAN,
            AnswerVerdict.SOLVED if one else AnswerVerdict.UNSOLVED, None, excluded, start + timedelta(hours=number),
        )
        for number, one in enumerate(good, 1)
    ]  # fmt: skip


def at(level: TrustLevel, **more: object) -> Standing:
    return replace(Standing(level, START), **more)  # type: ignore[arg-type]


def later(hours: int = 1000) -> datetime:
    return START + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("level", "powers"),
    [
        (TrustLevel.NEWCOMER, (False, False, False, False)),
        (TrustLevel.HELPER, (True, True, False, False)),
        (TrustLevel.EXPERT, (True, True, True, False)),
        (TrustLevel.CHAMPION, (True, True, True, True)),
    ],
)
def test_each_level_has_its_powers(level: TrustLevel, powers: tuple[bool, ...]) -> None:
    assert (may_answer_unreviewed(level), may_review(level), may_endorse(level), sees_briefing(level)) == powers


@pytest.mark.parametrize(("good", "of", "rises"), [(5, 5, True), (4, 4, False), (7, 8, True), (5, 8, False)])
def test_a_newcomer_rises_when_quality_is_sure(good: int, of: int, rises: bool) -> None:
    outcomes = record([True] * good + [False] * (of - good))
    found = judge(at(TrustLevel.NEWCOMER), outcomes, RULES, later())
    assert found == (Rises(TrustLevel.HELPER) if rises else Stays())


def test_a_thousand_poor_answers_lift_nobody_and_fifty_good_ones_do() -> None:
    volume = record([True, False] * 500)
    assert judge(at(TrustLevel.HELPER), volume, RULES, later(9999)) == Stays()
    assert judge(at(TrustLevel.HELPER), [*volume, *record([True] * 50, start=later())], RULES, later(9999)) == Rises(
        TrustLevel.EXPERT
    )


@given(levels, histories, st.integers(0, 60))
def test_nobody_moves_by_more_than_one_level(level: TrustLevel, good: list[bool], warned_days: int) -> None:
    standing = at(level, warned_at=later() - timedelta(days=warned_days) if warned_days else None)
    found = judge(standing, record(good), RULES, later())
    if isinstance(found, Rises | Falls):
        assert abs(rank(found.to) - rank(level)) == 1


@given(levels, histories)
def test_nobody_falls_unwarned_or_before_the_notice_is_over(level: TrustLevel, good: list[bool]) -> None:
    outcomes = record(good)
    first = judge(at(level), outcomes, RULES, later())
    assert not isinstance(first, Falls)
    if isinstance(first, Warned):
        warned = at(level, warned_at=later())
        assert judge(warned, outcomes, RULES, first.until - timedelta(seconds=1)) == Stays()
        assert judge(warned, outcomes, RULES, first.until) == Falls(LEVELS[rank(level) - 1])


@given(st.sampled_from(LEVELS[1:]), histories)
def test_who_has_just_risen_is_not_warned_at_once_and_who_fell_does_not_rise(
    level: TrustLevel, good: list[bool]
) -> None:
    """Hysteresis: the same record never lifts and drops."""
    outcomes, below = record(good), LEVELS[rank(level) - 1]
    lifted = judge(at(below), outcomes, RULES, later()) == Rises(level)
    dropped = isinstance(judge(at(level), outcomes, RULES, later()), Warned)
    assert not (lifted and dropped)


@pytest.mark.parametrize("level", LEVELS[1:])
def test_between_rising_and_falling_lie_eight_answers_or_more(level: TrustLevel) -> None:
    asked = RULES.requirements[level].quality
    lifts = min(good for good in range(WINDOW + 1) if Quality(good, WINDOW).at_least() >= asked)
    drops = max(good for good in range(WINDOW + 1) if Quality(good, WINDOW).at_most(FAIRLY_SURE) < asked)
    assert lifts - drops >= 8


def test_who_mends_it_in_time_is_reassured() -> None:
    warned = at(TrustLevel.HELPER, warned_at=later())
    bad = [False] * 6
    assert judge(warned, record(bad), RULES, later()) == Stays()
    assert judge(warned, record([*bad, *[True] * 12]), RULES, later()) == Reassured()


@given(histories, st.sampled_from(Exclusion), histories)
def test_what_they_could_not_help_changes_nothing(good: list[bool], why: Exclusion, others: list[bool]) -> None:
    outcomes = record(good)
    left_out = record(others, excluded=why, start=later())
    assert quality_of([*outcomes, *left_out]) == quality_of(outcomes)


def test_silence_counts_neither_for_nor_against() -> None:
    silent = [replace(one, verdict=AnswerVerdict.SILENT) for one in record([True] * 9)]
    assert quality_of(silent) == Quality(0, 0)


@pytest.mark.parametrize(("stars", "good"), [(None, True), (5, True), (3, True), (2, False), (1, False)])
def test_a_solved_question_rated_1_or_2_was_no_good_answer(stars: int | None, good: bool) -> None:
    assert replace(record([True])[0], csat=stars).is_good is good


def test_a_level_set_by_hand_is_changed_by_newer_answers_only() -> None:
    by_hand = at(TrustLevel.NEWCOMER, since=later(), by_hand=True)
    before = record([True] * 50)
    assert judge(by_hand, before, RULES, later()) == Stays()
    after = record([True] * 5, start=later())
    assert judge(by_hand, [*before, *after], RULES, later(2000)) == Rises(TrustLevel.HELPER)


@given(st.sampled_from(LEVELS[:-1]), histories)
def test_as_many_good_answers_as_we_say_are_missing_do_lift(level: TrustLevel, good: list[bool]) -> None:
    outcomes = record(good)
    missing = missing_to_next(at(level), outcomes, RULES)
    assert missing is not None
    more = record([True] * missing.good_in_a_row, start=later())
    assert judge(at(level), [*outcomes, *more], RULES, later(9999)) == Rises(missing.level)
    if more:
        assert judge(at(level), [*outcomes, *more[:-1]], RULES, later(9999)) != Rises(missing.level)


@given(st.integers(0, 80), st.integers(0, 80))
def test_the_bounds_hold_the_share_and_narrow_with_more_answers(good: int, bad: int) -> None:
    quality, twice = Quality(good, good + bad), Quality(2 * good, 2 * (good + bad))
    assert 0 <= quality.at_least() <= quality.at_most() <= 1
    if quality.share is not None:
        assert quality.at_least() - 1e-12 <= quality.share <= quality.at_most() + 1e-12
        assert twice.at_most() - twice.at_least() < quality.at_most() - quality.at_least()


def test_champions_have_no_next_level() -> None:
    assert missing_to_next(at(TrustLevel.CHAMPION), record([True] * 9), RULES) is None
