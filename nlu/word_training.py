"""Trains the word head: a linear machine for each label against the rest, all of them in one walk over the texts.

Support vector machines with squared hinge loss and a bias held back like the weights, solved in the dual, text after
text, in an order drawn anew each round: Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear
SVM" (ICML), algorithm 1. A step is exact for its text and looks at that text's features only, and at all labels at
once, since they share them. So all there is in memory is the features, once, a weight for each feature and label,
and a multiplier for each text and label.

Deterministic: the same features give the same weights. Cost grows with stored values x labels x rounds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlu.features import Features, Floats

Labels = NDArray[np.int64]

_SLACK = np.float32(0.5)
"""Half of what the length of the weights costs beside a text on the wrong side: as much, here."""
STILL = 0.05
"""A round that changes the multipliers by less than this share of their sum is the last: after it, hardly one guess in
a hundred would still change, and accuracy not at all."""
_MOST_ROUNDS = 200
_SEED = 20240229


class WordMachines:
    """A machine for each of `classes` labels; `truth` is each text's.

    `settle` goes on where the last one ended, which comes to the same place sooner; after `forget` it begins anew.
    """

    def __init__(self, features: Features, truth: Labels, classes: int) -> None:
        self.weights = np.zeros((features.known, classes), dtype=np.float32)
        self.bias = self._bias = np.zeros(classes, dtype=np.float32)
        self._features = features
        self._truth = truth
        self._multipliers = np.zeros((len(truth), classes), dtype=np.float32)
        self._sides = 2 * np.eye(classes, dtype=np.float32) - 1

    def forget(self) -> None:
        """What was learned; its memory is used again."""
        for learned in (self.weights, self._bias, self._multipliers):
            learned[:] = 0

    def settle(self, rows: Labels, *, still: float = STILL) -> None:
        """Learn from `rows`, among them all that were learned from before."""
        chance = np.random.default_rng(_SEED)
        for _ in range(_MOST_ROUNDS):
            before = self._multipliers.copy()
            for row in chance.permutation(rows).tolist():
                self._step(row)
            before -= self._multipliers
            if np.abs(before, out=before).sum() < still * self._multipliers.sum():
                break
        # Who has no examples among the rows is as far as a text of no words may be.
        self.bias = self._bias.copy()
        self.bias[np.setdiff1d(np.arange(len(self.bias)), self._truth[rows])] = -1

    def margins(self, rows: Labels) -> Floats:
        """How far each of `rows` lies on the side of each label."""
        return self._features.margins(self.weights, self.bias, rows)

    def _step(self, row: int) -> None:
        indices, values = self._features.text(row)
        side, multiplier = self._sides[self._truth[row]], self._multipliers[row]
        seen = self.weights.take(indices, axis=0)
        step = values @ seen
        step += self._bias
        step *= side
        step += _SLACK * multiplier
        step -= 1
        step /= -(values @ values + 1 + _SLACK)
        np.maximum(step, -multiplier, out=step)
        multiplier += step
        step *= side
        seen += values[:, None] * step
        self.weights[indices] = seen
        self._bias += step
