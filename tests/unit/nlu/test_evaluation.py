"""The measures of an evaluation, on readings whose figures can be counted by hand."""

from __future__ import annotations

import pytest

from desk.reading import IntentGuess, Reading
from nlu.evaluation import calibration_error, measure, quality
from nlu.training_files import Utterance
from tests.unit.nlu.test_fallback import Answers


def read_as(intent: str, confidence: float = 0.9, *, instead_of: str = "") -> Reading:
    """A reading that names `intent`; with `instead_of`, one that abstained from naming that."""
    runners_up = (IntentGuess(instead_of, 0.2),) if instead_of else ()
    abstained = intent == "out_of_scope"
    return Reading(language="en", intent=intent, confidence=confidence, runners_up=runners_up, out_of_scope=abstained)


def test_the_figures_are_those_counted_by_hand() -> None:
    utterances = [Utterance("x", intent) for intent in ("a", "a", "a", "b", "b", "out_of_scope", "out_of_scope")]
    readings = [
        read_as("a"),
        read_as("a"),
        read_as("b"),
        read_as("b"),
        read_as("out_of_scope", instead_of="b"),
        read_as("out_of_scope", instead_of="a"),
        read_as("a"),
    ]
    found = quality(utterances, readings, [1.0, 2.0, 3.0], 100.0)
    assert found.accuracy == 4 / 5, "the one abstained from counts by its best guess"
    assert found.macro_f1 == pytest.approx((4 / 5 + 4 / 5) / 2)
    assert found.in_scope_kept == 4 / 5
    assert (found.oos_recall, found.oos_precision) == (1 / 2, 1 / 2)
    assert found.latency_ms_p50 == 2.0
    a, b = found.intents
    assert (a.texts, a.precision, a.recall, a.taken_for) == (3, 1.0, 2 / 3, "b (1)")
    assert (b.texts, b.precision, b.recall, b.taken_for) == (2, 2 / 3, 1.0, "")


def test_without_out_of_scope_texts_its_figures_are_unknown() -> None:
    found = quality([Utterance("x", "a")], [read_as("a")], [1.0], 1.0)
    assert found.oos_recall is None
    assert found.oos_precision is None


def test_calibration_error() -> None:
    assert calibration_error([1.0] * 4, [True] * 4) == 0
    assert calibration_error([0.9] * 10, [True] * 9 + [False]) == pytest.approx(0)
    assert calibration_error([0.9] * 10, [False] * 10) == pytest.approx(0.9)
    assert calibration_error([0.2, 0.8], [False, True]) == pytest.approx(0.2)


async def test_an_engine_is_measured_by_reading_everything() -> None:
    found = await measure(Answers("any"), [Utterance("x", "greeting")] * 130)
    assert found.accuracy == 1.0
    assert found.messages_per_second > 0
    assert found.latency_ms_p99 >= found.latency_ms_p50 > 0
