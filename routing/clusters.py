"""Clusters: messages that say the same within a time window, found as they come, in German and English together.

Online agglomerative clustering: each message is compared with the clusters there are (cluster_weights.py says how),
joins the one it is most alike, or begins its own. Every MERGE_EVERY messages, what has changed is compared again,
and clusters that turned out alike become one: that is how what was told in many words comes together, and why an
assignment is never the last word. The older one keeps its id, which is the id of its first message: so the same
messages, replayed after a restart, make the same clusters. Nothing is stored: the clusters of a window are recomputed
by adding its messages again.

Forgetting: there are SLOTS clusters at most. When all are taken, those that were silent for longest go, where each
doubling of the size is worth PATIENCE more of silence; what was silent for FORGET_AFTER goes in any case.

What happens to messages that are no such thing:

    no letter or digit (empty, emoji only)   a cluster of its own, never compared with anything and not kept
    links only                               the same link is the same message, whatever its vector
    very long                                its beginning and end are read, at most 600 characters
    one sender repeating                     joins, is counted in `size`; but once within REPEATING it counts as one of
                                             those who wrote, adds to what the cluster says, and lets it grow
    late                                     joins what it is like; nobody's end moves back. Later than FORGET_AFTER: a
                                             cluster of its own that is not kept
    from the future (a clock jumped)         time goes on when the next message says so, too
    without a vector (no encoder)            compared by its words alone, so only what is nearly copied comes together

Pure: no I/O, no clock. Instants are aware UTC. Not for several threads at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from desk.incident import ClusterId
from routing.cluster import Assignment, Cluster, Growing, Merge, Told
from routing.cluster_growth import FEWEST, Traffic, grown
from routing.cluster_members import Members
from routing.cluster_space import ClusterSpace, Probe
from routing.cluster_weights import WEIGHTS, Weights
from routing.cluster_words import Kind, leaning, terms

SLOTS = 1500
WIDTH = 512
MERGE_EVERY = 25
MOST_ROUNDS = 6
PATIENCE = timedelta(hours=6)
FORGET_AFTER = timedelta(days=7)
_REMEMBERED = FORGET_AFTER.total_seconds() / 3600
_FORGOTTEN_AT_ONCE = 0.05


@dataclass(slots=True)
class _Found:
    """A slot's cluster."""

    id: ClusterId
    size: int = 0
    members: Members = field(default_factory=Members)


