"""What the policy says about storms: `storm` of the policy file. All of it may be left out."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class StormPolicy(BaseModel):
    """`two_people`: a statement is approved by somebody else than who wrote it. `broadcast_share`: how much of a
    channel's pace one text to many may take; the rest is kept for replies."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    two_people: bool = True
    broadcast_share: Annotated[float, Field(ge=0.1, le=0.9)] = 0.8
