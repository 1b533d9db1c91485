"""What messages usually say: how many hold each term, and their mean vector; learned on the way, and fading.

Pure. Memory: the terms of the last few thousand messages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from routing.cluster_weights import Weights

Floats = NDArray[np.float32]

RECKONED_EVERY = 25
_BEFORE_ANY = 30.0
_MEAN_BEFORE_ANY = 20.0
"""So many messages that say nothing in particular are taken to have come before the first."""
_FORGOTTEN = 0.05


class Usual:
    """What messages usually say: how many hold each term, and their mean vector."""

    def __init__(self, width: int, weights: Weights) -> None:
        self._weights = weights
        self._messages = 0.0
        self._seen = 0
        self._holding: dict[str, float] = {}
        self._sum = np.zeros(width)
        self._rarity: dict[str, float] = {}

    def learn(self, terms: Iterable[str], vector: Floats | None, weight: float) -> None:
        """A message with these terms came."""
        self._messages += weight
        for term in terms:
            self._holding[term] = self._holding.get(term, 0.0) + weight
        if vector is not None:
            self._sum += weight * vector
        self._seen += 1
        if self._seen % RECKONED_EVERY == 0:
            self._rarity.clear()
        if self._seen % self._weights.half_life == 0:
            self._messages /= 2
            self._sum /= 2
            self._holding = {term: held / 2 for term, held in self._holding.items() if held / 2 >= _FORGOTTEN}

    def rarity(self, term: str) -> float:
        """The idf of a term, in nats; 0 for what nearly all hold. As of the last few messages."""
        known = self._rarity.get(term)
        if known is None:
            share = (self._messages + 1 + _BEFORE_ANY) / (self._holding.get(term, 0.0) + 1)
            known = self._rarity[term] = max(0.0, math.log(share))
        return known

    def unusual(self, vector: Floats) -> Floats:
        """What is left of a vector without what they all have; of length one."""
        rest = vector - self._weights.mean_taken_off * self._sum / (self._messages + _MEAN_BEFORE_ANY)
        return np.asarray(rest / max(1e-9, float(np.linalg.norm(rest))), dtype=np.float32)
