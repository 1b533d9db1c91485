"""Where clusters lie: what the messages of each say, and how alike two of them are.

Likeness is a log-odds that is above zero for the same. It has three parts:

    wording  the cosine of tf-idf vectors, idf learned on the way
    sense    the likeness of sentence vectors, after the mean vector of all messages is taken off: in a bank's chat all
             talk of money, and only what differs tells them apart (J. Mu, P. Viswanath, "All-but-the-top", ICLR 2018)
    shared   the rare words that most messages of both hold, names above all, in nats: the expected idf in common

less a bar to clear, which rises with the hours between the two, and with the size of the smaller one: in large clusters
the noise cancels, so their centroids are more alike than their messages are. The sense lies between centroid linkage
(divided by the length of the sum) and average linkage (by the number of messages). A message is a cluster of one.

What is usual (idf and the mean vector) is learned from every message, but a message that joins a cluster of n counts
for 1 / (1 + n / CROWD) only: else a storm would teach that its own words mean nothing. It fades by half with every
HALF_LIFE messages; memory depends on neither the number of messages nor their length.

Pure. Units: instants in hours. The constants were chosen by tests/eval/clusters.py on half of our events.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.cluster_words import Kind

Floats = NDArray[np.float32]
Many = NDArray[np.float64]

BAR = 2.65
WORDING, SENSE, SHARED = 4.93, 7.9, 0.36
MOST_SHARED = 9.74
HOURS, HOURS_UNIT = 0.5, 6.0
BOTH_LARGE = 0.45
"""How much more two clusters must be alike for each e-fold of the smaller one's size."""
SENSE_CENTROID = 0.79
"""1: centroid linkage, 0: average linkage."""
MEAN_TAKEN_OFF = 0.79
TERM_WEIGHT = {Kind.WORD: 1.0, Kind.PIECE: 0.53, Kind.HASHTAG: 0.86, Kind.NAME: 1.19, Kind.NUMBER: 0.75, Kind.LINK: 4.0}
CROWD = 200.0
HALF_LIFE = 5000
RECKONED_EVERY = 25
_BEFORE_ANY = 30.0
_MEAN_BEFORE_ANY = 20.0
_FORGOTTEN = 0.05
_MOST_TERMS = 50
"""A cluster holds so many terms at most, the heaviest."""


class Usual:
    """What messages usually say: how many hold each term, and their mean vector."""

    def __init__(self, width: int) -> None:
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
        if self._seen % HALF_LIFE == 0:
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
        rest = vector - MEAN_TAKEN_OFF * self._sum / (self._messages + _MEAN_BEFORE_ANY)
        return np.asarray(rest / max(1e-9, float(np.linalg.norm(rest))), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Probe:
    """What is compared with the clusters: terms with their mass over all its messages, the sense as it counts, the
    number of messages and the hours between which they came."""

    terms: Mapping[str, float]
    length: float
    sense: Floats | None
    messages: int
    first: float
    last: float


class ClusterSpace:
    """So many slots for clusters. A slot that is free has no messages."""

    def __init__(self, slots: int, width: int) -> None:
        self.usual = Usual(width)
        self.messages = np.zeros(slots)
        self.first = np.zeros(slots)
        self.last = np.zeros(slots)
        self._terms: list[dict[str, float]] = [{} for _ in range(slots)]
        self._holders: dict[str, dict[int, float]] = {}  # roots of the mass in each slot
        self._length = np.ones(slots)
        self._sums = np.zeros((slots, width), dtype=np.float32)
        self._senses = np.zeros((slots, width), dtype=np.float32)
        self._sensed = np.zeros(slots)
        self._free = list(range(slots - 1, -1, -1))
        self._used = 0

    @property
    def free(self) -> int:
        """How many slots are free."""
        return len(self._free)

    def taken(self) -> NDArray[np.int64]:
        """The slots that hold a cluster."""
        return np.flatnonzero(self.messages[: self._used])

    def probe(self, terms: Mapping[str, Kind], vector: Floats | None, at: float) -> Probe:
        """A message, to be compared."""
        weights = {term: TERM_WEIGHT[kind] for term, kind in terms.items()}
        sense = None if vector is None else self.usual.unusual(vector)
        return Probe(weights, self._length_of(weights), sense, 1, at, at)

    def probe_of(self, slot: int) -> Probe:
        """A cluster, to be compared with the others."""
        first, last = float(self.first[slot]), float(self.last[slot])
        sense = self._senses[slot] if self._sensed[slot] else None
        return Probe(self._terms[slot], float(self._length[slot]), sense, int(self.messages[slot]), first, last)

    def likeness(self, probe: Probe) -> Many:
        """How alike the probe and each slot's cluster are; -inf for free slots."""
        wording, shared = self._common(probe)
        sizes = self.messages[: self._used]
        least = np.maximum(1, np.minimum(sizes, probe.messages))
        apart = np.maximum(0, np.maximum(probe.first - self.last[: self._used], self.first[: self._used] - probe.last))
        found = WORDING * wording / (probe.length * self._length[: self._used])
        found += SHARED * np.minimum(MOST_SHARED, shared / np.sqrt(np.maximum(1, sizes)))
        found -= BAR + HOURS * np.log1p(apart / HOURS_UNIT) + BOTH_LARGE * np.log(least)
        if probe.sense is not None:
            found += SENSE * (self._senses[: self._used] @ probe.sense)
        found[sizes == 0] = -math.inf
        return found

    def learn(self, probe: Probe, vector: Floats | None, crowd: float) -> None:
        """A message came, to a cluster that held `crowd` before."""
        self.usual.learn(probe.terms, vector, 1 / (1 + crowd / CROWD))

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
        self._grow(slot, probe.messages, probe.first, probe.last)

    def merge(self, slot: int, into: int) -> None:
        """One cluster becomes part of another; its slot is free again."""
        self._gather(into, self._terms[slot])
        self._sums[into] += self._sums[slot]
        self._sensed[into] += self._sensed[slot]
        self._grow(into, int(self.messages[slot]), float(self.first[slot]), float(self.last[slot]))
        self.close(slot)

    def close(self, slot: int) -> None:
        """The slot's cluster is forgotten."""
        self._drop(slot, self._terms[slot])
        self._terms[slot] = {}
        self._sums[slot] = self._senses[slot] = 0
        self._sensed[slot] = self.messages[slot] = 0
        self._free.append(slot)

    def measure(self, slot: int) -> None:
        """The slot's lengths, anew: rarity changes with what is usual."""
        self._length[slot] = self._length_of(self._terms[slot])
        count = self._sensed[slot]
        if count:
            length = float(np.linalg.norm(self._sums[slot]))
            self._senses[slot] = self._sums[slot] / max(1e-9, length**SENSE_CENTROID * count ** (1 - SENSE_CENTROID))

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
