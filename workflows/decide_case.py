"""A coordinator decides a case: nothing in it, a warning, no offers for two weeks, or the answers do not count.

Whoever it is about is told in words, but not who asked the machine to look, nor which contact it was about. A case is
decided once; a second coordinator is told so.
"""

from __future__ import annotations

from collections.abc import Mapping

from desk.abuse_case import LONGEST_WORDS, SUSPENDED_FOR, Case, CaseId, Decision
from desk.errors import AlreadyDecided, InputRejected, NotAllowed
from desk.people import Responder, Role
from desk.phrases import Term
from desk.phrases import marked as _
from desk.record import Exclusion
from desk.suspicion import SuspicionRule
from workflows.care_desk import CareDesk
from workflows.drop_out import end_offers_of
from workflows.note_outcome import exclude_outcome
from workflows.voice import Voice, speaking

PLEASE: Mapping[SuspicionRule, str] = {
    SuspicionRule.SELF_ANSWERING: _("Please do not answer questions of your own."),
    SuspicionRule.PRAISE_RING: _("Please do not ask each other for the sake of your records."),
    SuspicionRule.SNIPING: _("Please read a question before you take it, and take only what you will answer."),
    SuspicionRule.COPYING: _("Please answer what was asked. One text does not fit all questions."),
    SuspicionRule.POSING: _("Please do not speak as staff. You answer as a volunteer, and that is worth a lot."),
    SuspicionRule.LURING: _("Please do not lead contacts elsewhere. Here both sides are protected."),
    SuspicionRule.REPORTED: _("Contacts were unhappy with how you wrote to them. Please stay kind and to the matter."),
}
"""What somebody who is warned or suspended is asked for."""

_WARNED = _("⚠️ A coordinator looked at your answers. {please}")
_SUSPENDED = _("⏸️ A coordinator looked at your answers. {please} Until {day} you get no offers.")


async def decide_case(desk: CareDesk, by: Responder, case_id: CaseId, decision: Decision, reason: str) -> Case:
    """Raises NotAllowed, NotFound, AlreadyDecided, InputRejected."""
    async with speaking(desk) as voice:
        case = await _decided(voice, by, case_id, decision, " ".join(reason.split()))
    if decision is Decision.SUSPENDED:
        for one in case.suspicion.responders:
            await end_offers_of(desk, one)
    return case


async def _decided(voice: Voice, by: Responder, case_id: CaseId, decision: Decision, reason: str) -> Case:
    if by.role not in (Role.COORDINATOR, Role.ADMIN) or not by.active:
        raise NotAllowed("coordinators and admins decide")
    if not 0 < len(reason) <= LONGEST_WORDS:
        raise InputRejected(f"reason: expected 1 to {LONGEST_WORDS} characters")
    case = await voice.work.abuse.case(case_id)
    if case.decision is not None:
        raise AlreadyDecided("by whoever was first")
    await voice.work.abuse.decide(case.id, decision, by=by.id, reason=reason, now=voice.now)
    await voice.work.events.add("CaseDecided", now=voice.now, responder_id=by.id, case=case.id, decision=decision.value)
    await _carry_out(voice, by, case, decision)
    return case


async def _carry_out(voice: Voice, by: Responder, case: Case, decision: Decision) -> None:
    match decision:
        case Decision.DISMISSED:
            pass
        case Decision.WARNED:
            await _tell(voice, case, _WARNED)
        case Decision.SUSPENDED:
            until = voice.now + SUSPENDED_FOR
            for one in case.suspicion.responders:
                await voice.work.abuse.suspend(one, until, by=by.id)
            await _tell(voice, case, _SUSPENDED, day=f"{until:%Y-%m-%d}")
        case Decision.EXCLUDED:
            await _exclude(voice, by, case)


async def _exclude(voice: Voice, by: Responder, case: Case) -> None:
    """Each ticket that is still kept is locked before its outcome is judged, in one order for everybody."""
    about = set(case.suspicion.responders)
    for ticket_id in sorted(await voice.work.abuse.numbers_of(case.suspicion.tickets)):
        await voice.work.tickets.lock(ticket_id)
        for outcome in await voice.work.records.of_ticket(ticket_id):
            if outcome.responder_id in about:
                await exclude_outcome(voice, by, ticket_id, outcome.responder_id, Exclusion.SUSPICIOUS)


async def _tell(voice: Voice, case: Case, text: str, **values: object) -> None:
    people = await voice.work.people.responders_by_id(case.suspicion.responders)
    please = Term(PLEASE[case.suspicion.rule])
    await voice.to_responders(
        [(one, voice.say(one.locale, text, please=please, **values), ()) for one in people.values() if one.active]
    )
