"""What the desk has learnt about a volunteer: verdicts on their answers, and how they answer offers.

A verdict counts from 0 (not solved) to 1 (solved); stars move it within the upper half, so that a solved question
with one star is worth half of one with five. Silence says nothing and counts nothing.

Offers are forgotten: what is a week old counts half. So habits follow a change of life within weeks, and what a
decision reads stays one row however long somebody has been with us.

Pure: no I/O, no clock. Units: tallies count answers; habits are sums of weights, `log_seconds` of ln(1 + seconds).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import expm1

HALF_FORGOTTEN = timedelta(days=7)
"""After which an offer counts half. The queries in db/sql/standing.sql say the same in seconds."""

DAY_PARTS = 6
"""Of four hours each, by UTC."""

_LEAST_STARS, _MOST_STARS = 1, 5


@dataclass(frozen=True, slots=True)
class Tally:
    """Verdicts. `worth` is the sum of what they count, at most `rated`."""

    rated: int = 0
    solved: int = 0
    worth: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.rated + other.rated, self.solved + other.solved, self.worth + other.worth)


@dataclass(frozen=True, slots=True)
class Habit:
    """Offers that were answered or went by, forgotten by half in a week. Those that somebody else took say nothing."""

    asked: float = 0.0
    claimed: float = 0.0
    passed: float = 0.0
    log_seconds: float = 0.0

    @property
    def usual_seconds(self) -> float | None:
        """How fast they take a question, as the middle of their times; None when they never took one."""
        return expm1(self.log_seconds / self.claimed) if self.claimed > 0 else None


NOTHING_RATED = Tally()
NOTHING_KNOWN = Habit()


def worth(*, solved: bool, stars: int | None) -> float:
    """What one verdict counts, 0 to 1."""
    if not solved:
        return 0.0
    if stars is None:
        return 1.0
    return 0.5 + 0.5 * (stars - _LEAST_STARS) / (_MOST_STARS - _LEAST_STARS)


def day_part(now: datetime) -> int:
    """The part of the day, 0 to 5. `now` is aware UTC."""
    return now.hour * DAY_PARTS // 24


def kept(since: timedelta) -> float:
    """How much of an offer still counts after so long."""
    return float(0.5 ** (max(since, timedelta()) / HALF_FORGOTTEN))
