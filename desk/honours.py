"""Honours: what a volunteer's help is worth to others. Thanks, people helped, perks, and what others may see of it.

Nothing here counts days in a row or answers a day: whoever rests loses nothing. Contacts and volunteers stay
unknown to each other; words of thanks are stored without personal data.

What others see: `named` volunteers appear by name on the leaderboard, when the brand has one; everybody else takes
part without a name. Coordinators see everybody's record. `monthly`: wants the picture of the month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NewType
from zoneinfo import ZoneInfo

from desk.people import Locale, ResponderId, TrustLevel
from desk.record import SURE, Quality
from desk.ticket import TicketId

PerkId = NewType("PerkId", int)

LONGEST_THANKS = 300
"""Characters of the words with which somebody says thanks."""

LONGEST_PERK = 300


@dataclass(frozen=True, slots=True)
class Thanks:
    """A contact's thanks for one answer. `words` are without personal data; None: thanks without words."""

    ticket_id: TicketId
    responder_id: ResponderId
    words: str | None
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """What a volunteer chose that others may see, and whether they want the picture of the month."""

    responder_id: ResponderId
    named: bool = True
    monthly: bool = True


@dataclass(frozen=True, slots=True)
class Perk:
    """Something a coordinator grants to one volunteer, or to everybody of a level and up."""

    id: PerkId
    responder_id: ResponderId | None
    level: TrustLevel | None
    text_de: str
    text_en: str
    until: datetime | None
    granted_at: datetime

    def text(self, locale: Locale) -> str:
        """In the reader's language."""
        return self.text_de if locale is Locale.GERMAN else self.text_en


@dataclass(frozen=True, slots=True)
class TopicHelp:
    """How many people somebody helped with one topic, an intent or unit; None when it was none in particular."""

    topic: str | None
    people: int


@dataclass(frozen=True, slots=True)
class Help:
    """What somebody's answers did, in all or in a span of time: people helped by topic (most first), thanks."""

    people: int
    topics: Sequence[TopicHelp]
    thanks: int
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A month as its first day, and where it begins and ends in somebody's time zone."""

    first: date
    begins_at: datetime
    ends_at: datetime


def month_before(now: datetime, zone: str) -> Month:
    """The month that ended last in that time zone."""
    here = ZoneInfo(zone)
    this = now.astimezone(here).date().replace(day=1)
    first = (this - timedelta(days=1)).replace(day=1)
    return Month(first, _midnight(first, here), _midnight(this, here))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class MonthOfHelp:
    """What a picture of the month shows: nothing of any contact. `topics`: in words, most people first."""

    name: str
    locale: Locale
    first: date
    people: int
    topics: Sequence[tuple[str, int]]
    thanks: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of the leaderboard. `name` is None for whoever does not want to be named."""

    place: int
    responder_id: ResponderId
    name: str | None
    level: TrustLevel
    quality: Quality


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who may stand on the leaderboard."""

    responder_id: ResponderId
    name: str
    level: TrustLevel
    named: bool
    quality: Quality


def leaderboard(contenders: Sequence[Contender], *, answers: int, most: int) -> list[Ranked]:
    """The best by what their quality surely is; equal quality shares a place. At least `answers` must count, so that
    one lucky answer leads nobody; more than that gives no advantage beyond certainty."""
    fit = [one for one in contenders if one.quality.counted >= answers]
    ranked = sorted(fit, key=lambda one: (-_surely(one), one.name.lower(), one.responder_id))
    lines: list[Ranked] = []
    for number, one in enumerate(ranked[:most], 1):
        shares = lines and _surely(ranked[number - 2]) == _surely(one)
        place = lines[-1].place if shares else number
        lines.append(Ranked(place, one.responder_id, one.name if one.named else None, one.level, one.quality))
    return lines


def _surely(one: Contender) -> float:
    return round(one.quality.at_least(SURE), 6)
