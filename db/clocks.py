"""Stored due times in PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from db.queries import load
from db.session import Session
from desk.store import ClockKind, DueClock
from desk.ticket import TicketId

_SQL = load("clocks")


class Clocks:
    """desk.store.ClockStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def set(self, ticket_id: TicketId, kind: ClockKind, due_at: datetime) -> None:
        """Replaces the one of that kind."""
        await self._session.run(_SQL["set"], ticket_id, kind, due_at)

    async def stop(self, ticket_id: TicketId, *kinds: ClockKind) -> None:
        """Removes those kinds."""
        await self._session.run(_SQL["stop"], ticket_id, list(kinds))

    async def take(self, clock: DueClock) -> bool:
        """Removes it if it still stands as it was seen. False: somebody else took or moved it."""
        return await self._session.value(_SQL["take"], clock.id, clock.due_at) is not None
