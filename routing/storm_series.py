"""One series of numbers, when there is no telling who said what: each value's surprise against the series' own past.

Nothing is assumed of its units or its spread. Expected is the fading mean of the same half hour on the same kind of day
(workday or weekend), or of any day while that kind is little known. The difference, smoothed over an hour, is ranked
among all differences so far. The surprise is the logarithm of how many values one of that size takes to come: by rank
among the hundred largest, and beyond the largest by their exponential tail. Only a new maximum within an episode
speaks, so one event is one alert and not a chain; an episode ends when nothing has surprised for two days.

The score squeezes the surprise between 0 and 1: surprise / (surprise + 10), which keeps its order. Level storm is a
surprise that a series like this brings by chance at most `budget` times a week, watch anything else that speaks.

Bad input: values that are no number are refused where the file is read; a step back in time is taken as it comes (the
half hour counts, not the order); gaps teach nothing.

Pure. Memory: the half hours of a day, three times, and the hundred largest differences. Sources: Siffer et al. 2017
(SPOT, tails of streams); Lavin & Ahmad 2015 (NAB, whose rules reward the first find in a window and punish chains).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log

from routing.storm import StormLevel

_LARGEST = 100
_TAIL = 50
_FIRST_RANKED = 50
SPEAKS = 4.0
_HALF_SCORE = 10.0
_SMOOTH_SECONDS = 3600.0
_EPISODE = timedelta(days=2)
_SLOT_SECONDS = 1800
_SLOT_KNOWN = 5
_SLOT_STEP = 0.1
_WEEK_SECONDS = 7 * 86_400.0
_STEPS_WATCHED = 100
_FIRST_STEP_SECONDS = 300.0
_SATURDAY = 5
_WORKDAY, _WEEKEND = 100, 200


class Rarity:
    """How many values it takes until one as large as this comes, as a logarithm."""

    def __init__(self) -> None:
        self._seen = 0
        self._largest: list[float] = []

    def of(self, value: float) -> float:
        """The surprise of `value`, which is then part of the past."""
        largest = self._largest
        self._seen += 1
        if len(largest) == _LARGEST and value <= largest[0]:
            return 0.0
        surprise = 0.0
        if self._seen >= _FIRST_RANKED:
            larger = len(largest) - bisect_left(largest, value)
            surprise = log(self._seen / (larger + 0.5))
            if not larger:
                tail = largest[-min(_TAIL, len(largest) // 2) :]
                step = sum(tail) / len(tail) - tail[0]
                surprise += (value - largest[-1]) / max(step, 1e-9)
        insort(largest, value)
        del largest[:-_LARGEST]
        return surprise


@dataclass(frozen=True, slots=True)
class Judged:
    """A value as it came. `expected`: None while nothing is known. `rarity`: its surprise; `surprise`: 0 when it does
    not speak. `opens`: it is the first storm of its episode."""

    at: datetime
    value: float
    expected: float | None
    rarity: float
    surprise: float
    level: StormLevel
    opens: bool

    @property
    def score(self) -> float:
        """0 to 1."""
        return self.surprise / (self.surprise + _HALF_SCORE)


class SeriesDetector:
    """Judges one series, value by value. `threshold`: surprises from here on are storms: one such value in as many as
    come within 1/budget weeks. `stormy`: this episode has had one."""

    def __init__(self, false_alarms_a_week: float = 1.0) -> None:
        self._budget = false_alarms_a_week
        self._rarity = Rarity()
        self._slots: dict[int, tuple[float, int]] = {}
        self._steps: list[float] = []
        self._set_step(_FIRST_STEP_SECONDS)
        self._smooth = 0.0
        self._seen = 0
        self._last: datetime | None = None
        self._spoke: datetime | None = None
        self._highest = 0.0
        self.stormy = False

    def judge(self, at: datetime, value: float) -> Judged:
        """The next value."""
        self._learn_step(at)
        self._seen += 1
        expected = self._learn(at, value)
        rarity = surprise = 0.0
        if expected is not None:
            part = max(self._part, 1 / self._seen)
            self._smooth += part * (value - expected - self._smooth)
            rarity = self._rarity.of(abs(self._smooth))
            surprise = self._in_episode(at, rarity)
        level = self._level(surprise)
        opens = level is StormLevel.STORM and not self.stormy
        self.stormy |= opens
        return Judged(at, value, expected, rarity, surprise, level, opens)

    def _learn(self, at: datetime, value: float) -> float | None:
        """The half hour learns `value`. What was to be expected before it, None while too little is known."""
        half_hour = (at.hour * 3600 + at.minute * 60) // self._slot_seconds
        expected = None
        for slot in (half_hour, half_hour + (_WEEKEND if at.weekday() >= _SATURDAY else _WORKDAY)):
            mean, times = self._slots.get(slot, (value, 0))
            if times >= _SLOT_KNOWN:
                expected = mean
            self._slots[slot] = (mean + max(1 / (times + 1), _SLOT_STEP) * (value - mean), times + 1)
        return expected

    def _learn_step(self, at: datetime) -> None:
        """The usual time between two values."""
        if self._last is not None and len(self._steps) < _STEPS_WATCHED:
            insort(self._steps, max(1.0, (at - self._last).total_seconds()))
            self._set_step(self._steps[len(self._steps) // 2])
        self._last = at

    def _set_step(self, seconds: float) -> None:
        self._part = 1 - 0.5 ** (seconds / _SMOOTH_SECONDS)
        self._slot_seconds = max(int(seconds), _SLOT_SECONDS)
        self.threshold = max(SPEAKS, log(_WEEK_SECONDS / seconds / self._budget))

    def _in_episode(self, at: datetime, surprise: float) -> float:
        """The surprise if it speaks: the first of an episode, or a new maximum within it."""
        if self._spoke is not None and at - self._spoke > _EPISODE:
            self._highest, self.stormy = 0.0, False
        if surprise <= SPEAKS:
            return 0.0
        self._spoke = at
        if surprise <= self._highest:
            return 0.0
        self._highest = surprise
        return surprise

    def _level(self, surprise: float) -> StormLevel:
        if surprise >= self.threshold:
            return StormLevel.STORM
        return StormLevel.WATCH if surprise else StormLevel.CALM
