"""What a report of an incident is made of, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from db.queries import load
from db.session import Row, Session
from desk.incident import IncidentId
from desk.storm_report import Deed, Span, StormQuestion
from desk.ticket import Status, TicketId

_SQL = load("storm_reports")


class StormReports:
    """desk.store.StormReportStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def questions(self, incident_id: IncidentId) -> Sequence[StormQuestion]:
        """Oldest first."""
        return [_question(row) for row in await self._session.all(_SQL["questions"], incident_id)]

    async def spans(
        self, incident_id: IncidentId, topic: str | None, since: datetime, until: datetime, step: timedelta
    ) -> Sequence[Span]:
        """In each step from `since` on."""
        rows = await self._session.all(_SQL["spans"], incident_id, topic, since, until, step)
        return [
            Span(row["at"], row["messages"], row["negatives"], row["storm_messages"], row["storm_negatives"])
            for row in rows
        ]

    async def deeds(self, incident_id: IncidentId, since: datetime) -> Sequence[Deed]:
        """Oldest first."""
        rows = await self._session.all(_SQL["deeds"], incident_id, since)
        return [Deed(row["at"], row["kind"], row["name"]) for row in rows]


def _question(row: Row) -> StormQuestion:
    return StormQuestion(
        ticket_id=TicketId(row["ticket_id"]),
        status=Status(row["status"]),
        opened_at=row["opened_at"],
        left=row["has_left"],
        told_at=row["told_at"],
        outcome_at=row["outcome_at"],
        volunteer_at=row["volunteer_at"],
        staff_at=row["staff_at"],
        unreachable=row["unreachable"],
        reopened=row["reopened"],
    )
