"""Which clusters grow so fast that they may be an incident.

Compared is what was written within the last hour with what would be usual: the cluster's share of all messages in the
day before, of the others' messages within the last hour. So a busy hour or a campaign that brings more of everything
lets nothing grow. A share of nothing counts as USUAL_AT_LEAST messages an hour, or as NEW_SHARE of what is written
where that is more: what comes up for the first time grows from there, in ten times the traffic from ten times as many.
Within the first LEARNING_SLOTS everything comes up for the first time, so it is LEARNING_SHARE.

A cluster grows when at least FEWEST different people wrote, TIMES as many as usual, and so many would come by chance at
most once in 1 / CHANCE (Poisson's upper tail). With 100 clusters looked at each hour, chance alone proposes an incident
once in a decade, and what it leaves out is that people do not write independently of each other: TIMES stands for that.

Whoever writes the same again within an hour was counted once (cluster_members.py). Time goes by slots of SLOT, so "the
last hour" is between 50 and 60 minutes long.

Pure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.phrases import marked as _
from routing.reasons import Reason

SLOT = timedelta(minutes=10)
HOUR_SLOTS = 6
DAY_SLOTS = 24 * HOUR_SLOTS
FEWEST = 5
TIMES = 3.0
CHANCE = 1e-5
USUAL_AT_LEAST = 0.5
NEW_SHARE, LEARNING_SHARE = 0.004, 0.03
LEARNING_SLOTS = 6 * HOUR_SLOTS

Written = Mapping[int, int]
"""How many wrote in each slot of time."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How many wrote in the last hour, and how many would be usual for this hour. `is_new`: next to nobody before."""

    last_hour: int
    usual: float
    is_new: bool = False

    @property
    def chance(self) -> float:
        """How likely it is that so many come by chance."""
        return poisson_tail(self.last_hour, self.usual)


def slot_of(at: datetime) -> int:
    """The slot of time that an instant lies in."""
    return int(at.timestamp() // SLOT.total_seconds())


class Traffic:
    """All messages of the newest day, by slots of time."""

    def __init__(self) -> None:
        self._written: dict[int, int] = {}
        self._since: int | None = None

    def wrote(self, at: datetime) -> None:
        """Somebody wrote something."""
        slot = slot_of(at)
        self._since = slot if self._since is None else min(self._since, slot)
        self._written[slot] = self._written.get(slot, 0) + 1
        if len(self._written) > 2 * DAY_SLOTS:
            self._written = newest(self._written)

    def growth(self, written: Written, now: datetime) -> Growth:
        """How a cluster grows, of which so much was written."""
        end = slot_of(now) + 1
        hour, before = _between(written, end - HOUR_SLOTS, end), _between(written, end - DAY_SLOTS, end - HOUR_SLOTS)
        others_hour = _between(self._written, end - HOUR_SLOTS, end) - hour
        others_before = _between(self._written, end - DAY_SLOTS, end - HOUR_SLOTS) - before
        usual = before / max(1, others_before) * max(0, others_hour)
        learning = self._since is None or end - self._since <= LEARNING_SLOTS
        share = LEARNING_SHARE if learning else NEW_SHARE
        least = max(USUAL_AT_LEAST, share * others_hour)
        return Growth(hour, max(least, usual), is_new=usual <= least)


def grown(growth: Growth) -> tuple[Reason, ...]:
    """Why this growth may be an incident; empty when it is none."""
    enough = growth.last_hour >= FEWEST and growth.last_hour >= TIMES * growth.usual
    if not enough or growth.chance > CHANCE:
        return ()
    said = Reason(_("{count} people wrote the same within an hour"), {"count": growth.last_hour})
    if growth.is_new:
        return said, Reason(_("hardly anybody wrote it in the day before"))
    usual = {"usual": f"{growth.usual:.1f}", "times": round(growth.last_hour / growth.usual)}
    return said, Reason(_("usual at this time would be {usual}: it is {times} times as many"), usual)


def poisson_tail(count: int, mean: float) -> float:
    """How likely `count` or more are, where `mean` come on average."""
    if count <= 0:
        return 1.0
    if count <= mean:
        return 1.0  # an upper bound is all that is asked for here
    term = math.exp(-mean + count * math.log(mean) - math.lgamma(count + 1))
    total, place = 0.0, count
    while term > 1e-18 and place < count + 1000:
        total += term
        place += 1
        term *= mean / place
    return min(1.0, total)


def newest(written: Written) -> dict[int, int]:
    """The newest day of what was written."""
    end = max(written, default=0)
    return {slot: count for slot, count in written.items() if slot > end - DAY_SLOTS - HOUR_SLOTS}


def _between(written: Written, start: int, end: int) -> int:
    if len(written) < end - start:
        return sum(count for slot, count in written.items() if start <= slot < end)
    return sum(written.get(slot, 0) for slot in range(start, end))
