"""A coordinator changes an incident: its title and topic, which tickets follow it, what it is one with.

The incident's row is locked first; tickets that come to follow it meanwhile do not wait for that. Tickets are taken in
afterwards, each under its own conversation's lock (workflows/follow_incident.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from desk.errors import AlreadyDecided, InputRejected
from desk.incident import (
    TRANSITIONS,
    UNNAMED,
    Incident,
    IncidentId,
    IncidentState,
    IncidentTrigger,
    JoinedHow,
    LeftWhy,
    NewIncident,
    PublicNames,
)
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import Status, Ticket, TicketId
from workflows.follow_incident import follow_incident, follows_because
from workflows.leave_incident import leave_incident
from workflows.open_incident import checked_names, checked_title, checked_topic
from workflows.permissions import steering
from workflows.voice import Voice


async def edit_incident(
    voice: Voice,
    by: Responder,
    incident_id: IncidentId,
    *,
    title: str,
    topic: str | None,
    names: PublicNames = UNNAMED,
) -> None:
    """Another title, another topic, other names. Raises NotAllowed, NotFound, InputRejected, AlreadyDecided."""
    incident = await _live(voice, by, incident_id)
    title, topic, names = checked_title(title), checked_topic(topic), checked_names(names)
    if (incident.title, incident.topic, incident.names) == (title, topic, names):
        return
    await voice.work.incidents.edit(incident_id, title=title, topic=topic, names=names)
    await voice.work.events.add(
        "IncidentEdited",
        now=voice.now,
        responder_id=by.id,
        incident=incident_id,
        title_before=incident.title,
        topic_before=incident.topic,
    )


async def join_incidents(voice: Voice, by: Responder, incident_id: IncidentId, into: IncidentId) -> None:
    """The one goes on in the other, with its tickets, clusters and alerts. A confirmed one joins a confirmed one only:
    its contacts were told that it is known. Raises NotAllowed, NotFound, InputRejected, AlreadyDecided."""
    if incident_id == into:
        raise InputRejected("into: expected another incident")
    locked = {one: await _live(voice, by, one) for one in sorted((incident_id, into))}
    joining, target = locked[incident_id], locked[into]
    if (joining.state, IncidentTrigger.JOIN) not in TRANSITIONS:
        raise AlreadyDecided(f"the incident is {joining.state}")
    if joining.state is IncidentState.CONFIRMED and target.state is not IncidentState.CONFIRMED:
        raise InputRejected("into: confirm it first; a confirmed incident cannot go on in a proposed one")
    await voice.work.incidents.join(incident_id, into, by=by.id, now=voice.now)
    for alert in await voice.work.alerts.of_incident(incident_id):
        await voice.work.alerts.belongs_to(alert.id, into)
    await voice.work.events.add(
        "IncidentJoined", now=voice.now, responder_id=by.id, incident=into, joined=incident_id, title=joining.title
    )


async def split_incident(
    voice: Voice, by: Responder, incident_id: IncidentId, *, title: str, tickets: Sequence[TicketId]
) -> IncidentId:
    """Some of its tickets are another problem: a new incident, as far decided as this one.
    Raises NotAllowed, NotFound, InputRejected, AlreadyDecided."""
    incident = await _live(voice, by, incident_id)
    following = {
        one.ticket_id for one in await voice.work.incidents.followers(incident_id) if one.left_at is None
    } & set(tickets)
    if not following:
        raise InputRejected("tickets: choose some that follow this incident")
    why = voice.say(voice.desk.locale, _("split off “{title}” by {name}"), title=incident.title, name=by.name)
    new = NewIncident(checked_title(title), incident.topic, [why], incident.began_at, by.id, incident.drill)
    new_id = await voice.work.incidents.propose(new, now=voice.now)
    if incident.state is IncidentState.CONFIRMED:
        await voice.work.incidents.decide(new_id, IncidentState.CONFIRMED, by=by.id, now=voice.now)
    moved = [one for one in sorted(following) if await voice.work.incidents.leave(one, LeftWhy.SPLIT, now=voice.now)]
    await voice.work.incidents.follow(new_id, moved, JoinedHow.BY_HAND, now=voice.now)
    await voice.work.events.add(
        "IncidentSplit", now=voice.now, responder_id=by.id, incident=incident_id, into=new_id, tickets=len(moved)
    )
    return new_id


async def add_to_incident(voice: Voice, by: Responder, incident_id: IncidentId, number: str) -> Ticket:
    """A ticket follows it by a coordinator's word. Raises NotAllowed, NotFound, InputRejected, AlreadyDecided."""
    steering(by)
    seen = await voice.work.tickets.by_number(number)
    ticket, conversation = await voice.work.tickets.lock(seen.id)
    incident = await voice.work.incidents.seen(incident_id)
    if incident is None or not incident.is_live:
        raise AlreadyDecided("the incident is over")
    if ticket.status in (Status.SOLVED, Status.CLOSED):
        raise InputRejected("ticket: it is solved already")
    followed = await voice.work.incidents.followed_by(ticket.id)
    if followed is not None and followed.id != incident_id:
        raise InputRejected(f"ticket: it follows “{followed.title}”; take it out there first")
    why = follows_because(voice, incident)
    if await follow_incident(voice, ticket, conversation, incident, JoinedHow.BY_HAND, why):
        await voice.work.events.add(
            "AddedToIncident", now=voice.now, ticket_id=ticket.id, responder_id=by.id, incident=incident_id
        )
    return ticket


async def take_out(voice: Voice, by: Responder, incident_id: IncidentId, ticket_id: TicketId) -> None:
    """A ticket goes its own way by a coordinator's word. Nothing happens when it does not follow this one.
    Raises NotAllowed, NotFound, TicketClosed."""
    steering(by)
    ticket, conversation = await voice.work.tickets.lock(ticket_id)
    followed = await voice.work.incidents.followed_by(ticket.id)
    if followed is not None and followed.id == incident_id:
        await leave_incident(voice, ticket, conversation, LeftWhy.BY_HAND, by=by)


async def _live(voice: Voice, by: Responder, incident_id: IncidentId) -> Incident:
    steering(by)
    incident = await voice.work.incidents.incident(incident_id)
    if not incident.is_live:
        raise AlreadyDecided(f"the incident is {incident.state}")
    return incident
