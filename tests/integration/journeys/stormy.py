"""What journeys in a storm have in common: a confirmed incident, volunteers who opted in, the storm care's steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk.incident import Incident, IncidentId, IncidentState, NewIncident, PublicNames
from desk.muster import GRACE, MusterFigures, MusterId
from desk.people import Responder, Role, TrustLevel
from desk.storm_wishes import StormWishes
from tests.integration.journeys.care import Care
from workflows.call_muster import call_muster, usual_terms
from workflows.care_desk import CareDesk
from workflows.end_muster import look_after_musters, thank_for_musters
from workflows.send_calls import send_calls
from workflows.voice import speaking
from workflows.wish_for_storms import wish_for_storms

CALLED = StormWishes(is_called=True)
ROUND = timedelta(seconds=2)


async def confirmed(
    care: Care, by: Responder, *, topic: str | None = "technical_fault", drill: bool = False
) -> Incident:
    """An incident that a coordinator opened by hand."""
    async with speaking(care.desk) as voice:
        new = NewIncident(
            "Router", topic, (), voice.now, by.id, drill, PublicNames("Router are down", "Router are down")
        )
        incident_id = await voice.work.incidents.propose(new, now=voice.now)
        await voice.work.incidents.decide(incident_id, IncidentState.CONFIRMED, by=by.id, now=voice.now)
        return await voice.work.incidents.incident(incident_id)


async def opts_in(
    care: Care, who: str, wishes: StormWishes = CALLED, *, trust: TrustLevel = TrustLevel.HELPER, joins: bool = True
) -> Responder:
    """A volunteer who may be called."""
    responder = await care.joins(who, Role.VOLUNTEER, trust=trust) if joins else await care_of(care, who)
    async with speaking(care.desk) as voice:
        await wish_for_storms(voice, responder, wishes)
    return responder


async def care_of(care: Care, who: str) -> Responder:
    """The volunteer as they are now."""
    async with care.desk.store.begin() as work:
        found = await work.people.responder_of_account("telegram", who)
    assert found is not None
    return found


async def call(care: Care, by: Responder, incident_id: IncidentId, **changes: object) -> MusterId:
    """Calls a muster on the usual terms, and lets the first calls go out."""
    async with speaking(care.desk) as voice:
        incident = await voice.work.incidents.incident(incident_id)
        terms = replace(usual_terms(voice, incident), **changes)  # type: ignore[arg-type]
        called = await call_muster(voice, by, incident_id, terms)
    await later(care, GRACE)
    return called


async def later(care: Care, length: timedelta = ROUND) -> None:
    """Time passes, and the storm care takes its steps about musters until nothing is left."""
    await care.pass_time(length)
    while await muster_steps(care.desk):
        await care.settle()
    await care.settle()


async def muster_steps(desk: CareDesk) -> int:
    """What one process does about musters every few seconds."""
    return await look_after_musters(desk) + await send_calls(desk) + await thank_for_musters(desk)


async def figures(care: Care, muster_id: MusterId) -> MusterFigures:
    """How the muster goes."""
    async with care.desk.store.begin() as work:
        return await work.musters.figures(muster_id)
