"""A coordinator opens an incident by hand: what they have seen is real, so it is confirmed at once."""

from __future__ import annotations

from collections.abc import Sequence

from desk.errors import InputRejected
from desk.incident import (
    LONGEST_TITLE,
    UNNAMED,
    IncidentId,
    IncidentState,
    IncidentTrigger,
    JoinedHow,
    NewIncident,
    PublicNames,
    after,
)
from desk.intents import INTENT
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import TicketId
from workflows.permissions import steering
from workflows.voice import Voice


async def open_incident(
    voice: Voice,
    by: Responder,
    *,
    title: str,
    topic: str | None,
    names: PublicNames = UNNAMED,
    tickets: Sequence[TicketId] = (),
) -> IncidentId:
    """Tickets that follow another incident stay there. Raises NotAllowed, InputRejected."""
    steering(by)
    title = checked_title(title)
    opened = voice.say(voice.desk.locale, _("opened by hand by {name}"), name=by.name)
    new = NewIncident(
        title, checked_topic(topic), [opened], began_at=voice.now, proposed_by=by.id, names=checked_names(names)
    )
    incident_id = await voice.work.incidents.propose(new, now=voice.now)
    state = after(IncidentState.PROPOSED, IncidentTrigger.CONFIRM)
    await voice.work.incidents.decide(incident_id, state, by=by.id, now=voice.now)
    await voice.work.incidents.follow(incident_id, tickets, JoinedHow.BY_HAND, now=voice.now)
    await voice.work.events.add("IncidentOpened", now=voice.now, responder_id=by.id, incident=incident_id)
    return incident_id


def checked_title(title: str) -> str:
    """On one line, not empty, not too long. Raises InputRejected."""
    title = " ".join(title.split())
    if not 0 < len(title) <= LONGEST_TITLE:
        raise InputRejected(f"title: expected 1 to {LONGEST_TITLE} characters")
    return title


def checked_names(names: PublicNames) -> PublicNames:
    """Each on one line, not too long; one without words is none. Raises InputRejected."""
    given = [" ".join((name or "").split()) or None for name in (names.de, names.en)]
    if any(name is not None and len(name) > LONGEST_TITLE for name in given):
        raise InputRejected(f"name: expected up to {LONGEST_TITLE} characters")
    return PublicNames(*given)


def checked_topic(topic: str | None) -> str | None:
    """An intent, or None for several. Raises InputRejected."""
    if topic and topic not in INTENT:
        raise InputRejected("topic: not one that we know")
    return topic or None
