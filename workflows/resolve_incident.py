"""The problem is over: one answer to all who wait, each of whom may say that for them it is not. Or it is not over yet.

The answer goes out as a broadcast within the channels' pace; each ticket is answered by it and asks its contact for the
verdict. An incident that is opened again takes in what comes from then on; who was answered stays so unless they
write or say *not solved*.
"""

from __future__ import annotations

from desk.broadcast import BroadcastKind
from desk.errors import AlreadyDecided
from desk.incident import TRANSITIONS, Incident, IncidentId, IncidentState, IncidentTrigger
from desk.people import Responder
from workflows.permissions import steering
from workflows.start_broadcast import start_broadcast
from workflows.voice import Voice


async def resolve_incident(
    voice: Voice, by: Responder, incident_id: IncidentId, *, text_de: str, text_en: str
) -> Incident:
    """Raises NotAllowed, NotFound, AlreadyDecided; InputRejected without an answer in both languages while tickets
    follow it."""
    incident = await _moved(voice, by, incident_id, IncidentTrigger.RESOLVE)
    text_de, text_en = text_de.strip(), text_en.strip()
    if incident.tickets or text_de or text_en:
        await start_broadcast(voice, by, incident_id, BroadcastKind.OUTCOME, text_de=text_de, text_en=text_en)
    await voice.work.incidents.resolve(incident_id, by=by.id, now=voice.now)
    await voice.work.events.add("IncidentResolved", now=voice.now, responder_id=by.id, incident=incident_id)
    return incident


async def reopen_incident(voice: Voice, by: Responder, incident_id: IncidentId) -> Incident:
    """Raises NotAllowed, NotFound, AlreadyDecided."""
    incident = await _moved(voice, by, incident_id, IncidentTrigger.REOPEN)
    confirmed_by, confirmed_at = incident.decided_by or by.id, incident.decided_at or voice.now
    await voice.work.incidents.decide(incident_id, IncidentState.CONFIRMED, by=confirmed_by, now=confirmed_at)
    await voice.work.events.add("IncidentReopened", now=voice.now, responder_id=by.id, incident=incident_id)
    return incident


async def _moved(voice: Voice, by: Responder, incident_id: IncidentId, trigger: IncidentTrigger) -> Incident:
    steering(by)
    incident = await voice.work.incidents.incident(incident_id)
    if (incident.state, trigger) not in TRANSITIONS:
        raise AlreadyDecided(f"the incident is {incident.state}")
    return incident
