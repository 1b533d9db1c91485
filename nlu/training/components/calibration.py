"""How far to trust DIET, learned from texts it had not seen: sharper or duller confidences, and a gate for abstaining.

DIET gives a probability per label. Raised to the power `sharpness` (the inverse of a temperature) and normed anew they
fit all labels best (Guo et al. 2017, arXiv:1706.04599). What that leaves of the best one is put right along a line of
log-odds, `slope` and `lift` (Platt 1999, "Probabilistic outputs for support vector machines"), so that as many guesses
of confidence c are right as c says: among sixty labels a best one of a third is right every other time. The others
share the rest as before, and none overtakes the best.

The gate is a logistic model over a few signs of strangeness: how high and how clear the best guess in scope is, how
likely out of scope is, how near the nearest training text means the same. It abstains above `abstain_above`, chosen so
that IN_SCOPE_KEPT of the texts in scope pass. `sure_from` is the lowest confidence from which on at least SURE of the
guesses were right.

Pure: arrays in, numbers out. All probabilities are 0 to 1; `truth` holds the columns of the true labels.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

IN_SCOPE_KEPT = 0.98
"""Of the texts held out. Of later ones some two in a hundred fewer pass: they are a little stranger than those written
together with what was learned, and the network that answers has seen more texts out of scope."""
SURE = 0.97
NEVER = 1.01
_LEAST_STRANGE = 10
_LEAST_SURE = 20
_LEAST_WRONG = 20
_HARDLY_HELD_BACK = 100.0
_SUREST_APART = 1e-4
"""Nothing is surer than this is far from one: beyond, log-odds tell more of the network's habits than of its texts."""
_TINY = 1e-9
_SHARPNESS = np.exp(np.linspace(np.log(0.25), np.log(4), 121))

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Seen:
    """What is known of some texts, one row each: probabilities per label, nearness (cosine), length in words."""

    probabilities: Floats
    nearness: Floats
    lengths: Floats


@dataclass(frozen=True)
class Calibration:
    """The numbers that were learned. `weights` and `bias` are the gate's, over the columns of `signs`."""

    sharpness: float
    weights: list[float]
    bias: float
    abstain_above: float
    sure_from: float
    slope: float = 1.0
    lift: float = 0.0

    def confidences(self, probabilities: Floats) -> Floats:
        """The same rows, calibrated. They add up to one at most."""
        sharpened = _sharpened(probabilities, self.sharpness)
        best = sharpened.argmax(axis=1)[:, None]
        said = np.take_along_axis(sharpened, best, axis=1)
        honest = 1 / (1 + np.exp(-(self.slope * _log_odds(said) + self.lift)))
        found = np.minimum(sharpened * (1 - honest) / np.maximum(1 - said, _TINY), honest)
        np.put_along_axis(found, best, honest, axis=1)
        return np.asarray(found)

    def strangeness(self, seen: Seen, in_scope: NDArray[np.bool_]) -> Floats:
        """0 (surely in scope) to 1, one per row."""
        logits = signs(seen, in_scope) @ np.asarray(self.weights) + self.bias
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))

    def as_json(self) -> dict[str, Any]:
        """Everything, to be stored."""
        return asdict(self)


def uncalibrated() -> Calibration:
    """Confidences as they come; abstains below 0.4, is sure from 0.8."""
    return Calibration(1.0, [-1.0, 0.0, 0.0, 0.0, 0.0, 0.0], float(np.log(0.4)), 0.5, 0.8)


def signs(seen: Seen, in_scope: NDArray[np.bool_]) -> Floats:
    """What the gate looks at; the first is the logarithm of the best probability in scope."""
    logs = np.log(np.maximum(seen.probabilities, _TINY))
    inside = np.sort(logs[:, in_scope], axis=1)[:, ::-1]
    best = inside[:, 0]
    second = inside[:, 1] if inside.shape[1] > 1 else best
    outside = logs[:, ~in_scope].max(axis=1) if (~in_scope).any() else np.zeros_like(best)
    entropy = -(seen.probabilities * logs).sum(axis=1)
    return np.stack([best, best - second, outside, entropy, seen.nearness, np.log1p(seen.lengths)], axis=1)


