"""Calibrating an intent classifier by texts it had not seen: confidences tell the truth, the gate abstains well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.evaluation import calibration_error
from nlu.training.components.calibration import (
    IN_SCOPE_KEPT,
    NEVER,
    Calibration,
    Seen,
    fitted,
    lowest_sure,
    uncalibrated,
)

LABELS = 8
STRANGE = 7
IN_SCOPE = np.array([label != STRANGE for label in range(LABELS)])


def guesses(amount: int, seed: int, too_sure: float = 3.0) -> tuple[Seen, np.ndarray]:
    """A classifier right as often as it should say, that says it is surer by far; every tenth text is strange."""
    chance = np.random.default_rng(seed)
    logits = chance.normal(0, 1.6, (amount, LABELS))
    strange = chance.random(amount) < 0.1
    logits[strange] *= 0.3
    honest = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    truth = np.array([chance.choice(LABELS - 1, p=row[:STRANGE] / row[:STRANGE].sum()) for row in honest])
    truth[strange] = STRANGE
    said = np.exp(logits * too_sure)
    said[:, STRANGE] = 0
    nearness = np.where(strange, 0.4, 0.8) + chance.normal(0, 0.1, amount)
    return Seen(said / said.sum(axis=1, keepdims=True), nearness, chance.integers(2, 20, amount)), truth


def test_confidences_tell_how_often_a_guess_is_right() -> None:
    calibration = fitted(*guesses(3000, 1), IN_SCOPE)
    seen, truth = guesses(3000, 2)
    inside = truth != STRANGE
    before = calibration_error_of(seen.probabilities[inside], truth[inside])
    after = calibration_error_of(calibration.confidences(seen.probabilities)[inside], truth[inside])
    assert before > 0.2
    assert after < 0.04
    assert calibration.sharpness == pytest.approx(1 / 3, rel=0.2)


def test_the_best_of_many_labels_is_as_often_right_as_it_says() -> None:
    """A classifier whose best guess is righter than it says where it is in doubt, which no sharpness mends."""

    def doubting(amount: int, seed: int) -> tuple[Seen, np.ndarray]:
        chance = np.random.default_rng(seed)
        right = chance.uniform(0.5, 0.98, amount)
        shown = right / (right + 3 * (1 - right))  # a third of the odds
        said = np.zeros((amount, LABELS))
        said[:, :STRANGE] = ((1 - shown) / (STRANGE - 1))[:, None]
        said[:, 0] = shown
        truth = np.where(chance.random(amount) < right, 0, chance.integers(1, STRANGE, amount))
        return Seen(said, np.full(amount, 0.8), np.full(amount, 9)), truth

    calibration = fitted(*doubting(4000, 1), IN_SCOPE)
    seen, truth = doubting(4000, 2)
    with_line = calibration_error_of(calibration.confidences(seen.probabilities), truth)
    without = replace(calibration, slope=1.0, lift=0.0)
    assert with_line < 0.03
    assert calibration_error_of(without.confidences(seen.probabilities), truth) > 1.5 * with_line


@given(
    st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(sum), min_size=1, max_size=5),
    st.floats(0.2, 4),
    st.floats(0.1, 3),
    st.floats(-3, 3),
)
def test_no_line_makes_another_guess_the_best(rows: list[list[float]], sharp: float, slope: float, lift: float) -> None:
    probabilities = np.array(rows) / np.sum(rows, axis=1, keepdims=True)
    confidences = Calibration(sharp, [0.0] * 6, 0.0, 1.0, NEVER, slope, lift).confidences(probabilities)
    best = probabilities.argmax(axis=1)
    assert (confidences[np.arange(len(rows)), best] >= confidences.max(axis=1)).all()
    assert ((confidences >= 0) & (confidences <= 1)).all()
    assert (confidences.sum(axis=1) <= 1 + 1e-6).all()


def calibration_error_of(probabilities: np.ndarray, truth: np.ndarray) -> float:
    right = (probabilities.argmax(axis=1) == truth).tolist()
    return calibration_error(probabilities.max(axis=1).tolist(), right)


def test_the_gate_keeps_what_is_in_scope_and_catches_what_is_not() -> None:
    calibration = fitted(*guesses(3000, 3), IN_SCOPE)
    seen, truth = guesses(3000, 4)
    abstains = calibration.strangeness(seen, IN_SCOPE) > calibration.abstain_above
    assert (~abstains[truth != STRANGE]).mean() > IN_SCOPE_KEPT - 0.02
    assert abstains[truth == STRANGE].mean() > 0.8


def test_without_strange_examples_the_least_likely_are_left_out() -> None:
    seen, truth = guesses(2000, 5)
    inside = truth != STRANGE
    seen = Seen(seen.probabilities[inside], seen.nearness[inside], seen.lengths[inside])
    calibration = fitted(seen, truth[inside], IN_SCOPE)
    abstains = calibration.strangeness(seen, IN_SCOPE) > calibration.abstain_above
    best = seen.probabilities.max(axis=1)
    assert abstains.mean() == pytest.approx(1 - IN_SCOPE_KEPT, abs=0.01)
    assert best[abstains].max() <= best[~abstains].min()


def test_sure_is_what_is_nearly_always_right() -> None:
    confidences = np.linspace(0, 1, 1000)
    right = confidences > 0.6
    surest = lowest_sure(confidences, right)
    assert right[confidences >= surest].mean() >= 0.97
    assert 0.55 < surest < 0.6


def test_who_is_never_right_enough_is_never_sure() -> None:
    confidences = np.linspace(0, 1, 1000)
    assert lowest_sure(confidences, np.arange(1000) % 2 == 0) == NEVER
    assert lowest_sure(np.ones(5), np.ones(5, dtype=bool)) == NEVER, "five texts prove nothing"


def test_what_was_not_calibrated_is_left_as_it_is() -> None:
    seen, _ = guesses(10, 6, too_sure=1)
    calibration = uncalibrated()
    assert np.allclose(calibration.confidences(seen.probabilities), seen.probabilities, atol=1e-6)
    abstains = calibration.strangeness(seen, IN_SCOPE) > calibration.abstain_above
    assert (abstains == (seen.probabilities[:, IN_SCOPE].max(axis=1) < 0.4)).all()


def test_it_is_stored_and_read_back() -> None:
    calibration = fitted(*guesses(500, 7), IN_SCOPE)
    assert Calibration(**calibration.as_json()) == calibration
