"""Commands of coordinators about storms: /storm says what is going on, with the buttons to decide.

In private only: what stands there is not for groups.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from desk.conversation import Button, ButtonRows, Surface
from desk.errors import NotAllowed
from desk.incident import Incident, IncidentState
from desk.people import Responder
from desk.phrases import marked as _
from workflows.permissions import steering
from workflows.spoken import Spoken

MOST_TOLD = 5


async def storm(spoken: Spoken, responder: Responder) -> str | None:
    """Alerts nobody has looked at, incidents that wait for a decision, and those under way; each with its buttons."""
    steering(responder)
    if spoken.event.surface is not Surface.PRIVATE:
        raise NotAllowed("in private only")
    work = spoken.voice.work
    alerts = [one for one in await work.alerts.open() if one.incident_id is None][:MOST_TOLD]
    proposed = await work.incidents.incidents(IncidentState.PROPOSED, limit=MOST_TOLD)
    confirmed = await work.incidents.incidents(IncidentState.CONFIRMED, limit=MOST_TOLD)
    for alert in alerts:
        text = "\n".join([spoken.say(_("⚠ **Alert**")), *alert.reasons])
        await spoken.voice.to_address(spoken.event.address, text, buttons=_acknowledging(spoken, alert.id))
    for incident in (*proposed, *confirmed):
        buttons = _deciding(spoken, incident) if incident.state is IncidentState.PROPOSED else ()
        await spoken.voice.to_address(spoken.event.address, _told(spoken, incident), buttons=buttons)
    room = f"{spoken.voice.desk.public_url}/console/storm"
    if alerts or proposed or confirmed:
        return spoken.say(_("The storm room: {link}"), link=room)
    return spoken.say(_("All calm: no alert, no incident. The storm room: {link}"), link=room)


def _told(spoken: Spoken, incident: Incident) -> str:
    head = _("❓ **{title}**") if incident.state is IncidentState.PROPOSED else _("🔴 **{title}**")
    lines = [spoken.say(head, title=incident.title)]
    if incident.drill:
        lines.insert(0, spoken.say(_("🧪 This is a drill, nothing has happened.")))
    if incident.state is IncidentState.PROPOSED:
        lines += incident.reasons
    lines.append(spoken.say(_("Questions that follow it: {count}"), count=incident.tickets))
    return "\n".join([*lines, f"{spoken.voice.desk.public_url}/console/storm/{incident.id}"])


def _deciding(spoken: Spoken, incident: Incident) -> ButtonRows:
    return (
        (
            Button(spoken.say(_("Confirm")), f"storm.confirm:{incident.id}"),
            Button(spoken.say(_("Not a problem")), f"storm.dismiss:{incident.id}"),
        ),
    )


def _acknowledging(spoken: Spoken, alert_id: int) -> ButtonRows:
    return ((Button(spoken.say(_("I am looking at it")), f"storm.ack:{alert_id}"),),)


COORDINATOR_COMMANDS: dict[str, Callable[[Spoken, Responder], Awaitable[str | None]]] = {"storm": storm}
