"""The audit log in PostgreSQL, and which updates were handled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.queries import load
from db.session import Row, Session
from desk.people import ResponderId
from desk.store import DeskEvent
from desk.ticket import TicketId

_SQL = load("events")


class Events:
    """desk.store.EventStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(
        self,
        kind: str,
        *,
        now: datetime,
        ticket_id: TicketId | None = None,
        responder_id: ResponderId | None = None,
        **data: object,
    ) -> None:
        """An entry of the audit log. `data`: what JSON can hold, no personal data."""
        await self._session.run(_SQL["add"], kind, now, ticket_id, responder_id, data)

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[DeskEvent]:
        """Oldest first."""
        return [_event(row) for row in await self._session.all(_SQL["of_ticket"], ticket_id)]

    async def recent(self, *, limit: int = 200) -> Sequence[DeskEvent]:
        """Newest first."""
        return [_event(row) for row in await self._session.all(_SQL["recent"], limit)]

    async def first_time(self, channel: str, external_id: str, *, now: datetime) -> bool:
        """Notes an update that is no message. False: it was handled before."""
        return await self._session.value(_SQL["first_time"], channel, external_id, now) is not None


def _event(row: Row) -> DeskEvent:
    return DeskEvent(
        id=row["id"],
        at=row["at"],
        kind=row["kind"],
        ticket_id=None if row["ticket_id"] is None else TicketId(row["ticket_id"]),
        responder_id=None if row["responder_id"] is None else ResponderId(row["responder_id"]),
        responder_name=row["responder_name"],
        data=row["data"],
    )
