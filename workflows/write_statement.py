"""A coordinator drafts the statement on an incident, submits, returns, drops or withdraws it.

Words are checked when it is submitted, and again when it is approved (workflows/approve_statement.py): no personal
data, no insults, no gaps left of a template, links only to where the policy allows. Two people who write at once do
not overwrite each other: whoever is second is told. When it is submitted the other coordinators hear of it in their
chats, with a button to approve.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk.answer_check import Finding
from desk.conversation import Button
from desk.errors import IllegalTransition, InputRejected, NotFound, TextChanged, WordsRefused
from desk.incident import Incident, IncidentId, IncidentState
from desk.people import Locale, Responder
from desk.phrases import marked as _
from desk.statement import (
    LONGEST_NOTE,
    LONGEST_STATEMENT,
    Statement,
    StatementId,
    StatementTrigger,
    after,
    gaps,
    may_approve,
    refused,
)
from workflows.care_desk import CareDesk
from workflows.check_words import check_words
from workflows.permissions import steering
from workflows.voice import Voice

WAITS_FOR_YOU = _(
    "✍️ {name} asks you to look at the statement on “{title}” (version {version}). Contacts get it when you approve it."
)

_OVER = (IncidentState.DISMISSED, IncidentState.JOINED)


async def write_statement(
    voice: Voice, by: Responder, incident_id: IncidentId, text_de: str, text_en: str, *, seen: datetime | None
) -> Statement:
    """The draft as it is now; a new version when none is under way. `seen`: when the draft that was changed had been
    written, None: there was none. Raises NotAllowed, NotFound, InputRejected, IllegalTransition, TextChanged."""
    steering(by)
    german, english = _trimmed(text_de, text_en)
    incident = await _open_incident(voice, incident_id)
    draft = await under_way(voice, incident_id)
    if (draft.written_at if draft else None) != seen:
        raise TextChanged("somebody else wrote meanwhile")
    if draft is None:
        draft = await voice.work.statements.write(incident.id, text_de=german, text_en=english, by=by.id, now=voice.now)
    else:
        draft = replace(
            draft,
            state=after(draft.state, StatementTrigger.WRITE),
            text_de=german,
            text_en=english,
            author_id=by.id,
            written_at=voice.now,
            submitted_by=None,
            submitted_at=None,
        )
        await voice.work.statements.save(draft)
    await note(voice, by, draft, "StatementWritten")
    return draft


def _trimmed(text_de: str, text_en: str) -> tuple[str, str]:
    german, english = text_de.strip(), text_en.strip()
    if max(len(german), len(english)) > LONGEST_STATEMENT:
        raise InputRejected(f"text: at most {LONGEST_STATEMENT} characters in each language")
    if not german and not english:
        raise InputRejected("text: empty in both languages")
    return german, english


async def submit_statement(voice: Voice, by: Responder, statement_id: StatementId, incident_id: IncidentId) -> None:
    """Another coordinator is asked to look. Raises NotAllowed, NotFound, IllegalTransition, WordsRefused."""
    incident, statement = await _locked(voice, by, statement_id, incident_id)
    state = after(statement.state, StatementTrigger.SUBMIT)
    must_be_right(voice.desk, statement)
    submitted = replace(statement, state=state, submitted_by=by.id, submitted_at=voice.now, note=None)
    await voice.work.statements.save(submitted)
    await note(voice, by, submitted, "StatementSubmitted")
    await _ask_others(voice, by, incident, submitted)


async def return_statement(
    voice: Voice, by: Responder, statement_id: StatementId, incident_id: IncidentId, words: str
) -> None:
    """It is a draft again, with a note. Raises NotAllowed, NotFound, IllegalTransition, InputRejected."""
    said = " ".join(words.split())
    if not 0 < len(said) <= LONGEST_NOTE:
        raise InputRejected(f"note: expected 1 to {LONGEST_NOTE} characters")
    _incident, statement = await _locked(voice, by, statement_id, incident_id)
    state = after(statement.state, StatementTrigger.RETURN)
    await voice.work.statements.save(replace(statement, state=state, note=said, submitted_by=None, submitted_at=None))
    await note(voice, by, statement, "StatementReturned")


async def drop_statement(voice: Voice, by: Responder, statement_id: StatementId, incident_id: IncidentId) -> None:
    """It is not needed. Raises NotAllowed, NotFound, IllegalTransition."""
    _incident, statement = await _locked(voice, by, statement_id, incident_id)
    state = after(statement.state, StatementTrigger.DROP)
    await voice.work.statements.save(replace(statement, state=state, ended_by=by.id, ended_at=voice.now))
    await note(voice, by, statement, "StatementDropped")


async def _locked(
    voice: Voice, by: Responder, statement_id: StatementId, incident_id: IncidentId
) -> tuple[Incident, Statement]:
    steering(by)
    incident = await voice.work.incidents.incident(incident_id)
    return incident, await version_of(voice, incident_id, statement_id)


async def version_of(voice: Voice, incident_id: IncidentId, statement_id: StatementId) -> Statement:
    """One of an incident's. Raises NotFound."""
    for one in await voice.work.statements.of_incident(incident_id):
        if one.id == statement_id:
            return one
    raise NotFound("no such statement of this incident")


async def under_way(voice: Voice, incident_id: IncidentId) -> Statement | None:
    """The one that is written or looked at now."""
    versions = await voice.work.statements.of_incident(incident_id)
    return next((one for one in versions if one.is_under_way), None)


async def _open_incident(voice: Voice, incident_id: IncidentId) -> Incident:
    incident = await voice.work.incidents.incident(incident_id)
    if incident.state in _OVER:
        raise IllegalTransition("incident", incident.state, "a statement")
    return incident


def findings_in(desk: CareDesk, statement: Statement) -> dict[Locale, tuple[Finding, ...]]:
    """What the check says to its words, a language each."""
    return {locale: check_words(desk, statement.text(locale)) for locale in Locale}


def must_be_right(desk: CareDesk, statement: Statement) -> None:
    """Raises WordsRefused."""
    unfinished = statement.missing or gaps(statement.text_de) or gaps(statement.text_en)
    if unfinished or any(refused(found) for found in findings_in(desk, statement).values()):
        raise WordsRefused("see the findings")


async def note(voice: Voice, by: Responder, statement: Statement, event: str) -> None:
    """For the log and the timeline."""
    await voice.work.events.add(
        event, now=voice.now, responder_id=by.id, incident=statement.incident_id, version=statement.version
    )


async def _ask_others(voice: Voice, by: Responder, incident: Incident, statement: Statement) -> None:
    """Those who may approve it read both texts and have the button."""
    two = voice.desk.policy().storm.two_people
    told = []
    for one in await voice.work.people.responders():
        if one.id == by.id or not one.active or not _steers(one) or not may_approve(one.id, statement, two_people=two):
            continue
        head = voice.say(one.locale, WAITS_FOR_YOU, name=by.name, title=incident.title, version=statement.version)
        text = f"{head}\n\n🇩🇪 {statement.text_de}\n\n🇬🇧 {statement.text_en}"
        page = f"{voice.desk.public_url}/console/storm/{incident.id}/statement"
        buttons = (
            (Button(voice.say(one.locale, _("Approve the statement")), f"storm.approve:{incident.id}:{statement.id}"),),
            (Button(voice.say(one.locale, _("Open the page")), url=page),),
        )
        told.append((one, text, buttons))
    await voice.to_responders(told)


def _steers(responder: Responder) -> bool:
    return responder.role.is_staff and responder.role.value != "agent"
