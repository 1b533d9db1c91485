"""A volunteer's record as they, and coordinators, read it: standing and why, what is missing, people helped, perks.

Nothing here changes anything, and nothing names a contact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.conversation import Attachment
from desk.errors import NotFound
from desk.honours import Contender, Help, Perk, Profile, Ranked, leaderboard
from desk.intents import intent_name
from desk.people import Locale, Responder, ResponderId, Role
from desk.phrases import marked as _
from desk.record import WINDOW, Exclusion, Outcome, Quality
from desk.store import RosterLine, TrustChange, Work
from desk.trust import LEVELS, Missing, Standing, missing_to_next, rank, standing_quality
from routing.policy import Policy
from workflows.care_desk import CareDesk
from workflows.trust_words import LEFT_OUT, LEVEL, POWERS, record_in_words
from workflows.voice import Voice

CHANGES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class VolunteerRecord:
    """Everything about one volunteer's standing. `outcomes`: newest first, those that do not count too. `falls_at`:
    when they go one level down unless it gets better."""

    volunteer: Responder
    standing: Standing
    quality: Quality
    outcomes: Sequence[Outcome]
    missing: Missing | None
    falls_at: datetime | None
    help: Help
    perks: Sequence[Perk]
    profile: Profile
    changes: Sequence[TrustChange]
    months: Sequence[date]

    @property
    def left_out(self) -> Counter[Exclusion]:
        """How many of the outcomes shown do not count, by why."""
        return Counter(one.excluded for one in self.outcomes if one.excluded is not None)


async def read_record(work: Work, policy: Policy, volunteer: Responder, now: datetime) -> VolunteerRecord:
    """Raises NotFound."""
    rules = policy.peer.trust.rules
    standing = await work.records.standing(volunteer.id)
    judged = await work.records.judged(volunteer.id, since=standing.counts_since)
    levels = LEVELS[: rank(standing.level) + 1]
    return VolunteerRecord(
        volunteer=volunteer,
        standing=standing,
        quality=standing_quality(standing, judged),
        outcomes=await work.records.newest(volunteer.id, limit=WINDOW),
        missing=missing_to_next(standing, judged, rules),
        falls_at=None if standing.warned_at is None else standing.warned_at + rules.notice,
        help=await work.honours.help_of(volunteer.id),
        perks=await work.honours.perks_of(volunteer.id, levels, now=now),
        profile=await work.honours.profile(volunteer.id),
        changes=await work.records.changes(volunteer.id, limit=CHANGES_SHOWN),
        months=[first for first, _file in await work.honours.pictures(volunteer.id)],
    )


async def volunteer_record(desk: CareDesk, volunteer: Responder) -> VolunteerRecord:
    """The record as it is now. Raises NotFound."""
    async with desk.store.begin() as work:
        return await read_record(work, desk.policy(), volunteer, desk.clock.now())


async def roster(desk: CareDesk, search: str, *, limit: int) -> Sequence[RosterLine]:
    """Volunteers for the coordinator's list."""
    async with desk.store.begin() as work:
        return await work.records.roster(search, limit=limit)


async def volunteer_of(desk: CareDesk, responder_id: ResponderId) -> Responder:
    """Raises NotFound, also for staff."""
    async with desk.store.begin() as work:
        found = await work.people.responder(responder_id)
    if found.role is not Role.VOLUNTEER:
        raise NotFound("no such volunteer")
    return found


async def perks_in_force(desk: CareDesk) -> Sequence[Perk]:
    """All of them, newest first."""
    async with desk.store.begin() as work:
        return await work.honours.perks(now=desk.clock.now())


async def picture_of(desk: CareDesk, volunteer: Responder, month: str) -> Attachment:
    """Their picture of the month `2026-11`. Raises NotFound."""
    async with desk.store.begin() as work:
        for first, number in await work.honours.pictures(volunteer.id):
            file = await work.messages.attachment(number) if f"{first:%Y-%m}" == month else None
            if file is not None:
                return file
    raise NotFound("no such picture")


async def best_by_quality(desk: CareDesk) -> Sequence[Ranked] | None:
    """The leaderboard; None when the brand has none."""
    wanted = desk.policy().peer.leaderboard
    if not wanted.shown:
        return None
    async with desk.store.begin() as work:
        qualities = await work.records.qualities()
        people = await work.people.responders_by_id(list(qualities))
        unnamed = await work.honours.unnamed()
    contenders = [
        Contender(number, people[number].name, people[number].trust, number not in unnamed, quality)
        for number, quality in qualities.items()
        if people[number].role is Role.VOLUNTEER
    ]
    return leaderboard(contenders, answers=wanted.answers, most=wanted.most)


def topic_name(policy: Policy, topic: str | None, locale: Locale, voice: Voice) -> str:
    """An intent or a unit, in words."""
    if topic is None:
        return voice.say(locale, _("other things"))
    if topic in policy.units:
        return policy.unit_name(topic, locale)
    return voice.say(locale, intent_name(topic))


async def record_told(voice: Voice, volunteer: Responder) -> str:
    """The record as a message."""
    record = await read_record(voice.work, voice.desk.policy(), volunteer, voice.now)
    parts = [*_standing_lines(voice, record), *_help_lines(voice, record)]
    return "\n".join(parts)


def _standing_lines(voice: Voice, record: VolunteerRecord) -> list[str]:
    locale = record.volunteer.locale
    level = record.standing.level
    said = record_in_words(record.quality)
    words = voice.say(locale, said.text, **said.values)
    lines = [
        voice.say(locale, _("Your level: **{level}**. {power}"), level=voice.say(locale, LEVEL[level]),
                  power=voice.say(locale, POWERS[level])),
        voice.say(locale, _("Your record: {record}."), record=words),
    ]  # fmt: skip
    lines += [
        voice.say(locale, _("Left out: {count} ({why})."), count=count, why=voice.say(locale, LEFT_OUT[why]))
        for why, count in record.left_out.items()
    ]
    if record.falls_at is not None:
        days = max(1, -(-(record.falls_at - voice.now) // timedelta(days=1)))
        lines.append(voice.say(locale, _("⚠ If it is still so in {days} days, you go one level down."), days=days))
    elif record.missing is not None:
        lines.append(_missing_line(voice, record.missing, locale))
    return lines


def _missing_line(voice: Voice, missing: Missing, locale: Locale) -> str:
    text = _(
        "For **{level}** at least {answers} answers must count, and surely {share} of 100 must solve it. {more} more "
        "good ones would do."
    )
    return voice.say(
        locale, text, level=voice.say(locale, LEVEL[missing.level]), answers=missing.requirement.answers,
        share=round(missing.requirement.quality * 100), more=missing.good_in_a_row,
    )  # fmt: skip


def _help_lines(voice: Voice, record: VolunteerRecord) -> list[str]:
    locale, policy = record.volunteer.locale, voice.desk.policy()
    topics = ", ".join(f"{topic_name(policy, one.topic, locale, voice)} {one.people}" for one in record.help.topics[:5])
    lines = [
        voice.say(locale, _("People helped: {count}"), count=record.help.people) + (f" ({topics})" if topics else ""),
        voice.say(locale, _("Thanks: {count}"), count=record.help.thanks),
    ]
    lines += [f"💛 {words}" for words in record.help.words[:3]]
    lines += [f"🎁 {perk.text(locale)}" for perk in record.perks]
    return lines