def fitted(seen: Seen, truth: NDArray[np.int64], in_scope: NDArray[np.bool_]) -> Calibration:
    """The calibration under which these texts, unseen in training, come out best."""
    inside = in_scope[truth]
    sharpness = _fitted_sharpness(seen.probabilities[inside], truth[inside])
    weights, bias = _fitted_gate(signs(seen, in_scope), ~inside)
    slope, lift = _fitted_line(_sharpened(seen.probabilities[inside], sharpness), truth[inside])
    first = Calibration(sharpness, weights, bias, 1.0, NEVER, slope, lift)
    strange = first.strangeness(seen, in_scope)[inside]
    confidences = np.where(in_scope, first.confidences(seen.probabilities)[inside], 0)
    right = confidences.argmax(axis=1) == truth[inside]
    sure = lowest_sure(confidences.max(axis=1), right)
    return replace(first, abstain_above=float(np.quantile(strange, IN_SCOPE_KEPT)), sure_from=sure)


def lowest_sure(confidences: Floats, right: NDArray[np.bool_]) -> float:
    """The lowest confidence from which on SURE of the guesses are right, on _LEAST_SURE at least; NEVER if none is."""
    order = np.argsort(-confidences, kind="stable")
    counts = np.arange(1, len(order) + 1)
    enough = (np.cumsum(right[order]) >= SURE * counts) & (counts >= _LEAST_SURE)
    return float(confidences[order][np.flatnonzero(enough)[-1]]) if enough.any() else NEVER


def _fitted_sharpness(probabilities: Floats, truth: NDArray[np.int64]) -> float:
    """The one of least log loss."""
    logs = np.log(np.maximum(probabilities, _TINY))

    def loss(sharpness: float) -> float:
        scaled = logs * sharpness
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        own = scaled[np.arange(len(truth)), truth]
        return float(-np.maximum(own - np.log(np.exp(scaled).sum(axis=1)), -20).mean())

    return float(min(_SHARPNESS, key=loss))


def _fitted_line(sharpened: Floats, truth: NDArray[np.int64]) -> tuple[float, float]:
    """Slope and lift that make the best confidence as often right as it says; none where there is little to learn from,
    or where surer guesses are no more often right."""
    right = sharpened.argmax(axis=1) == truth
    if min(right.sum(), (~right).sum()) < _LEAST_WRONG:
        return 1.0, 0.0
    from sklearn.linear_model import LogisticRegression  # for training only: a server need not load it

    odds = _log_odds(sharpened.max(axis=1, keepdims=True))
    model = LogisticRegression(C=_HARDLY_HELD_BACK).fit(odds, right)
    slope, lift = float(model.coef_[0, 0]), float(model.intercept_[0])
    return (slope, lift) if slope > 0 else (1.0, 0.0)


def _sharpened(probabilities: Floats, sharpness: float) -> Floats:
    powered = np.maximum(probabilities, _TINY) ** sharpness
    return np.asarray(powered / powered.sum(axis=1, keepdims=True))


def _log_odds(shares: Floats) -> Floats:
    kept = np.clip(shares, _SUREST_APART, 1 - _SUREST_APART)
    return np.asarray(np.log(kept / (1 - kept)))


def _fitted_gate(marks: Floats, strange: NDArray[np.bool_]) -> tuple[list[float], float]:
    """Weights and bias for the signs as they are; by the best probability alone where there is little to learn from."""
    if strange.sum() < _LEAST_STRANGE:
        return uncalibrated().weights, uncalibrated().bias
    from sklearn.linear_model import LogisticRegression  # for training only: a server need not load it

    middle, spread = marks.mean(axis=0), marks.std(axis=0) + 1e-6
    model = LogisticRegression(class_weight="balanced", max_iter=2000, C=0.05).fit((marks - middle) / spread, strange)
    weights = model.coef_[0] / spread
    return [float(weight) for weight in weights], float(model.intercept_[0] - middle @ weights)
