"""All that is known of an incident, for its report. Staff may read it; volunteers and contacts are numbers in it."""

from __future__ import annotations

from collections.abc import Sequence

from desk.errors import NotAllowed
from desk.incident import IncidentId
from desk.muster import Muster
from desk.people import Responder, Role
from desk.store import Work
from desk.storm_report import Cost, MusterCount, StormRecord, step_for, window_of
from workflows.care_desk import CareDesk

EXAMPLES = 5


async def storm_record(desk: CareDesk, reader: Responder, incident_id: IncidentId) -> StormRecord:
    """Raises NotAllowed, NotFound."""
    if reader.role is Role.VOLUNTEER:
        raise NotAllowed("staff only")
    return await record_of(desk, incident_id)


async def record_of(desk: CareDesk, incident_id: IncidentId) -> StormRecord:
    """For whoever may read it. Raises NotFound."""
    now = desk.clock.now()
    async with desk.store.begin() as work:
        incident = await work.incidents.incident(incident_id)
        alerts = await work.alerts.of_incident(incident_id)
        since, until = window_of(incident, alerts, now)
        step = step_for(until - since)
        statements = await work.statements.of_incident(incident_id)
        approved = [one.approved_at for one in statements if one.approved_at is not None]
        return StormRecord(
            incident=incident,
            alerts=alerts,
            questions=await work.storm_reports.questions(incident_id),
            spans=await work.storm_reports.spans(incident_id, incident.topic, since, until, step),
            step=step,
            deeds=await work.storm_reports.deeds(incident_id, since),
            statement_at=min(approved, default=None),
            muster=await _mustered(work, await work.musters.of_incident(incident_id)),
            lessons=await work.lessons.of_incident(incident_id),
            examples=[text for text, _how in await work.followers.examples(incident_id, limit=EXAMPLES)],
            cost=_cost(desk),
            made_at=now,
        )


def _cost(desk: CareDesk) -> Cost:
    said = desk.policy().storm.cost
    return Cost(said.minutes, said.an_hour, said.currency)


async def _mustered(work: Work, musters: Sequence[Muster]) -> MusterCount:
    """All calls of the incident together."""
    figures = [await work.musters.figures(muster.id) for muster in musters]
    answered = [*(one.first_answer_at for one in musters), *(one.first_answer_at for one in figures)]
    return MusterCount(
        called_at=min((muster.called_at for muster in musters), default=None),
        told=sum(one.told for one in figures),
        came=sum(one.came for one in figures),
        first_answer_at=min((at for at in answered if at is not None), default=None),
    )
