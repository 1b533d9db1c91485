"""The playbook offers a coordinator to call the volunteers: one button, on the usual terms, with undo.

Where it says `muster: ask` for the storm on a topic, the button stands under the alert and on the incident's page.
Under the alert it confirms the incident, too: nobody is called for a problem that is none. Nothing happens by itself.
"""

from __future__ import annotations

from desk.incident import Incident, IncidentId, IncidentState
from desk.muster import GRACE, MusterId, MusterState
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import Work
from routing.storm import StormLevel
from workflows.call_muster import call_muster, usual_terms
from workflows.care_desk import CareDesk
from workflows.decide_incident import confirm_incident
from workflows.end_muster import call_off
from workflows.incident_name import public_name
from workflows.voice import Voice

CALLED = _("📣 **{title}**: volunteers on the list: {count}. The first calls go out in {seconds} seconds.")
NOBODY = _("📣 **{title}**: nobody who opted in may be called now. Whoever opts in meanwhile is called.")


def is_offered(desk: CareDesk, topic: str | None) -> bool:
    """Whether the playbook in force offers it in a storm on the topic; None: on several."""
    return desk.storms.playbook.play(StormLevel.STORM, topic).muster == "ask"


async def may_call(desk: CareDesk, work: Work, incident: Incident) -> bool:
    """Whether there is something to offer: the playbook does, and nobody was called for it yet but by mistake."""
    return (
        incident.is_live
        and is_offered(desk, incident.topic)
        and all(one.state is MusterState.CALLED_OFF for one in await work.musters.of_incident(incident.id))
    )


async def call_at_once(voice: Voice, by: Responder, incident_id: IncidentId) -> MusterId:
    """Confirms what is only proposed, and calls. Whoever did it has the button to undo it. Raises NotAllowed, NotFound,
    AlreadyDecided, InputRejected when one is called already."""
    incident = await voice.work.incidents.incident(incident_id)
    if incident.state is IncidentState.PROPOSED:
        await confirm_incident(voice, by, incident_id)
    muster_id = await call_muster(voice, by, incident_id, usual_terms(voice, incident))
    waiting = (await voice.work.musters.figures(muster_id)).waiting
    title, seconds = public_name(voice, by.locale, incident), round(GRACE.total_seconds())
    text = voice.say(by.locale, CALLED if waiting else NOBODY, title=title, count=waiting, seconds=seconds)
    await voice.to_responder(by, text, buttons=voice.buttons(by.locale).undo_muster(muster_id))
    return muster_id


async def undo(voice: Voice, by: Responder, muster_id: MusterId) -> None:
    """It was a mistake: whoever was told reads so. Raises NotAllowed, NotFound, IllegalTransition, InputRejected when
    everybody has been told."""
    await call_off(voice, by, muster_id)
