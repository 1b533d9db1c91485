"""How far a count is beyond chance, and from which score on that is worth an alarm.

Score: the signed root of the negative-binomial deviance, about standard-normal on quiet data. The relative variance
(dispersion) of each window's length is learned from aligned windows by moments, so it holds whatever makes the desk's
messages come in clumps. Long windows get a bonus: chance has fewer tries in them.

Threshold: many topics times many windows are looked at with every message, and they depend on each other, so no tail of
one test gives the rate of false alarms. It is learned instead: the highest score of each quarter of a day is kept (100
days), and beyond their upper part the tail is taken as exponential. The threshold is where it says "once in 1/budget
weeks", with a margin, for the estimate is never sure and a broken promise costs more than a minute. Pseudo-observations
stand in while there are few. So one setting serves 300 and 30,000 messages a day: only the budget is set.

Sources: McCullagh & Nelder 1989 (deviance residuals); Coles 2001, chapters 3 and 4 (block maxima, threshold excesses);
Siffer et al. 2017 (SPOT: streaming thresholds by extreme values); Duembgen & Spokoiny 2001 (scans over scales).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log, sqrt
from typing import Any

WINDOWS = (240, 120, 60, 30, 15, 8, 4, 2)
"""Minutes; longest first, since a window with too few messages has no window inside it with enough."""

WINDOW_SECONDS = tuple(minutes * 60 for minutes in WINDOWS)

BONUSES = tuple(log(max(minutes, 15) / 15) for minutes in WINDOWS)
"""What is added to half the deviance: chance has fewer tries in long windows, for there are fewer of them."""

FEWEST = 4
"""People who must have written before anything is called a storm."""

BLOCK_HOURS = 6
_BLOCKS_A_WEEK = 7 * 24 / BLOCK_HOURS
_BLOCKS_KEPT = 400
_TAIL_SHARE = 0.3
_PRIOR_HEIGHT, _PRIOR_HEIGHT_BLOCKS = 4.2, 20
_PRIOR_STEP, _PRIOR_STEP_BLOCKS = 0.45, 10
_HIGHEST_BLOCK = 1.0
_MARGIN = 0.8
_FIRST_DISPERSION, _LOWEST, _HIGHEST = 0.1, 0.003, 1.0
_DAYS_OF_DISPERSION = 14


def score(count: int, expected: float, dispersion: float) -> float:
    """Signed root of the negative-binomial deviance of `count`; 0 when it is not above `expected`."""
    if count <= expected:
        return 0.0
    size = 1 / dispersion
    half = count * log(count / expected) - (count + size) * log((count + size) / (expected + size))
    return sqrt(2 * half) if half > 0 else 0.0


@dataclass(slots=True)
class Dispersion:
    """Relative variance of counts, a window's length each."""

    values: list[float] = field(default_factory=lambda: [_FIRST_DISPERSION] * len(WINDOWS))
    weights: list[float] = field(default_factory=lambda: [20.0] * len(WINDOWS))

    def learn(self, place: int, excess: float, weight: float) -> None:
        """`excess`: sum of squared deviations less what Poisson gives; `weight`: sum of squared expectations."""
        self.weights[place] = self.weights[place] * (1 - WINDOWS[place] / (1440 * _DAYS_OF_DISPERSION)) + weight
        value = self.values[place] + weight / self.weights[place] * (excess / weight - self.values[place])
        self.values[place] = min(max(value, _LOWEST), _HIGHEST)


@dataclass(slots=True)
class Threshold:
    """From which score on an alarm is raised, so that chance raises at most `budget` a week."""

    budget: float
    blocks: list[float] = field(default_factory=list)
    height: float = _PRIOR_HEIGHT + 3 * _PRIOR_STEP

    def learn(self, peak: float) -> None:
        """A quarter of a day is over, and `peak` was its highest score. One wild block moves little."""
        self.add(min(peak, self.height + _HIGHEST_BLOCK))

    def add(self, peak: float) -> None:
        """`peak` is a score that ordinary life gave."""
        self.blocks = [*self.blocks[1 - _BLOCKS_KEPT :], peak]
        ordered = sorted(self.blocks)
        count = len(ordered)
        base = ordered[int(count * (1 - _TAIL_SHARE))]
        beyond = [peak - base for peak in ordered if peak > base]
        step = (sum(beyond) + _PRIOR_STEP_BLOCKS * _PRIOR_STEP) / (len(beyond) + _PRIOR_STEP_BLOCKS)
        base = (base * count + _PRIOR_HEIGHT * _PRIOR_HEIGHT_BLOCKS) / (count + _PRIOR_HEIGHT_BLOCKS)
        self.height = base + step * log(_TAIL_SHARE * _BLOCKS_A_WEEK / (self.budget * _MARGIN))

    def state(self) -> dict[str, Any]:
        """JSON-able."""
        return {"budget": self.budget, "blocks": self.blocks, "height": self.height}