class Clusterer:
    """Put messages in as they come."""

    def __init__(self, slots: int = SLOTS, width: int = WIDTH, weights: Weights = WEIGHTS) -> None:
        self._space = ClusterSpace(slots, width, weights)
        self._slots = slots
        self._found: dict[int, _Found] = {}
        self._slot_of: dict[ClusterId, int] = {}
        self._traffic = Traffic()
        self._changed: set[int] = set()
        self._since_merge = 0
        self._before = -math.inf
        self._clock = -math.inf

    def add(self, told: Told) -> Assignment:
        """A message came."""
        own = ClusterId(int(told.id))
        at = _hours(told.at)
        if not any(map(str.isalnum, told.text)) or at < self._clock - _REMEMBERED:
            return Assignment(own, is_new=True)
        self._tick(at)
        words = terms(told.text)
        vector = None if Kind.LINK in words.values() else told.vector
        probe = self._space.probe(words, vector, leaning(told.text), at)
        slot, likeness = self._nearest(probe)
        is_new = slot is None
        if slot is None:
            slot = self._opened(own)
        self._join(slot, told, probe, likeness)
        home = self._found[slot].id
        merged = self._merged_if_due()
        for merge in merged:
            home = merge.into if home == merge.cluster_id else home
        return Assignment(home, is_new, merged)

    def clusters(self, now: datetime, fewest: int = 2) -> list[Cluster]:
        """The clusters that are remembered, of so many messages and more; the largest first."""
        slots = [slot for slot, found in self._found.items() if found.size >= fewest]
        return [self._shown(slot, now) for slot in sorted(slots, key=lambda slot: -self._found[slot].size)]

    def cluster(self, cluster_id: ClusterId, now: datetime) -> Cluster | None:
        """The cluster of this id, None when it was merged or forgotten."""
        slot = self._slot_of.get(cluster_id)
        return None if slot is None else self._shown(slot, now)

    def growing(self, now: datetime) -> list[Growing]:
        """Clusters that grow fast enough to propose an incident, the fastest first."""
        found = []
        for slot, one in self._found.items():
            if one.size < FEWEST:
                continue
            growth = self._traffic.growth(one.members.written, now)
            reasons = grown(growth)
            if reasons:
                found.append((growth.last_hour / growth.usual, slot, reasons))
        return [Growing(self._shown(slot, now), reasons) for _times, slot, reasons in sorted(found, reverse=True)]

    def _tick(self, at: float) -> None:
        """Time is what two messages running say, so that one clock that jumped makes nothing forgotten."""
        self._clock = max(self._clock, min(self._before, at))
        self._before = at

    def _nearest(self, probe: Probe) -> tuple[int | None, float]:
        likeness = self._space.likeness(probe)
        if not len(likeness):
            return None, 0.0
        best = int(np.argmax(likeness))
        return (best, float(likeness[best])) if likeness[best] > 0 else (None, 0.0)

    def _opened(self, cluster_id: ClusterId) -> int:
        if not self._space.free:
            self._forget()
        slot = self._space.open()
        self._found[slot] = _Found(cluster_id)
        self._slot_of[cluster_id] = slot
        return slot

    def _join(self, slot: int, told: Told, probe: Probe, likeness: float) -> None:
        found = self._found[slot]
        found.size += 1
        if not found.members.wrote(told.contact, told.at):
            return
        crowd = float(self._space.messages[slot])
        found.members.show(told.id, told.masked, probe.leaning, likeness)
        self._traffic.wrote(told.at)
        self._space.learn(probe, told.vector, crowd)
        self._space.put(slot, probe)
        self._changed.add(slot)

    def _merged_if_due(self) -> tuple[Merge, ...]:
        self._since_merge += 1
        if self._since_merge < MERGE_EVERY:
            return ()
        self._since_merge = 0
        return self.settle()

    def settle(self) -> tuple[Merge, ...]:
        """Compares what has changed since the last time and merges what is alike; also done while messages come."""
        merged: list[Merge] = []
        for _round in range(MOST_ROUNDS):
            pairs = self._alike()
            self._changed.clear()
            if not pairs:
                break
            merged += [self._merge(one, other) for one, other in pairs]
        return tuple(merged)

    def _alike(self) -> list[tuple[int, int]]:
        """Pairs of slots to merge, the most alike first, each slot in one of them."""
        near = []
        for slot in self._changed:
            likeness = self._space.likeness(self._space.probe_of(slot))
            likeness[slot] = -math.inf
            other = int(np.argmax(likeness))
            if likeness[other] > 0:
                near.append((float(likeness[other]), slot, other))
        taken: set[int] = set()
        pairs = []
        for _likeness, slot, other in sorted(near, reverse=True):
            if taken.isdisjoint((slot, other)):
                taken |= {slot, other}
                pairs.append((slot, other))
        return pairs

    def _merge(self, one: int, other: int) -> Merge:
        """The older of two clusters takes the other's messages over."""
        into, slot = sorted((one, other), key=lambda place: self._found[place].id)
        found, home = self._found.pop(slot), self._found[into]
        del self._slot_of[found.id]
        home.size += found.size
        home.members.take(found.members)
        self._space.merge(slot, into)
        self._changed.add(into)
        return Merge(found.id, home.id)

    def _forget(self) -> None:
        """Frees slots: of clusters that were silent for too long, and at least of some that were silent for longest."""
        taken = self._space.taken()
        doublings = np.log2(self._space.messages[taken])
        until = self._space.last[taken] + doublings * PATIENCE.total_seconds() / 3600
        order = taken[np.argsort(until, kind="stable")]
        least = max(1, int(self._slots * _FORGOTTEN_AT_ONCE))
        silent = self._space.last[order] < self._clock - _REMEMBERED
        for place, slot in enumerate(order.tolist()):
            if place < least or silent[place]:
                self._close(slot)

    def _close(self, slot: int) -> None:
        found = self._found.pop(slot)
        del self._slot_of[found.id]
        self._space.close(slot)
        self._changed.discard(slot)

    def _shown(self, slot: int, now: datetime) -> Cluster:
        found = self._found[slot]
        members, heaviest = found.members, self._space.heaviest(slot)
        return Cluster(
            id=found.id,
            size=found.size,
            contacts=members.contacts,
            first_at=members.first_at or now,
            last_at=members.last_at or now,
            growth=self._traffic.growth(members.written, now),
            examples=members.examples(heaviest),
            language=members.language,
            key_words=members.key_words(heaviest),
        )


def _hours(at: datetime) -> float:
    return at.timestamp() / 3600
