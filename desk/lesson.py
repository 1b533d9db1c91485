"""The lesson: what an incident taught, who sees to it, and by when.

It is open until somebody says it is done; that may be taken back. Words, owner and day do not change: a lesson that was
wrong is done, and another one is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from desk.incident import IncidentId
from desk.people import ResponderId

LessonId = NewType("LessonId", int)

LONGEST_LESSON = 500


@dataclass(frozen=True, slots=True)
class NewLesson:
    """To be added. `owner_id`: one of the staff. `due`: a day in the desk's zone. `text`: no personal data."""

    incident_id: IncidentId
    text: str
    owner_id: ResponderId
    due: date
    added_by: ResponderId


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson. `done_*` None: it is open."""

    id: LessonId
    incident_id: IncidentId
    text: str
    owner_id: ResponderId
    owner: str
    due: date
    added_by: ResponderId
    added_at: datetime
    done_by: ResponderId | None
    done_at: datetime | None

    @property
    def is_done(self) -> bool:
        """Somebody says so."""
        return self.done_at is not None

    def is_late(self, today: date) -> bool:
        """It should be done by now."""
        return not self.is_done and self.due < today
