"""How far confidences can be trusted, and what a threshold costs: the numbers behind the curves of an evaluation.

- reliability: texts in scope in BINS bins of equal width by the confidence of the best guess; a bin's share right, with
  the 95 % interval of Wilson (1927). Their weighted gap is the expected calibration error.
- precision over threshold: of the guesses at least so confident, how many are right, and how many are left.
- abstention: as the limit of strangeness falls, more texts out of scope are found and fewer in scope are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insight.read_texts import ReadText, in_scope

BINS = 15
WANTED_PRECISION = 0.97
_Z = 1.96
_ENOUGH = 20
"""A precision over fewer guesses is chance."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Texts whose confidence is near `confidence` (their mean), and how many of them are right."""

    start: float
    end: float
    texts: int
    confidence: float
    right: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """What a threshold of confidence gives: the share right of those at or above it, and the share that is."""

    threshold: float
    precision: float
    kept: float


@dataclass(frozen=True, slots=True)
class AtLimit:
    """What a limit of strangeness gives: the share in scope below it, the share out of scope above it."""

    kept: float
    found: float


def bins(texts: Sequence[ReadText]) -> list[Bin]:
    """The bins that hold texts, by rising confidence."""
    confidence, right = _judged(texts)
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    found = []
    for at in np.unique(place):
        inside = place == at
        hits, amount = int(right[inside].sum()), int(inside.sum())
        low, high = _wilson(hits, amount)
        mean = float(confidence[inside].mean())
        found.append(Bin(at / BINS, (at + 1) / BINS, amount, mean, hits / amount, low, high))
    return found


def calibration_error(found: Sequence[Bin]) -> float:
    """The mean gap between confidence and share right, weighted by texts."""
    total = sum(one.texts for one in found)
    return sum(one.texts * abs(one.confidence - one.right) for one in found) / total if total else 0.0


def precision_curve(texts: Sequence[ReadText]) -> list[AtThreshold]:
    """By rising threshold, each at the confidence of some text. Thresholds that leave too few texts are left out."""
    confidence, right = _judged(texts)
    order = np.argsort(-confidence, kind="stable")
    hits, amount = np.cumsum(right[order]), np.arange(1, len(order) + 1)
    if not len(order):
        return []
    ends = np.flatnonzero(np.append(np.diff(confidence[order]) != 0, True))
    points = [
        AtThreshold(float(confidence[order[at]]), float(hits[at] / amount[at]), float(amount[at] / len(order)))
        for at in ends
        if amount[at] >= min(_ENOUGH, len(order))
    ]
    return points[::-1]


def first_precise(points: Sequence[AtThreshold], wanted: float = WANTED_PRECISION) -> AtThreshold | None:
    """The lowest threshold from which the guesses are as precise as wanted, or None when none is."""
    return next((point for point in points if point.precision >= wanted), None)


def abstention_curve(texts: Sequence[ReadText]) -> list[AtLimit]:
    """By falling share kept. Empty without texts on both sides."""
    inside = np.sort([t.strangeness for t in texts if t.in_scope])
    outside = np.sort([t.strangeness for t in texts if not t.in_scope])
    if not len(inside) or not len(outside):
        return []
    limits = np.unique(np.concatenate([inside, outside]))[::-1]
    kept = np.searchsorted(inside, limits, "right") / len(inside)
    found = 1 - np.searchsorted(outside, limits, "right") / len(outside)
    return [AtLimit(float(k), float(f)) for k, f in zip(kept, found, strict=True)] + [AtLimit(0.0, 1.0)]


def working_point(texts: Sequence[ReadText]) -> AtLimit | None:
    """Where the engine stands on that curve by its own abstaining."""
    inside = [t.abstained for t in texts if t.in_scope]
    outside = [t.abstained for t in texts if not t.in_scope]
    if not inside or not outside:
        return None
    return AtLimit(1 - sum(inside) / len(inside), sum(outside) / len(outside))


def _judged(texts: Sequence[ReadText]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    asked = in_scope(texts)
    return np.array([t.confidence for t in asked], dtype=np.float64), np.array([t.right for t in asked], dtype=np.bool_)


def _wilson(hits: int, amount: int) -> tuple[float, float]:
    share, z = hits / amount, _Z
    centre = (share + z * z / (2 * amount)) / (1 + z * z / amount)
    reach = z * np.sqrt(share * (1 - share) / amount + z * z / (4 * amount * amount)) / (1 + z * z / amount)
    return max(0.0, float(centre - reach)), min(1.0, float(centre + reach))
