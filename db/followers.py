"""The tickets of incidents, one by one, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from db.incidents import follower_of
from db.queries import load
from db.session import Row, Session
from desk.incident import IncidentId, JoinedHow
from desk.people import Locale
from desk.store.followers import FollowerCounts, FollowerLine, KnownIncident
from desk.ticket import Lane, Status, TicketId

_SQL = load("followers")


class Followers:
    """desk.store.FollowerStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def take_in(self, incident_id: IncidentId, ticket_id: TicketId, *, now: datetime) -> bool:
        """False: it was taken in before."""
        return await self._session.value(_SQL["take_in"], incident_id, ticket_id, now) is not None

    async def to_take_in(self, *, limit: int) -> Sequence[tuple[IncidentId, TicketId, JoinedHow]]:
        """Oldest first."""
        rows = await self._session.all(_SQL["to_take_in"], limit)
        return [(IncidentId(row["incident_id"]), TicketId(row["ticket_id"]), JoinedHow(row["how"])) for row in rows]

    async def to_let_go(self, *, limit: int) -> Sequence[TicketId]:
        """In the order in which they were opened."""
        return [TicketId(row["ticket_id"]) for row in await self._session.all(_SQL["to_let_go"], limit)]

    async def ever_followed(self, incident_id: IncidentId, ticket_id: TicketId) -> bool:
        """Whether it does, or did."""
        return await self._session.value(_SQL["ever_followed"], incident_id, ticket_id) is not None

    async def known(self) -> Sequence[KnownIncident]:
        """In the order in which they were proposed."""
        return [
            KnownIncident(IncidentId(row["id"]), row["title"], row["topic"], row["version"])
            for row in await self._session.all(_SQL["known"])
        ]

    async def examples(self, incident_id: IncidentId, *, limit: int) -> Sequence[tuple[str, JoinedHow]]:
        """Those whose words nobody has read are left out."""
        rows = await self._session.all(_SQL["examples"], incident_id, limit)
        return [(row["masked"], JoinedHow(row["how"])) for row in rows if row["masked"]]

    async def lines(self, incident_id: IncidentId, *, limit: int) -> Sequence[FollowerLine]:
        """Those that follow it first."""
        return [_line(row) for row in await self._session.all(_SQL["lines"], incident_id, limit)]

    async def counts(self, incident_id: IncidentId) -> FollowerCounts:
        """All zero when it has none."""
        row = await self._session.one(_SQL["counts"], incident_id)
        return FollowerCounts() if row is None else FollowerCounts(**row)

    async def opened(
        self, incident_id: IncidentId, since: datetime, step: timedelta, *, until: datetime
    ) -> Sequence[int]:
        """One number a step, the last step may be cut short."""
        counts = [0] * max(1, -(-(until - since) // step))
        for row in await self._session.all(_SQL["opened"], incident_id, since, step, until):
            counts[min(row["step"], len(counts) - 1)] += row["opened"]
        return counts


def _line(row: Row) -> FollowerLine:
    return FollowerLine(
        follower=follower_of(row),
        number=f"Z-{row['number']}",
        status=Status(row["status"]),
        lane=Lane(row["lane"]) if row["lane"] else None,
        locale=Locale(row["locale"]),
        words=row["masked"],
        held=row["held"],
        waits=row["waits"],
    )
