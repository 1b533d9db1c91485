"""Statements on incidents, and who was told which, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.queries import load
from db.session import Row, Session
from desk.broadcast import BroadcastId
from desk.conversation import Address, MessageId
from desk.incident import IncidentId
from desk.people import Locale, ResponderId
from desk.statement import Statement, StatementId, StatementState
from desk.ticket import TicketId

_SQL = load("statements")


class Statements:
    """desk.store.StatementStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def write(
        self, incident_id: IncidentId, *, text_de: str, text_en: str, by: ResponderId, now: datetime
    ) -> Statement:
        """A new draft, the next version."""
        [row] = await self._session.all(_SQL["write"], incident_id, text_de, text_en, by, now)
        return _statement(row)

    async def save(self, statement: Statement) -> None:
        """All of it that can change."""
        one = statement
        await self._session.run(
            _SQL["save"], one.id, one.state, one.text_de, one.text_en, one.author_id, one.written_at, one.submitted_by,
            one.submitted_at, one.approved_by, one.approved_at, one.ended_by, one.ended_at, one.note,
        )  # fmt: skip

    async def of_incident(self, incident_id: IncidentId) -> Sequence[Statement]:
        """Every version, newest first."""
        return [_statement(row) for row in await self._session.all(_SQL["of_incident"], incident_id)]

    async def in_force(self, incident_id: IncidentId) -> Statement | None:
        """Asked twice: one that was replaced while we waited for its row leaves the next to a new look."""
        for _ in range(2):
            row = await self._session.one(_SQL["in_force"], incident_id)
            if row is not None:
                return _statement(row)
        return None

    async def tell(
        self,
        ticket_id: TicketId,
        statement_id: StatementId,
        message_id: MessageId | None,
        *,
        broadcast_id: BroadcastId | None = None,
        now: datetime,
    ) -> None:
        """The ticket got it."""
        await self._session.run(_SQL["tell"], ticket_id, statement_id, message_id, broadcast_id, now)

    async def versions_told(self, ticket_id: TicketId, incident_id: IncidentId) -> Sequence[StatementId]:
        """Oldest first."""
        rows = await self._session.all(_SQL["versions_told"], ticket_id, incident_id)
        return [StatementId(row["statement_id"]) for row in rows]

    async def first_in_place(
        self, post: StatementId | None, broadcast: BroadcastId | None, place: Address, locale: Locale
    ) -> bool:
        """Whether it was not there before."""
        values = (post, broadcast, place.channel, place.key, locale)
        return await self._session.value(_SQL["first_in_place"], *values) is not None


def _statement(row: Row) -> Statement:
    return Statement(
        id=StatementId(row["id"]),
        incident_id=IncidentId(row["incident_id"]),
        version=row["version"],
        state=StatementState(row["state"]),
        text_de=row["text_de"],
        text_en=row["text_en"],
        author_id=ResponderId(row["author_id"]),
        written_at=row["written_at"],
        submitted_by=row["submitted_by"],
        submitted_at=row["submitted_at"],
        approved_by=row["approved_by"],
        approved_at=row["approved_at"],
        ended_by=row["ended_by"],
        ended_at=row["ended_at"],
        note=row["note"],
        told=row["told"],
    )
