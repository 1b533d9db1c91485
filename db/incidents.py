"""Incidents and the tickets that follow them, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.queries import load
from db.session import Row, Session
from desk.errors import NotFound
from desk.incident import (
    ClusterId,
    Follower,
    Incident,
    IncidentId,
    IncidentState,
    JoinedHow,
    LeftWhy,
    NewIncident,
    PublicNames,
)
from desk.people import ResponderId
from desk.ticket import TicketId

_SQL = load("incidents")


class Incidents:
    """desk.store.IncidentStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def propose(self, incident: NewIncident, *, now: datetime) -> IncidentId:
        """Nobody has decided yet."""
        values = (incident.title, incident.topic, list(incident.reasons), incident.began_at, incident.proposed_by)
        names = (incident.names.de, incident.names.en)
        return IncidentId(await self._session.value(_SQL["propose"], *values, incident.drill, now, *names))

    async def incident(self, incident_id: IncidentId) -> Incident:
        """Locked. Raises NotFound."""
        row = await self._session.one(_SQL["incident"], incident_id)
        if row is None:
            raise NotFound("no such incident")
        return _incident(row)

    async def seen(self, incident_id: IncidentId) -> Incident | None:
        """Not locked."""
        return _maybe(await self._session.one(_SQL["seen"], incident_id))

    async def incidents(self, *states: IncidentState, limit: int) -> Sequence[Incident]:
        """Newest first."""
        return [_incident(row) for row in await self._session.all(_SQL["incidents"], list(states), limit)]

    async def edit(self, incident_id: IncidentId, *, title: str, topic: str | None, names: PublicNames) -> None:
        """Whoever locked it does."""
        await self._session.run(_SQL["edit"], incident_id, title, topic, names.de, names.en)

    async def decide(self, incident_id: IncidentId, state: IncidentState, *, by: ResponderId, now: datetime) -> None:
        """Whoever locked it has asked the table."""
        await self._session.run(_SQL["decide"], incident_id, state, by, now)

    async def join(self, incident_id: IncidentId, into: IncidentId, *, by: ResponderId, now: datetime) -> None:
        """With its tickets and clusters."""
        await self._session.run(_SQL["join"], incident_id, into, by, now)
        await self._session.run(_SQL["move_tickets"], incident_id, into)
        await self._session.run(_SQL["move_clusters"], incident_id, into)

    async def resolve(self, incident_id: IncidentId, *, by: ResponderId, now: datetime) -> None:
        """Whoever locked it has asked the table."""
        await self._session.run(_SQL["resolve"], incident_id, by, now)

    async def follow(
        self, incident_id: IncidentId, tickets: Sequence[TicketId], how: JoinedHow, *, now: datetime
    ) -> Sequence[TicketId]:
        """Those that follow it now and did not before."""
        rows = await self._session.all(_SQL["follow"], incident_id, list(tickets), how, now)
        return [TicketId(row["ticket_id"]) for row in rows]

    async def leave(self, ticket_id: TicketId, why: LeftWhy, *, now: datetime) -> IncidentId | None:
        """None: it followed none."""
        left = await self._session.value(_SQL["leave"], ticket_id, now, why)
        return None if left is None else IncidentId(left)

    async def followed_by(self, ticket_id: TicketId) -> Incident | None:
        """Not locked."""
        return _maybe(await self._session.one(_SQL["followed_by"], ticket_id))

    async def followers(self, incident_id: IncidentId) -> Sequence[Follower]:
        """Oldest first."""
        return [follower_of(row) for row in await self._session.all(_SQL["followers"], incident_id)]

    async def take_cluster(self, cluster_id: ClusterId, incident_id: IncidentId) -> None:
        """Instead of any before."""
        await self._session.run(_SQL["take_cluster"], cluster_id, incident_id)

    async def of_cluster(self, cluster_id: ClusterId) -> Incident | None:
        """Not locked."""
        return _maybe(await self._session.one(_SQL["of_cluster"], cluster_id))

    async def live_on(self, topic: str) -> Sequence[Incident]:
        """Newest first."""
        return [_incident(row) for row in await self._session.all(_SQL["live_on"], topic)]


def follower_of(row: Row) -> Follower:
    """From the columns of incident_ticket."""
    return Follower(
        IncidentId(row["incident_id"]),
        TicketId(row["ticket_id"]),
        JoinedHow(row["how"]),
        row["joined_at"],
        row["left_at"],
        LeftWhy(row["left_why"]) if row["left_why"] else None,
    )


def _maybe(row: Row | None) -> Incident | None:
    return None if row is None else _incident(row)


def _incident(row: Row) -> Incident:
    return Incident(
        id=IncidentId(row["id"]),
        state=IncidentState(row["state"]),
        title=row["title"],
        topic=row["topic"],
        reasons=tuple(row["reasons"]),
        drill=row["drill"],
        began_at=row["began_at"],
        proposed_at=row["proposed_at"],
        proposed_by=row["proposed_by"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        resolved_at=row["resolved_at"],
        resolved_by=row["resolved_by"],
        joined_into=row["joined_into"],
        tickets=row["tickets"],
        names=PublicNames(row["name_de"], row["name_en"]),
    )
