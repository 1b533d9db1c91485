"""The shape of a week: how much comes in at each of its 168 hours, against the mean of all.

The hours' values have mean 1; between the middles of two hours the shape runs in a straight line, so that a morning's
rise is no step. Expectations are sums of it: a topic's level (messages a minute of mean shape) times the shape's
integral over the window. All topics share one shape: twenty thin topics could not learn one each.

An hour learns from the same hour of other weeks; while it has seen few of these, also from the same hour of other days,
more so when both are workdays or both are not. One week cannot move an hour it knows by more than twice or half.

Units: instants are seconds since the epoch shifted to local time (`local`), integrals are minutes of mean shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from operator import add

HOURS = 168
_WEEK = HOURS * 3600
_MONDAY = 3 * 86_400  # the epoch began on a Thursday
_FADING = 0.9
_KNOWN = 2.0
_MOST_CHANGE = 2.0
_SAME_KIND, _OTHER_KIND = 0.3, 0.1


class WeekShape:
    """Learns the shape hour by hour and integrates it."""

    __slots__ = ("_sums", "highest", "values", "weights")

    def __init__(self, values: list[float] | None = None, weights: list[float] | None = None) -> None:
        self.values = values or [1.0] * HOURS
        self.weights = weights or [0.0] * HOURS
        self._sums: list[float] = []
        self._add_up()

    def between(self, start: int, end: int) -> float:
        """Minutes of mean shape from `start` to `end` (local seconds)."""
        return self._until(end) - self._until(start)

    def before(self, end: int, seconds: Iterable[int]) -> list[float]:
        """Minutes of mean shape in so many seconds up to `end` (local seconds)."""
        until = self._until(end)
        return [until - self._until(end - one) for one in seconds]

    def hour_of(self, local: int) -> int:
        """The hour of the week, 0 on Monday at midnight."""
        return (local + _MONDAY) % _WEEK // 3600

    def learn(self, hour: int, ratio: float) -> None:
        """At `hour`, `ratio` times as much came in as at mean shape."""
        if self.weights[hour] > _KNOWN:
            known = self.values[hour]
            ratio = min(max(ratio, known / _MOST_CHANGE), known * _MOST_CHANGE)
        self.weights[hour] = self.weights[hour] * _FADING + 1
        weekend = hour >= 120
        for other in range(hour % 24, HOURS, 24):
            if other == hour:
                share = 1 / self.weights[hour]
            else:
                kind = _SAME_KIND if (other >= 120) == weekend else _OTHER_KIND
                share = kind / (1 + 2 * self.weights[other])
            self.values[other] += share * (ratio - self.values[other])
        mean = sum(self.values) / HOURS
        self.values = [value / mean for value in self.values]
        self._add_up()

    def _add_up(self) -> None:
        """Integrals from the middle of the last hour of the week before to the middle of each hour."""
        knots = [self.values[-1], *self.values]
        self._sums = [twice / 2 for twice in accumulate(map(add, knots, self.values), initial=0.0)]
        self.highest = max(self.values)

    def _until(self, local: int) -> float:
        weeks, second = divmod(local + _MONDAY, _WEEK)
        hours = second / 3600 + 0.5
        knot = int(hours)
        part = hours - knot
        low = self.values[knot - 1]
        rise = self.values[knot if knot < HOURS else 0] - low
        return 60 * (weeks * HOURS + self._sums[knot] + part * (low + part * rise / 2))
