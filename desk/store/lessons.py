"""Lessons of incidents: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.incident import IncidentId
from desk.lesson import Lesson, LessonId, NewLesson
from desk.people import ResponderId


class LessonStore(Protocol):
    """What incidents taught."""

    async def add(self, lesson: NewLesson, *, now: datetime) -> LessonId: ...
    async def of_incident(self, incident_id: IncidentId) -> Sequence[Lesson]:
        """In the order in which they were added."""

    async def set_done(
        self, incident_id: IncidentId, lesson_id: LessonId, *, by: ResponderId | None, now: datetime
    ) -> bool:
        """`by` None: it is open again. False: the incident has no such lesson, or it was so already."""
