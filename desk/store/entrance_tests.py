"""Entrance tests and sittings: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desk.entrance_test import EntranceTest, Question, Sitting, SittingId
from desk.people import ResponderId


class EntranceTestStore(Protocol):
    """Entrance tests, by unit and version; and the goes at them."""

    async def in_force(self) -> Mapping[str, EntranceTest]:
        """The newest version of each unit that has questions."""

    async def newest(self, unit: str) -> EntranceTest | None:
        """Also one without questions."""

    async def version(self, unit: str, version: int) -> EntranceTest:
        """Raises NotFound."""

    async def add(
        self,
        unit: str,
        questions: Sequence[Question],
        *,
        after: int,
        pass_percent: int,
        repeat_hours: int,
        by: ResponderId,
        now: datetime,
    ) -> bool:
        """The version after `after`. False: somebody wrote it just now."""

    async def begin(self, responder_id: ResponderId, unit: str, version: int, *, now: datetime) -> Sitting:
        """A new go, or the one that is under way."""

    async def sitting(self, sitting_id: SittingId) -> Sitting | None:
        """Locked."""

    async def latest_sitting(self, responder_id: ResponderId, unit: str) -> Sitting | None: ...
    async def save_sitting(self, sitting: Sitting) -> None: ...
