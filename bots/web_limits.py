"""How much one session or one address may ask of the web chat: token buckets in memory, one set a process.

A bucket holds up to `burst` requests and refills by `per_second`. Who finds it empty is told when to come back
(seconds); what was accepted before stays. Memory is bounded: the bucket that was idle longest is forgotten first,
which only ever gives somebody more room.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_BUCKETS = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, `per_second` in the long run."""

    burst: float
    per_second: float


@dataclass(frozen=True, slots=True)
class WebLimits:
    """Rates and bounds of the web chat. An address may stand for a whole office, so it gets more."""

    writes_of_session: Rate = Rate(40, 2)
    reads_of_session: Rate = Rate(120, 10)
    uploads_of_session: Rate = Rate(10, 0.2)
    writes_of_address: Rate = Rate(1200, 60)
    reads_of_address: Rate = Rate(3000, 150)
    sessions_of_address: Rate = Rate(600, 20)
    streams_of_session: int = 6
    streams: int = 2000


class Buckets:
    """One bucket a key, all with the same rate."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> int | None:
        """Takes one. None: it was there. Else after how many seconds to come back; nothing is taken."""
        now = self._clock()
        left, seen = self._buckets.pop(key, (self._rate.burst, now))
        left = min(self._rate.burst, left + (now - seen) * self._rate.per_second)
        enough = left >= 1
        self._buckets[key] = (left - 1 if enough else left, now)
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return None if enough else max(1, math.ceil((1 - left) / self._rate.per_second))
