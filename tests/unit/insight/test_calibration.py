"""Bins, thresholds and limits, on texts whose figures can be counted by hand."""

from __future__ import annotations

import pytest

from insight.calibration import (
    AtLimit,
    abstention_curve,
    bins,
    calibration_error,
    first_precise,
    precision_curve,
    working_point,
)
from insight.read_texts import ReadText
from nlu.evaluation import calibration_error as as_nlu_counts


def guessed(confidence: float, right: int, wrong: int) -> list[ReadText]:
    return [ReadText("x", "a", "a" if at < right else "b", confidence) for at in range(right + wrong)]


def strange(truth: str, *strangeness: float) -> list[ReadText]:
    return [ReadText("x", truth, "a", 0.5, abstained=s > 0.5, strangeness=s) for s in strangeness]


def test_a_bin_knows_its_mean_its_share_and_how_far_chance_reaches() -> None:
    low, high = bins([*guessed(0.31, 1, 3), *guessed(0.32, 0, 0), *guessed(0.95, 19, 1)])
    assert (low.texts, low.right, low.confidence) == (4, 0.25, pytest.approx(0.31))
    assert (high.texts, high.right) == (20, 0.95)
    assert (high.low, high.high) == (pytest.approx(0.764, abs=0.001), pytest.approx(0.991, abs=0.001)), "Wilson's"
    assert low.high - low.low > high.high - high.low


def test_the_calibration_error_is_the_one_that_nlu_reports() -> None:
    texts = [*guessed(0.31, 1, 3), *guessed(0.62, 5, 2), *guessed(0.95, 19, 1), *guessed(1.0, 3, 0)]
    expected = as_nlu_counts([t.confidence for t in texts], [t.right for t in texts])
    assert calibration_error(bins(texts)) == pytest.approx(expected)
    assert calibration_error([]) == 0


def test_out_of_scope_texts_have_no_say_in_reliability() -> None:
    assert bins(strange("out_of_scope", 0.1)) == []
    assert precision_curve(strange("out_of_scope", 0.1)) == []


def test_precision_and_what_is_kept_over_rising_thresholds() -> None:
    points = precision_curve([*guessed(0.5, 10, 10), *guessed(0.7, 19, 1), *guessed(0.9, 40, 0)])
    assert [point.threshold for point in points] == [0.5, 0.7, 0.9]
    assert [point.precision for point in points] == pytest.approx([69 / 80, 59 / 60, 1])
    assert [point.kept for point in points] == pytest.approx([1, 0.75, 0.5])
    first = first_precise(points)
    assert first is not None
    assert first.threshold == 0.7
    assert first_precise(points[:1]) is None


def test_thresholds_that_leave_too_few_are_left_out() -> None:
    points = precision_curve([*guessed(0.5, 20, 20), *guessed(0.9, 3, 0)])
    assert [point.threshold for point in points] == [0.5]


def test_abstaining_finds_more_as_it_keeps_less() -> None:
    texts = [*strange("a", 0.1, 0.2, 0.3, 0.8), *strange("out_of_scope", 0.25, 0.9)]
    points = abstention_curve(texts)
    assert AtLimit(1.0, 0.5) in points
    assert AtLimit(0.5, 1.0) in points
    assert [p.kept for p in points] == sorted((p.kept for p in points), reverse=True)
    assert [p.found for p in points] == sorted(p.found for p in points)
    assert working_point(texts) == AtLimit(0.75, 0.5)


def test_without_both_sides_there_is_no_curve() -> None:
    assert abstention_curve(strange("a", 0.1)) == []
    assert working_point(strange("out_of_scope", 0.1)) is None
