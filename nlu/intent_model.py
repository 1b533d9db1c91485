"""The intent model: from texts to a probability per intent, and how strange a text is to the model.

A linear model over `Vectoriser` features gives one margin per intent. Margins times `sharpness` (the inverse
of a temperature fitted on held-out texts) through a softmax are the probabilities. Out of scope is decided
by the gate: a logistic model over a few signs (best margins, their gap, the out-of-scope class, how many of the
words are known) that gives `strangeness`; above `abstain_above`, the model abstains.

Needs numpy only; training, which needs more, stands in intent_training.py. Not safe to change, safe to share
between threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desk.reading import OUT_OF_SCOPE, IntentGuess
from nlu.vectoriser import Vector, Vectoriser

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class IntentScores:
    """What the model makes of one text. `guesses`: intents in scope, best first; never empty.

    `out_of_scope` says the model abstains; `strangeness` is 0 to 1, how sure it is of that.
    """

    guesses: tuple[IntentGuess, ...]
    out_of_scope: bool
    strangeness: float


@dataclass(frozen=True, slots=True)
class Gate:
    """When to abstain. `weights` and `bias` over the signs of `signs`."""

    weights: Floats
    bias: float
    abstain_above: float

    def strangeness(self, signs: Floats) -> Floats:
        """0 (surely in scope) to 1 for each row of signs."""
        logits = np.clip(signs @ self.weights + self.bias, -30, 30)
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class IntentModel:
    """Labels, features and weights. `weights` has one row per feature, one column per label."""

    labels: tuple[str, ...]
    vectoriser: Vectoriser
    weights: Floats
    intercept: Floats
    sharpness: float
    gate: Gate

    def scores(self, texts: Sequence[str], *, runners_up: int = 4) -> list[IntentScores]:
        """One result per text, same order."""
        if not texts:
            return []
        vectors = [self.vectoriser.vector(text) for text in texts]
        margins = np.stack([self._margins(vector) for vector in vectors])
        probabilities = softmax(margins * self.sharpness)
        in_scope = np.array([label != OUT_OF_SCOPE for label in self.labels])
        strangeness = self.gate.strangeness(signs(margins, in_scope, [coverage(v) for v in vectors]))
        ranked = np.argsort(np.where(in_scope, -probabilities, 1), axis=1)[:, : min(runners_up, in_scope.sum())]
        return [
            IntentScores(
                tuple(IntentGuess(self.labels[i], float(row[i])) for i in order),
                bool(strange > self.gate.abstain_above),
                float(strange),
            )
            for row, order, strange in zip(probabilities, ranked, strangeness, strict=True)
        ]

    def _margins(self, vector: Vector) -> Floats:
        indices, values = vector
        if not len(indices):
            return self.intercept
        return np.asarray(values @ self.weights[indices] + self.intercept, dtype=np.float32)


def softmax(logits: Floats) -> Floats:
    """Rows that sum to one."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def coverage(vector: Vector) -> float:
    """How much of the text the model has seen before: 0 for nothing, towards 1 for a long known text."""
    known = len(vector[0])
    return known / (known + 20.0)


def signs(margins: Floats, in_scope: NDArray[np.bool_], known: Sequence[float]) -> Floats:
    """What the gate looks at, one row per text."""
    inside = np.sort(margins[:, in_scope], axis=1)[:, ::-1]
    best = inside[:, 0]
    second = inside[:, 1] if inside.shape[1] > 1 else best - 1
    outside = margins[:, ~in_scope].max(axis=1) if (~in_scope).any() else np.full_like(best, -1)
    energy = np.log(np.exp(np.clip(inside * 4, -30, 30)).sum(axis=1))
    columns = [best, second, best - second, outside, outside - best, energy, np.asarray(known)]
    return np.stack(columns, axis=1).astype(np.float32)
