"""How long somebody waits who is in the queue of staff: said honestly, or not at all.

A place is one among the questions of the same unit: those of others are answered by others. More urgent ones go before,
then whoever waits longer.

What is measured: how many questions of that unit staff took up in the last hour (PACE_MEASURED). What is said is a
floor, "more than": the highest of FLOORS that the measured pace needs for those who come before and for the question
itself. A number that nobody could hold is not said: without anybody taken up there is no floor, and below the lowest
one there is nothing worth saying. More urgent questions that come later go before; a floor stays true then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

PACE_MEASURED = timedelta(hours=1)

FLOORS = tuple(timedelta(minutes=one) for one in (5, 10, 15, 20, 30, 45, 60, 120, 180, 240, 360, 480, 720, 1440))
"""What may be said; nobody believes "37 minutes"."""

MANY_BEFORE = 5
"""From so many before somebody on their place is worth saying, even when no time can be."""


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where a question stands in its unit's queue. `before`: how many come first; `taken_up`: by staff, within
    PACE_MEASURED."""

    before: int
    taken_up: int

    @property
    def floor(self) -> timedelta | None:
        """It takes more than this at the pace of the last hour. None: nobody can say, or it is no wait."""
        if self.taken_up <= 0:
            return None
        needed = (self.before + 1) * PACE_MEASURED / self.taken_up
        fitting = [one for one in FLOORS if one <= needed]
        return fitting[-1] if fitting else None

    @property
    def is_long(self) -> bool:
        """Whether it is worth saying without being asked."""
        return self.floor is not None or (self.taken_up <= 0 and self.before >= MANY_BEFORE)
