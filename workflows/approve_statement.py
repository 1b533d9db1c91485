"""A coordinator stands for a statement: from now on contacts get it. Or nobody is to get it any more.

The version before is replaced. Everybody who got another text of the incident is told the new one as a correction, by
themselves and whatever became of their question; whoever was still waiting for the old one gets the new one instead.
All others who wait are told on request (`tell_waiting`). Volunteers who are in for it read it at once.
"""

from __future__ import annotations

from dataclasses import replace

from desk.broadcast import BroadcastId, BroadcastKind, BroadcastTrigger
from desk.conversation import Button
from desk.errors import AnotherMustApprove, IllegalTransition, NotFound
from desk.incident import Incident, IncidentId, IncidentState
from desk.people import Responder, Role
from desk.phrases import marked as _
from desk.statement import Statement, StatementId, StatementTrigger, after, may_approve
from workflows.permissions import steering
from workflows.start_broadcast import change_broadcast, start_broadcast
from workflows.tell_wording import tell_withdrawn, tell_wording
from workflows.voice import Voice
from workflows.write_statement import must_be_right, note, version_of

WITHDRAWN = _(
    "📋 {name} withdrew the statement on “{title}”. Contacts who have it: {count}. By itself nothing tells them: write "
    "a correction, it reaches all of them."
)
_CONFIRMED = (IncidentState.CONFIRMED, IncidentState.RESOLVED)


async def approve_statement(
    voice: Voice, by: Responder, statement_id: StatementId, incident_id: IncidentId
) -> BroadcastId | None:
    """The correction that goes out by itself, if anybody got another text. Raises NotAllowed, NotFound,
    IllegalTransition, AnotherMustApprove, WordsRefused."""
    steering(by)
    incident = await voice.work.incidents.incident(incident_id)
    statement = await version_of(voice, incident_id, statement_id)
    state = after(statement.state, StatementTrigger.APPROVE)
    if incident.state not in _CONFIRMED:
        raise IllegalTransition("incident", incident.state, "a statement")
    if not may_approve(by.id, statement, two_people=voice.desk.policy().storm.two_people):
        raise AnotherMustApprove("two people")
    must_be_right(voice.desk, statement)
    before = await _in_force(voice, incident_id)
    if before is not None:
        await _end(voice, by, before, StatementTrigger.REPLACE)
    approved = replace(statement, state=state, approved_by=by.id, approved_at=voice.now, note=None)
    await voice.work.statements.save(approved)
    await note(voice, by, approved, "StatementApproved")
    await tell_wording(voice, approved)
    return await _send(voice, by, approved, BroadcastKind.CORRECTION)


async def withdraw_statement(voice: Voice, by: Responder, statement_id: StatementId, incident_id: IncidentId) -> int:
    """Nobody gets it any more, also not those who were still waiting for it. Volunteers who are in hear so. Contacts
    who have it are told nothing by this: what to say instead is for a person to write, as a correction, and every
    coordinator is asked for it. How many have it. Raises NotAllowed, NotFound, IllegalTransition."""
    steering(by)
    incident = await voice.work.incidents.incident(incident_id)
    statement = await version_of(voice, incident_id, statement_id)
    await _end(voice, by, statement, StatementTrigger.WITHDRAW)
    for broadcast in await voice.work.broadcasts.of_incident(incident_id):
        if broadcast.is_live and broadcast.statement_id is not None:
            await change_broadcast(voice, by, broadcast.id, BroadcastTrigger.STOP)
    await note(voice, by, statement, "StatementWithdrawn")
    await tell_withdrawn(voice, statement)
    # Counted only now that nobody puts it any more.
    told = (await version_of(voice, incident_id, statement_id)).told
    if told:
        await _ask_for_correction(voice, by, incident, told)
    return told


async def _ask_for_correction(voice: Voice, by: Responder, incident: Incident, told: int) -> None:
    page = f"{voice.desk.public_url}/console/storm/{incident.id}/statement"
    asked = []
    for one in await voice.work.people.responders():
        if one.active and one.role in (Role.COORDINATOR, Role.ADMIN):
            text = voice.say(one.locale, WITHDRAWN, name=by.name, title=incident.title, count=told)
            asked.append((one, text, ((Button(voice.say(one.locale, _("Write a correction")), url=page),),)))
    await voice.to_responders(asked)


async def tell_waiting(voice: Voice, by: Responder, incident_id: IncidentId) -> BroadcastId | None:
    """All who wait on the incident get the statement in force; None: they all have it. Raises NotAllowed, NotFound."""
    steering(by)
    await voice.work.incidents.incident(incident_id)
    statement = await _in_force(voice, incident_id)
    if statement is None:
        raise NotFound("no statement is in force")
    return await _send(voice, by, statement, BroadcastKind.STATEMENT)


async def _send(voice: Voice, by: Responder, statement: Statement, kind: BroadcastKind) -> BroadcastId | None:
    return await start_broadcast(
        voice, by, statement.incident_id, kind,
        text_de=statement.text_de, text_en=statement.text_en, statement=statement,
    )  # fmt: skip


async def _in_force(voice: Voice, incident_id: IncidentId) -> Statement | None:
    return await voice.work.statements.in_force(incident_id)


async def _end(voice: Voice, by: Responder, statement: Statement, trigger: StatementTrigger) -> None:
    """Waits for whoever is just being told: who got it is certain after this."""
    ended = replace(statement, state=after(statement.state, trigger), ended_by=by.id, ended_at=voice.now)
    await voice.work.statements.save(ended)
