"""Incidents and the tickets that follow them: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

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


class IncidentStore(Protocol):
    """Problems that many tickets follow."""

    async def propose(self, incident: NewIncident, *, now: datetime) -> IncidentId: ...
    async def incident(self, incident_id: IncidentId) -> Incident:
        """Locked. Raises NotFound."""

    async def seen(self, incident_id: IncidentId) -> Incident | None:
        """Not locked. None: there is none of this number."""

    async def incidents(self, *states: IncidentState, limit: int) -> Sequence[Incident]:
        """In these states, newest first."""

    async def edit(self, incident_id: IncidentId, *, title: str, topic: str | None, names: PublicNames) -> None: ...
    async def decide(self, incident_id: IncidentId, state: IncidentState, *, by: ResponderId, now: datetime) -> None:
        """Confirmed or dismissed (whoever locked it has asked the table), or open again."""

    async def join(self, incident_id: IncidentId, into: IncidentId, *, by: ResponderId, now: datetime) -> None:
        """Its tickets and clusters follow the other one from now on."""

    async def resolve(self, incident_id: IncidentId, *, by: ResponderId, now: datetime) -> None: ...
    async def follow(
        self, incident_id: IncidentId, tickets: Sequence[TicketId], how: JoinedHow, *, now: datetime
    ) -> Sequence[TicketId]:
        """Which of the tickets follow it now and did not before: those that follow another, or left this one and do
        not come back by hand, stay where they are."""

    async def leave(self, ticket_id: TicketId, why: LeftWhy, *, now: datetime) -> IncidentId | None:
        """The incident that the ticket followed until now."""

    async def followed_by(self, ticket_id: TicketId) -> Incident | None:
        """The incident that a ticket follows, not locked."""

    async def followers(self, incident_id: IncidentId) -> Sequence[Follower]:
        """Oldest first, those that left too."""

    async def take_cluster(self, cluster_id: ClusterId, incident_id: IncidentId) -> None:
        """What says the same as this cluster is this incident; instead of any before."""

    async def of_cluster(self, cluster_id: ClusterId) -> Incident | None:
        """The live incident of a cluster, not locked."""

    async def live_on(self, topic: str) -> Sequence[Incident]:
        """Live incidents on a topic, newest first, not locked."""
