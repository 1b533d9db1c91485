"""A coordinator decides about a proposed incident: it is real, or it is none.

Of two coordinators at once the second finds what the first decided: the same is fine, the opposite is refused. What
follows a confirmed incident is taken in by workflows/follow_incident.py; what followed a dismissed one is let go there
and routed as ever. Dismissing teaches the early warning what is usual (the watch sees it in the incident's state).
"""

from __future__ import annotations

from desk.errors import AlreadyDecided
from desk.incident import TRANSITIONS, Incident, IncidentId, IncidentState, IncidentTrigger
from desk.people import Responder
from workflows.permissions import steering
from workflows.voice import Voice


async def confirm_incident(voice: Voice, by: Responder, incident_id: IncidentId) -> Incident:
    """It is real. Raises NotAllowed, NotFound, AlreadyDecided."""
    incident = await _decided(voice, by, incident_id, IncidentTrigger.CONFIRM, IncidentState.CONFIRMED)
    if incident.state is not IncidentState.CONFIRMED:
        await voice.work.events.add("IncidentConfirmed", now=voice.now, responder_id=by.id, incident=incident_id)
        await _acknowledge(voice, by, incident_id)
    return incident


async def dismiss_incident(voice: Voice, by: Responder, incident_id: IncidentId) -> Incident:
    """It is none, or not one problem. Raises NotAllowed, NotFound, AlreadyDecided."""
    incident = await _decided(voice, by, incident_id, IncidentTrigger.DISMISS, IncidentState.DISMISSED)
    if incident.state is not IncidentState.DISMISSED:
        await voice.work.events.add("IncidentDismissed", now=voice.now, responder_id=by.id, incident=incident_id)
        await _acknowledge(voice, by, incident_id)
    return incident


async def _decided(
    voice: Voice, by: Responder, incident_id: IncidentId, trigger: IncidentTrigger, meant: IncidentState
) -> Incident:
    """The incident as it was before; it stays so when that is what was meant."""
    steering(by)
    incident = await voice.work.incidents.incident(incident_id)
    if incident.state is meant:
        return incident
    state = TRANSITIONS.get((incident.state, trigger))
    if state is None:
        raise AlreadyDecided(f"the incident is {incident.state}")
    await voice.work.incidents.decide(incident_id, state, by=by.id, now=voice.now)
    return incident


async def _acknowledge(voice: Voice, by: Responder, incident_id: IncidentId) -> None:
    """Whoever decides has looked at the alerts: nobody else is called."""
    for alert in await voice.work.alerts.of_incident(incident_id):
        if alert.acknowledged_at is None:
            await voice.work.alerts.acknowledge(alert.id, by=by.id, now=voice.now)
