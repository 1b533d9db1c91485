"""Where clusters lie: what the messages of each say, and how alike two of them are (cluster_weights.py has the theory).

Pure. Units: instants in hours.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.cluster_usual import Floats, Usual
from routing.cluster_weights import Weights
from routing.cluster_words import Kind

Many = NDArray[np.float64]

_MOST_TERMS = 50
"""A cluster holds so many terms, the heaviest; up to twice as many for a while."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What is compared with the clusters: terms with their mass over all its messages, the sense as it counts, the
    number of messages, their leaning (1: all German, -1: all English) and the hours between which they came."""

    terms: Mapping[str, float]
    length: float
    sense: Floats | None
    messages: int
    leaning: float
    first: float
    last: float


class ClusterSpace:
    """So many slots for clusters. A slot that is free has no messages."""

    def __init__(self, slots: int, width: int, weights: Weights) -> None:
        self.usual = Usual(width, weights)
        self._weights = weights
        self._weight_of = weights.of_terms()
        self.messages = np.zeros(slots)
        self.first = np.zeros(slots)
        self.last = np.zeros(slots)
        self._terms: list[dict[str, float]] = [{} for _ in range(slots)]
        self._holders: dict[str, dict[int, float]] = {}  # roots of the mass in each slot
        self._length = np.ones(slots)
        self._sums = np.zeros((slots, width), dtype=np.float32)
        self._senses = np.zeros((slots, width), dtype=np.float32)
        self._sensed = np.zeros(slots)
        self._leaning = np.zeros(slots)
        self._free = list(range(slots - 1, -1, -1))
        self._used = 0

    @property
    def free(self) -> int:
        """How many slots are free."""
        return len(self._free)

    def taken(self) -> NDArray[np.int64]:
        """The slots that hold a cluster."""
        return np.flatnonzero(self.messages[: self._used])

    def probe(self, terms: Mapping[str, Kind], vector: Floats | None, leaning: int, at: float) -> Probe:
        """A message, to be compared."""
        weights = {term: self._weight_of[kind] for term, kind in terms.items()}
        sense = None if vector is None else self.usual.unusual(vector)
        return Probe(weights, self._length_of(weights), sense, 1, _sign(leaning), at, at)

    def probe_of(self, slot: int) -> Probe:
        """A cluster, to be compared with the others."""
        first, last = float(self.first[slot]), float(self.last[slot])
        sense = self._senses[slot] if self._sensed[slot] else None
        messages = int(self.messages[slot])
        leaning = float(self._leaning[slot]) / messages
        return Probe(self._terms[slot], float(self._length[slot]), sense, messages, leaning, first, last)

    def likeness(self, probe: Probe) -> Many:
        """How alike the probe and each slot's cluster are; -inf for free slots."""
        wording, shared = self._common(probe)
        sizes = self.messages[: self._used]
        least = np.maximum(1, np.minimum(sizes, probe.messages))
        apart = np.maximum(0, np.maximum(probe.first - self.last[: self._used], self.first[: self._used] - probe.last))
        weights = self._weights
        found = weights.wording * wording / (probe.length * self._length[: self._used])
        found += weights.shared * np.minimum(weights.most_shared, shared / np.sqrt(np.maximum(1, sizes)))
        found -= weights.bar + weights.hours * np.log1p(apart / weights.hours_unit) + weights.both_large * np.log(least)
        leaning = self._leaning[: self._used] / np.maximum(1, sizes)
        found += weights.other_language * np.maximum(0, -probe.leaning * leaning)
        if probe.sense is not None:
            found += weights.sense * (self._senses[: self._used] @ probe.sense)
        found[sizes == 0] = -math.inf
        return found

    def learn(self, probe: Probe, vector: Floats | None, crowd: float) -> None:
        """A message came, to a cluster that held `crowd` before."""
        self.usual.learn(probe.terms, vector, 1 / (1 + crowd / self._weights.crowd))

    def open(self) -> int:
        """A free slot. Raises IndexError when there is none."""
        slot = self._free.pop()
        self._used = max(self._used, slot + 1)
        self.first[slot], self.last[slot] = math.inf, -math.inf
        return slot

    def put(self, slot: int, probe: Probe) -> None:
        """A message becomes part of the slot's cluster."""
        self._gather(slot, probe.terms)
        if probe.sense is not None:
            self._sums[slot] += probe.sense
            self._sensed[slot] += 1
        self._leaning[slot] += probe.leaning
        self._grow(slot, probe.messages, probe.first, probe.last)

    def merge(self, slot: int, into: int) -> None:
        """One cluster becomes part of another; its slot is free again."""
        self._gather(into, self._terms[slot])
        self._sums[into] += self._sums[slot]
        self._sensed[into] += self._sensed[slot]
        self._leaning[into] += self._leaning[slot]
        self._grow(into, int(self.messages[slot]), float(self.first[slot]), float(self.last[slot]))
        self.close(slot)

    def close(self, slot: int) -> None:
        """The slot's cluster is forgotten."""
        self._drop(slot, self._terms[slot])
        self._terms[slot] = {}
        self._sums[slot] = self._senses[slot] = 0
        self._sensed[slot] = self.messages[slot] = self._leaning[slot] = 0
        self._free.append(slot)

    def measure(self, slot: int) -> None:
        """The slot's lengths, anew: rarity changes with what is usual."""
        self._length[slot] = self._length_of(self._terms[slot])
        count, centroid = float(self._sensed[slot]), self._weights.sense_centroid
        if count:
            length = float(np.linalg.norm(self._sums[slot]))
            self._senses[slot] = self._sums[slot] / max(1e-9, length**centroid * count ** (1 - centroid))

    def heaviest(self, slot: int) -> list[str]:
        """The cluster's terms, what tells it apart first."""
        terms = self._terms[slot]
        return sorted(terms, key=lambda term: -terms[term] * self.usual.rarity(term))

    def _common(self, probe: Probe) -> tuple[Many, Many]:
        wording, shared = [0.0] * self._used, [0.0] * self._used
        for term, mass in probe.terms.items():
            holders = self._holders.get(term)
            if holders is None:
                continue
            rarity = self.usual.rarity(term)
            weight, root = mass * rarity * rarity, math.sqrt(mass / probe.messages) * rarity
            for slot, held in holders.items():
                wording[slot] += weight * held * held
                shared[slot] += root * held
        return np.array(wording), np.array(shared)

    def _length_of(self, terms: Mapping[str, float]) -> float:
        return max(1e-9, math.sqrt(sum((mass * self.usual.rarity(term)) ** 2 for term, mass in terms.items())))

    def _gather(self, slot: int, terms: Mapping[str, float]) -> None:
        mine = self._terms[slot]
        for term, mass in terms.items():
            held = mine[term] = mine.get(term, 0.0) + mass
            self._holders.setdefault(term, {})[slot] = math.sqrt(held)
        if len(mine) > 2 * _MOST_TERMS:
            lightest = sorted(mine, key=lambda term: mine[term] * self.usual.rarity(term))[:-_MOST_TERMS]
            self._drop(slot, lightest)
            for term in lightest:
                del mine[term]

    def _drop(self, slot: int, terms: Iterable[str]) -> None:
        for term in terms:
            holders = self._holders[term]
            del holders[slot]
            if not holders:
                del self._holders[term]

    def _grow(self, slot: int, messages: int, first: float, last: float) -> None:
        self.messages[slot] += messages
        self.first[slot] = min(self.first[slot], first)
        self.last[slot] = max(self.last[slot], last)
        self.measure(slot)


def _sign(number: int) -> float:
    return float((number > 0) - (number < 0))
