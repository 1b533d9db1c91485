"""What the policy says about storms: `storm` of the policy file. All of it may be left out."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from desk.storm_wishes import Caps
from desk.volunteering import LARGEST_A_DAY, LARGEST_AT_ONCE
from routing.policy_parts import Strict, Waves, WaveSize


class CostPolicy(Strict):
    """For reports: how long staff take for an answer, and what an hour costs all in all. Put in your own figures."""

    minutes: Annotated[float, Field(gt=0, le=600)] = 8
    an_hour: Annotated[float, Field(ge=0, le=10_000)] = 40
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "EUR"


class StormPolicy(Strict):
    """`two_people`: a statement is approved by somebody else than who wrote it. `broadcast_share`: how much of a
    channel's pace one text to many may take; the rest is kept for replies.

    For musters: how long one lasts unless the coordinator says otherwise, and how long those who were in rest; to what
    caps are raised for those who said that they take on more; the waves of questions that those who are in are asked
    about first."""

    two_people: bool = True
    broadcast_share: Annotated[float, Field(ge=0.1, le=0.9)] = 0.8
    muster_hours: Annotated[float, Field(ge=0.25, le=24)] = 4
    rest_hours: Annotated[float, Field(ge=0, le=168)] = 12
    muster_at_once: Annotated[int, Field(ge=1, le=LARGEST_AT_ONCE)] = 5
    muster_a_day: Annotated[int, Field(ge=1, le=LARGEST_A_DAY)] = 40
    muster_waves: Waves = (WaveSize(size=5, minutes=2), WaveSize(size=8, minutes=3), WaveSize(size=10, minutes=5))
    cost: CostPolicy = CostPolicy()

    @property
    def muster_lasts(self) -> timedelta:
        """How long a muster lasts."""
        return timedelta(hours=self.muster_hours)

    @property
    def rest(self) -> timedelta:
        """How long those who were in get no offers afterwards."""
        return timedelta(hours=self.rest_hours)

    @property
    def raised(self) -> Caps:
        """To what caps are raised for those who are in."""
        return Caps(self.muster_at_once, self.muster_a_day)
