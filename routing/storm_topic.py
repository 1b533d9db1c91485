"""One topic's messages of the last hours and its learned level, for the storm detector.

The windows count from sorted lists of instants (one number a counted message, four hours at most), so a message that
comes late lands where it belongs. Nothing before `since` counts: it is set when a storm is over, when the model changed
and when readings came back after a silence, so that no window looks across.

The level is messages a minute of mean week shape (routing/storm_week.py), a mean over everything seen, fading with a
half-life of ten days. While little has been seen, `prior` counts like two messages, and `doubt` (relative variance of
the level) says how little: a topic never seen before needs a big burst to stand out, and so does one whose meaning a
new model changed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from routing.storm import StormLevel

KEPT_SECONDS = 240 * 60
_PRIOR_MESSAGES = 2.0
_FADING = 0.5 ** (1 / 240)
_SETTLED_MINUTES = 5 * 1440.0
_NEW_NORMAL_MINUTES = 1440.0
_SURPRISE, _SPREAD = 3.0, 0.25
_TOLERANCE_FADING = 0.5 ** (1 / 12)

_RECKONED = frozenset({"usual", "usual_other", "doubt"})


@dataclass(slots=True)
class Topic:
    """Counts and levels of one topic. Instants are whole seconds since the epoch, levels a minute of mean shape.

    `usual`, `usual_other`: the levels of negative and of other messages, prior and all. `doubt`: relative variance of
    the first, large while few were seen. `tolerance`: how much more is borne since a coordinator said so.
    """

    name: str
    prior: float
    prior_other: float
    since: int
    negative: list[int] = field(default_factory=list)
    other: list[int] = field(default_factory=list)
    mean: float = 0.0
    mean_other: float = 0.0
    seen_minutes: float = 0.0
    hour_negative: int = 0
    hour_other: int = 0
    busiest_hour: int = 0
    tolerance: float = 1.0
    level: StormLevel = StormLevel.CALM
    storm: int | None = None
    usual: float = field(init=False)
    usual_other: float = field(init=False)
    doubt: float = field(init=False)

    def __post_init__(self) -> None:
        self._settle()

    def count(self, at: int, negative: bool) -> None:
        """One message written `at`. Late ones land where they belong; what is before `since` counts nowhere."""
        if at < self.since:
            return
        kept = self.negative if negative else self.other
        if not kept or at >= kept[-1]:
            kept.append(at)
        else:
            insort(kept, at)
        if negative:
            self.hour_negative += 1
        else:
            self.hour_other += 1

    def others_from(self, start: int) -> int:
        """Messages that are not negative from `start` on. None from before `since` is kept."""
        return len(self.other) - bisect_left(self.other, start)

    def negatives_from(self, start: int) -> int:
        """Negative messages from `start` on."""
        return len(self.negative) - bisect_left(self.negative, start)

    def prune(self, now: int) -> None:
        """Lets go of what no window sees any more."""
        last = now - KEPT_SECONDS
        for kept in (self.negative, self.other):
            if kept and kept[0] <= last:
                del kept[: bisect_right(kept, last)]

    def take_as_usual(self, now: int, minutes: float) -> None:
        """What has come for days is the new normal: the rate of the last four hours (`minutes` of mean shape)."""
        self.mean = max(self.mean, self.negatives_from(now - KEPT_SECONDS) / minutes)
        self.mean_other = max(self.mean_other, self.others_from(now - KEPT_SECONDS) / minutes)
        self.seen_minutes = _NEW_NORMAL_MINUTES
        self._settle()

    def forget_until(self, instant: int) -> None:
        """From here on windows begin at `instant`."""
        self.since = instant
        for kept in (self.negative, self.other):
            del kept[: bisect_left(kept, instant)]

    def _settle(self) -> None:
        """Reckons what follows from the means: asked for with every message, and changed once an hour."""
        self.usual = self._with_prior(self.mean, self.prior)
        self.usual_other = self._with_prior(self.mean_other, self.prior_other)
        self.doubt = 1 / (self.mean * self.seen_minutes + _PRIOR_MESSAGES)

    def _with_prior(self, mean: float, prior: float) -> float:
        weight = _PRIOR_MESSAGES / prior
        return (mean * self.seen_minutes + _PRIOR_MESSAGES) / (self.seen_minutes + weight)

    def learn(self, minutes: float, clipped: bool) -> None:
        """The last hour, of which `minutes` of mean shape were watched, teaches the levels."""
        settled = clipped and self.seen_minutes > _SETTLED_MINUTES
        self.seen_minutes = self.seen_minutes * _FADING + minutes
        step = minutes / self.seen_minutes
        self.mean += step * (_rate(self.hour_negative, minutes, self.mean, settled) - self.mean)
        self.mean_other += step * (_rate(self.hour_other, minutes, self.mean_other, settled) - self.mean_other)
        self._settle()

    def end_hour(self) -> None:
        """The next hour begins."""
        self.busiest_hour = max(self.busiest_hour, self.hour_negative)
        self.hour_negative = self.hour_other = 0
        self.tolerance = max(1.0, self.tolerance * _TOLERANCE_FADING)

    def relearn(self, now: int, least: float) -> None:
        """What the topic means has changed: the old level, or `least`, is only a first guess."""
        self.prior, self.prior_other = max(self.usual, least), max(self.usual_other, least)
        self.mean = self.mean_other = self.seen_minutes = 0.0
        self.hour_negative = self.hour_other = 0
        self._settle()
        self.forget_until(now)

    def state(self) -> dict[str, Any]:
        """JSON-able."""
        kept = {name: getattr(self, name) for name in self.__slots__ if name not in _RECKONED}
        return kept | {"negative": _steps(self.negative), "other": _steps(self.other)}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Topic:
        """What `state` gave."""
        instants = {name: _instants(state[name]) for name in ("negative", "other")}
        return cls(**(state | instants | {"level": StormLevel(state["level"])}))


def _rate(count: int, minutes: float, mean: float, settled: bool) -> float:
    """The hour's rate; of a settled topic no more of it than chance may bring, or a storm would teach it."""
    expected = mean * minutes
    if settled and count > expected + 1:
        count_at_most = expected + _SURPRISE * sqrt(expected + _SPREAD * expected * expected) + 1
        return min(count, count_at_most) / minutes
    return count / minutes


def _steps(instants: list[int]) -> list[int]:
    return [instant - before for before, instant in zip([0, *instants], instants, strict=False)]


def _instants(steps: list[int]) -> list[int]:
    instants, last = [], 0
    for step in steps:
        last += step
        instants.append(last)
    return instants
