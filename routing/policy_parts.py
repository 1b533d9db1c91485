"""What several parts of the policy are made of."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=1, le=10_000)]
Minutes = Annotated[float, Field(gt=0, le=100_000)]


class Strict(BaseModel):
    """Unknown keys are mistakes, not comments."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WaveSize(Strict):
    """How many volunteers a wave asks, and how long it waits."""

    size: Count
    minutes: Minutes

    @property
    def timeout(self) -> timedelta:
        """How long the wave waits before the next opens."""
        return timedelta(minutes=self.minutes)


Waves = Annotated[tuple[WaveSize, ...], Field(min_length=1, max_length=20)]
