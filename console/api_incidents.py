"""Incidents in the JSON API: which there are, how each stands, and which tickets follow it. Words are masked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from console.api_call import Answer, Call, Operation
from console.api_shapes import Shape
from desk.errors import NotFound
from desk.incident import Incident, IncidentId, IncidentState, JoinedHow
from desk.store import FollowerLine
from desk.ticket import Lane, Status
from workflows.storm_reads import IncidentSheet, incident_sheet


class IncidentQuery(Shape):
    """Which incidents a list shows."""

    state: IncidentState | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class IncidentShape(Shape):
    """An incident. `topic`: an intent, null when it is on several. `name_de`, `name_en`: what
    contacts read it called, if a person has written that. `tickets`: how many follow it."""

    id: int
    state: IncidentState
    title: str
    name_de: str | None
    name_en: str | None
    topic: str | None
    reasons: list[str]
    drill: bool
    began_at: datetime
    proposed_at: datetime
    decided_at: datetime | None
    resolved_at: datetime | None
    joined_into: int | None
    tickets: int


class IncidentList(Shape):
    """Newest first."""

    incidents: list[IncidentShape]


class FollowerShape(Shape):
    """A ticket that follows an incident. `words`: what its contact asked, masked. `waits`: for the outcome."""

    number: str
    status: Status
    lane: Lane | None
    how: JoinedHow
    joined_at: datetime
    words: str | None
    waits: bool


class IncidentDetails(IncidentShape):
    """One incident with its newest tickets, and the approved statement in both languages."""

    waiting: int
    solved: int
    statement: dict[str, str] | None
    followers: list[FollowerShape]


async def list_incidents(call: Call) -> Answer:
    """The newest."""
    asked: IncidentQuery = call.query
    states = (asked.state,) if asked.state else tuple(IncidentState)
    async with call.desk.store.begin() as work:
        found = await work.incidents.incidents(*states, limit=asked.limit)
    return 200, IncidentList(incidents=[IncidentShape(**_values(one)) for one in found])


async def get_incident(call: Call) -> Answer:
    """One with its tickets."""
    said = call.request.match_info["incident"]
    if len(said) > 18:
        raise NotFound("no such incident")
    sheet = await incident_sheet(call.desk, IncidentId(int(said)))
    return 200, _details(sheet)


def _values(incident: Incident) -> dict[str, object]:
    return {
        "id": incident.id,
        "state": incident.state,
        "title": incident.title,
        "name_de": incident.names.de,
        "name_en": incident.names.en,
        "topic": incident.topic,
        "reasons": list(incident.reasons),
        "drill": incident.drill,
        "began_at": incident.began_at,
        "proposed_at": incident.proposed_at,
        "decided_at": incident.decided_at,
        "resolved_at": incident.resolved_at,
        "joined_into": incident.joined_into,
        "tickets": incident.tickets,
    }


def _details(sheet: IncidentSheet) -> IncidentDetails:
    statement = sheet.statement
    return IncidentDetails(
        **_values(sheet.incident),
        waiting=sheet.counts.waiting,
        solved=sheet.counts.solved,
        statement={"de": statement.text_de, "en": statement.text_en} if statement else None,
        followers=[_follower(line) for line in sheet.lines if line.follower.left_at is None],
    )


def _follower(line: FollowerLine) -> FollowerShape:
    return FollowerShape(
        number=line.number,
        status=line.status,
        lane=line.lane,
        how=line.follower.how,
        joined_at=line.follower.joined_at,
        words=line.words,
        waits=line.waits,
    )


INCIDENT_OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET", "/incidents", "listIncidents", "Incidents, newest first", list_incidents, IncidentList, IncidentQuery
    ),
    Operation(
        "GET", "/incidents/{incident}", "getIncident", "An incident with its tickets", get_incident, IncidentDetails
    ),
)
