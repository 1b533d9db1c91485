"""What the storm room shows: levels, alerts, incidents; one incident with its tickets. Nothing here changes anything.

Words of contacts are shown masked, and an incident's page never lists more than MOST_LINES of its tickets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.alert import Alert
from desk.errors import NotFound
from desk.incident import LIVE, Incident, IncidentId, IncidentState
from desk.muster import Muster, MusterFigures
from desk.people import Responder, ResponderId
from desk.statement import Statement
from desk.store import FollowerCounts, FollowerLine, Work
from desk.store.storms import LevelOf
from workflows.care_desk import CareDesk
from workflows.offer_muster import may_call

MOST_LIVE = 50
MOST_OVER = 20
MOST_LINES = 100
MOST_BARS = 48
STEPS = tuple(timedelta(minutes=one) for one in (5, 15, 30, 60, 180, 360, 720, 1440, 10080))
SHOWN_BEFORE = timedelta(minutes=30)
OVER = (IncidentState.RESOLVED, IncidentState.DISMISSED, IncidentState.JOINED)


@dataclass(frozen=True, slots=True)
class StormRoom:
    """How it stands now. `people`: whoever is named in it."""

    levels: Sequence[LevelOf]
    alerts: Sequence[Alert]
    proposed: Sequence[Incident]
    confirmed: Sequence[Incident]
    over: Sequence[Incident]
    people: Mapping[ResponderId, Responder]


@dataclass(frozen=True, slots=True)
class Pulse:
    """How many of an incident's tickets were opened in each `step` of time from `since` on."""

    since: datetime
    step: timedelta
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class IncidentSheet:
    """One incident. `others`: live ones that it could be joined with; `into`: the one it goes on in."""

    incident: Incident
    into: Incident | None
    alerts: Sequence[Alert]
    lines: Sequence[FollowerLine]
    counts: FollowerCounts
    pulse: Pulse
    statement: Statement | None
    muster: tuple[Muster, MusterFigures] | None
    may_muster: bool
    others: Sequence[Incident]
    people: Mapping[ResponderId, Responder]


async def storm_room(desk: CareDesk) -> StormRoom:
    """Everything that is under way, and what was lately."""
    async with desk.store.begin() as work:
        alerts = await work.alerts.open()
        proposed = await work.incidents.incidents(IncidentState.PROPOSED, limit=MOST_LIVE)
        confirmed = await work.incidents.incidents(IncidentState.CONFIRMED, limit=MOST_LIVE)
        over = await work.incidents.incidents(*OVER, limit=MOST_OVER)
        return StormRoom(
            levels=await work.storms.levels(),
            alerts=alerts,
            proposed=proposed,
            confirmed=confirmed,
            over=over,
            people=await _named(work, [*proposed, *confirmed, *over], alerts),
        )


async def incident_sheet(desk: CareDesk, incident_id: IncidentId) -> IncidentSheet:
    """Raises NotFound."""
    now = desk.clock.now()
    async with desk.store.begin() as work:
        incident = await work.incidents.seen(incident_id)
        if incident is None:
            raise NotFound("no such incident")
        alerts = await work.alerts.of_incident(incident_id)
        others = await work.incidents.incidents(*LIVE, limit=MOST_LIVE)
        return IncidentSheet(
            incident=incident,
            into=None if incident.joined_into is None else await work.incidents.seen(incident.joined_into),
            alerts=alerts,
            lines=await work.followers.lines(incident_id, limit=MOST_LINES),
            counts=await work.followers.counts(incident_id),
            pulse=await _pulse(work, incident, now),
            statement=await work.statements.in_force(incident_id),
            muster=await _live_muster(work, incident_id),
            may_muster=await may_call(desk, work, incident),
            others=[one for one in others if one.id != incident_id],
            people=await _named(work, [incident], alerts),
        )


async def _live_muster(work: Work, incident_id: IncidentId) -> tuple[Muster, MusterFigures] | None:
    for muster in await work.musters.of_incident(incident_id):
        if muster.is_live:
            return muster, await work.musters.figures(muster.id)
    return None


async def _pulse(work: Work, incident: Incident, now: datetime) -> Pulse:
    """From a little before it began until now, or until it was resolved."""
    until = incident.resolved_at or now
    since = incident.began_at - SHOWN_BEFORE
    step = next((one for one in STEPS if (until - since) / one <= MOST_BARS), STEPS[-1])
    since = max(since, until - MOST_BARS * step)
    return Pulse(since, step, await work.followers.opened(incident.id, since, step, until=max(until, since + step)))


async def _named(work: Work, incidents: Sequence[Incident], alerts: Sequence[Alert]) -> Mapping[ResponderId, Responder]:
    ids = {one for incident in incidents for one in (incident.proposed_by, incident.decided_by, incident.resolved_by)}
    ids |= {alert.acknowledged_by for alert in alerts}
    return await work.people.responders_by_id(sorted(one for one in ids if one is not None))
