"""A coordinator grants perks: to one volunteer, or to everybody of a level and up. They are told; nothing is promised
that a person did not write in both languages."""

from __future__ import annotations

from datetime import datetime

from desk.errors import InputRejected, NotAllowed, NotFound
from desk.honours import LONGEST_PERK, Perk, PerkId, Profile
from desk.people import Responder, ResponderId, Role, TrustLevel
from desk.phrases import marked as _
from desk.trust import rank
from workflows.voice import Voice


async def grant_perk(
    voice: Voice,
    by: Responder,
    to: ResponderId | TrustLevel,
    *,
    german: str,
    english: str,
    until: datetime | None = None,
) -> Perk:
    """Raises NotAllowed, NotFound, InputRejected."""
    _may_grant(by)
    texts = (german.strip(), english.strip())
    if not all(0 < len(text) <= LONGEST_PERK for text in texts):
        raise InputRejected(f"texts: expected 1 to {LONGEST_PERK} characters in each language")
    if until is not None and until <= voice.now:
        raise InputRejected("until: expected a day to come")
    told = await _whom(voice, to)
    level = to if isinstance(to, TrustLevel) else None
    perk_id = await voice.work.honours.grant(
        responder_id=None if level is not None else told[0].id,
        level=level,
        texts=texts,
        until=until,
        by=by.id,
        now=voice.now,
    )
    await voice.work.events.add("PerkGranted", now=voice.now, responder_id=by.id, perk=perk_id)
    perk = await voice.work.honours.perk(perk_id)
    if perk is None:
        raise NotFound("no such perk")
    await voice.to_responders(
        [(one, voice.say(one.locale, _("🎁 For you: {perk}"), perk=perk.text(one.locale)), ()) for one in told]
    )
    return perk


async def end_perk(voice: Voice, by: Responder, perk_id: PerkId) -> None:
    """Raises NotAllowed, NotFound."""
    _may_grant(by)
    if not await voice.work.honours.end_perk(perk_id, now=voice.now):
        raise NotFound("no such perk")
    await voice.work.events.add("PerkEnded", now=voice.now, responder_id=by.id, perk=perk_id)


async def choose_profile(voice: Voice, volunteer: Responder, *, named: bool, monthly: bool) -> None:
    """What others may see of them, and whether the picture of the month comes. Raises NotAllowed."""
    if volunteer.role is not Role.VOLUNTEER or not volunteer.active:
        raise NotAllowed("volunteers choose for themselves")
    await voice.work.honours.save_profile(Profile(volunteer.id, named=named, monthly=monthly))


def _may_grant(by: Responder) -> None:
    if by.role not in (Role.COORDINATOR, Role.ADMIN) or not by.active:
        raise NotAllowed("coordinators and admins grant perks")


async def _whom(voice: Voice, to: ResponderId | TrustLevel) -> list[Responder]:
    if isinstance(to, TrustLevel):
        everybody = await voice.work.people.responders()
        return [one for one in everybody if one.role is Role.VOLUNTEER and one.active and rank(one.trust) >= rank(to)]
    one = await voice.work.people.responder(to)
    if one.role is not Role.VOLUNTEER or not one.active:
        raise NotFound("no such volunteer")
    return [one]
