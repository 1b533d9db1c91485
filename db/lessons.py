"""Lessons of incidents, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.queries import load
from db.session import Row, Session
from desk.incident import IncidentId
from desk.lesson import Lesson, LessonId, NewLesson
from desk.people import ResponderId

_SQL = load("lessons")


class Lessons:
    """desk.store.LessonStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, lesson: NewLesson, *, now: datetime) -> LessonId:
        """Open."""
        values = (lesson.incident_id, lesson.text, lesson.owner_id, lesson.due, lesson.added_by, now)
        return LessonId(await self._session.value(_SQL["add"], *values))

    async def of_incident(self, incident_id: IncidentId) -> Sequence[Lesson]:
        """In the order in which they were added."""
        return [_lesson(row) for row in await self._session.all(_SQL["of_incident"], incident_id)]

    async def set_done(
        self, incident_id: IncidentId, lesson_id: LessonId, *, by: ResponderId | None, now: datetime
    ) -> bool:
        """False: there is none, or it was so already."""
        at = None if by is None else now
        return await self._session.value(_SQL["set_done"], incident_id, lesson_id, by, at) is not None


def _lesson(row: Row) -> Lesson:
    return Lesson(
        id=LessonId(row["id"]),
        incident_id=IncidentId(row["incident_id"]),
        text=row["text"],
        owner_id=ResponderId(row["owner_id"]),
        owner=row["owner"],
        due=row["due"],
        added_by=ResponderId(row["added_by"]),
        added_at=row["added_at"],
        done_by=None if row["done_by"] is None else ResponderId(row["done_by"]),
        done_at=row["done_at"],
    )
