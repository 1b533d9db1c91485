"""A volunteer's level is judged anew: after every outcome, when a notice is over, or by a coordinator's hand.

All in one transaction with what caused it, under the lock of their standing (taken after the ticket's). Whoever
rises, is warned, is reassured or falls is told in words with the figures; every change is kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from desk.errors import InputRejected, NotAllowed, NotFound
from desk.people import Responder, ResponderId, Role, TrustLevel
from desk.phrases import marked as _
from desk.record import Quality
from desk.store import ChangeKind, TrustChange
from desk.trust import Falls, Judgement, Reassured, Rises, Standing, Stays, Warned, judge, standing_quality
from routing.reasons import Reason
from workflows.care_desk import CareDesk
from workflows.trust_words import LEVEL, POWERS, record_in_words
from workflows.voice import Voice, speaking

LONGEST_REASON = 500


async def judge_volunteer(voice: Voice, responder_id: ResponderId) -> Judgement:
    """What becomes of their level now, done and told."""
    responder = await voice.work.people.responder(responder_id)
    if responder.role is not Role.VOLUNTEER or not responder.active:
        return Stays()
    standing = await voice.work.records.lock_standing(responder_id, now=voice.now)
    outcomes = await voice.work.records.judged(responder_id, since=standing.counts_since)
    found = judge(standing, outcomes, voice.desk.policy().peer.trust.rules, voice.now)
    quality = standing_quality(standing, outcomes)
    match found:
        case Stays():
            return found
        case Rises():
            await _change(voice, responder, Standing(found.to, voice.now), ChangeKind.ROSE, quality)
        case Warned():
            await _change(voice, responder, replace(standing, warned_at=voice.now), ChangeKind.WARNED, quality)
        case Reassured():
            await _change(voice, responder, replace(standing, warned_at=None), ChangeKind.REASSURED, quality)
        case Falls():
            await _change(voice, responder, Standing(found.to, voice.now), ChangeKind.FELL, quality)
        case _:
            assert_never(found)
    return found


async def judge_the_warned(desk: CareDesk) -> int:
    """Judges those whose notice is over, one a transaction. Returns how many levels changed."""
    over = desk.clock.now() - desk.policy().peer.trust.rules.notice
    async with desk.store.begin() as work:
        due = await work.records.warned_before(over)
    changed = 0
    for responder_id in due:
        async with speaking(desk) as voice:
            changed += not isinstance(await judge_volunteer(voice, responder_id), Stays)
    return changed


async def set_level(
    voice: Voice, by: Responder, responder_id: ResponderId, level: TrustLevel, reason: str
) -> TrustLevel:
    """A coordinator decides. Only newer answers change it from then on. Raises NotAllowed, NotFound, InputRejected."""
    if by.role not in (Role.COORDINATOR, Role.ADMIN) or not by.active:
        raise NotAllowed("coordinators and admins set levels")
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise InputRejected(f"reason: expected 1 to {LONGEST_REASON} characters")
    volunteer = await voice.work.people.responder(responder_id)
    if volunteer.role is not Role.VOLUNTEER:
        raise NotFound("no such volunteer")
    standing = await voice.work.records.lock_standing(responder_id, now=voice.now)
    outcomes = await voice.work.records.judged(responder_id, since=standing.counts_since)
    after = Standing(level, voice.now, by_hand=True)
    await _change(
        voice, volunteer, after, ChangeKind.SET, standing_quality(standing, outcomes), by=by, reason=reason
    )  # fmt: skip
    return level


async def _change(
    voice: Voice,
    volunteer: Responder,
    after: Standing,
    kind: ChangeKind,
    quality: Quality,
    *,
    by: Responder | None = None,
    reason: str | None = None,
) -> None:
    await voice.work.records.save_standing(volunteer.id, after)
    set_by = None if by is None else by.id
    change = TrustChange(volunteer.id, kind, after.level, quality, voice.now, set_by, reason=reason)
    await voice.work.records.add_change(change)
    await voice.work.events.add(
        "TrustChanged", now=voice.now, responder_id=set_by or volunteer.id, whom=volunteer.id,
        what=kind.value, level=after.level.value, good=quality.good, counted=quality.counted,
    )  # fmt: skip
    if volunteer.active:
        await voice.to_responder(volunteer, _told(voice, volunteer, change))


def _told(voice: Voice, volunteer: Responder, change: TrustChange) -> str:
    """The news, with the reasons."""

    def say(text: str, **values: object) -> str:
        return voice.say(volunteer.locale, text, **values)

    level = say(LEVEL[change.level])
    record = _said(voice, volunteer, record_in_words(change.quality))
    days = round(voice.desk.policy().peer.trust.notice_days)
    match change.kind:
        case ChangeKind.ROSE:
            news = say(_("🎉 Your level is now **{level}**: {record}."), level=level, record=record)
            return f"{news} {say(POWERS[change.level])} {say(MORE)}"
        case ChangeKind.WARNED:
            text = _(
                "For your level **{level}** that is too little: {record}. If it is still so in {days} days, you go one "
                "level down. Was one of them not about your answer? Tell us, and it is left out."
            )
            return f"{say(text, level=level, record=record, days=days)} {say(MORE)}"
        case ChangeKind.REASSURED:
            return say(
                _("👍 Good enough again: {record}. You keep your level **{level}**."), level=level, record=record
            )
        case ChangeKind.FELL:
            text = _("Your level is now **{level}**: {record}. It rises again as soon as your answers do.")
            return f"{say(text, level=level, record=record)} {say(POWERS[change.level])} {say(MORE)}"
        case ChangeKind.SET:
            text = _("A coordinator set your level to **{level}**. Reason: {reason}")
            return f"{say(text, level=level, reason=change.reason or '-')}\n{say(POWERS[change.level])}"
        case _:
            assert_never(change.kind)


MORE = _("/me shows your record.")


def _said(voice: Voice, reader: Responder, reason: Reason) -> str:
    return voice.say(reader.locale, reason.text, **reason.values)
