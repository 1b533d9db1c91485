"""What the policy says about trust and the leaderboard: `peer.trust` and `peer.leaderboard` of the policy file.

Both may be left out. There is no leaderboard unless a brand wants one: being compared drives some people out, and the
record tells everybody their own quality without it.
"""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from desk.people import TrustLevel
from desk.record import WINDOW, Quality
from desk.trust import Requirement, TrustRules

HIGHEST_QUALITY = 0.94
"""Fifty good answers of fifty prove this much."""


class LevelPolicy(BaseModel):
    """What a level asks: so many answers that count, of which surely this share is good."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answers: Annotated[int, Field(ge=1, le=WINDOW)]
    quality: Annotated[float, Field(gt=0, le=HIGHEST_QUALITY)]

    @model_validator(mode="after")
    def _can_be_reached(self) -> LevelPolicy:
        if Quality(WINDOW, WINDOW).at_least() < self.quality:
            raise PydanticCustomError("trust", "nobody can reach this with {window} answers", {"window": WINDOW})
        return self


class TrustPolicy(BaseModel):
    """What each level asks, and how long before a fall somebody is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    helper: LevelPolicy = LevelPolicy(answers=5, quality=0.50)
    expert: LevelPolicy = LevelPolicy(answers=20, quality=0.65)
    champion: LevelPolicy = LevelPolicy(answers=40, quality=0.80)
    notice_days: Annotated[float, Field(ge=1, le=90)] = 7

    @model_validator(mode="after")
    def _levels_rise(self) -> TrustPolicy:
        for lower, higher in ((self.helper, self.expert), (self.expert, self.champion)):
            if higher.quality < lower.quality or higher.answers < lower.answers:
                raise PydanticCustomError("trust", "a higher level must not ask less than a lower one")
        return self

    @property
    def rules(self) -> TrustRules:
        """As desk/trust.py takes them."""
        asked = {
            TrustLevel.HELPER: self.helper,
            TrustLevel.EXPERT: self.expert,
            TrustLevel.CHAMPION: self.champion,
        }
        return TrustRules(
            MappingProxyType({level: Requirement(one.answers, one.quality) for level, one in asked.items()}),
            timedelta(days=self.notice_days),
        )


class LeaderboardPolicy(BaseModel):
    """`answers`: how many must count before somebody stands on it; `most`: how many lines it has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    shown: bool = False
    answers: Annotated[int, Field(ge=1, le=WINDOW)] = 20
    most: Annotated[int, Field(ge=1, le=100)] = 10
