"""What a report of an incident is made of: what the desk asks of its storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from desk.incident import IncidentId
from desk.storm_report import Deed, Span, StormQuestion


class StormReportStore(Protocol):
    """Reads only."""

    async def questions(self, incident_id: IncidentId) -> Sequence[StormQuestion]:
        """Every question that follows it or did, oldest first."""

    async def spans(
        self, incident_id: IncidentId, topic: str | None, since: datetime, until: datetime, step: timedelta
    ) -> Sequence[Span]:
        """What was read in each step from `since` on, empty ones too."""

    async def deeds(self, incident_id: IncidentId, since: datetime) -> Sequence[Deed]:
        """What people did about it, oldest first."""
