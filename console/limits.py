"""Rate limits: token buckets per key, in memory, bounded.

A bucket holds `burst` tokens and refills at `per_minute`. When there are too many keys the fullest, which say least,
are forgotten. Times are seconds of a monotonic clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_KEYS = 20_000


class Limit:
    """One kind of request."""

    def __init__(self, *, per_minute: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self._burst = float(burst)
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, key: str) -> float:
        """Takes a token. Returns 0, or in how many seconds there will be one."""
        now = self._clock()
        left, at = self._buckets.get(key, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._rate)
        if left < 1:
            self._buckets[key] = (left, now)
            return (1 - left) / self._rate
        self._buckets[key] = (left - 1, now)
        if len(self._buckets) > MOST_KEYS:
            self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Keeps the emptier half."""
        by_fill = sorted(self._buckets.items(), key=lambda item: item[1][0] + (now - item[1][1]) * self._rate)
        self._buckets = dict(by_fill[: MOST_KEYS // 2])
