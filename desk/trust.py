"""Trust: what a volunteer has earned, what it lets them do, and when it changes.

Levels rise with quality, never with volume: a level asks that the answers are good with a stated share, and that we
can be sure of it (`Quality.at_least`, 95 %). How many answers that takes follows from how good they are; the
least number only keeps luck out. Nobody skips a level.

They fall late, and never by surprise. Somebody stays below their level's share only when even a kind reading of
the record (`Quality.at_most`, 80 %) lies under it. Then they are warned first; only if it is still so when the notice
is over do they fall, by one level. Between what lifts and what drops somebody lie eight or more
answers of 50, so that nobody flaps by chance.

A coordinator may set any level by hand, with a reason. From then on only newer answers change it, so that the machine
does not undo at once what a person decided.

Pure: no I/O, no clock. Callers pass `now` (aware UTC).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from desk.people import TrustLevel
from desk.record import FAIRLY_SURE, SURE, WINDOW, Outcome, Quality, counted, quality_of

LEVELS: tuple[TrustLevel, ...] = tuple(TrustLevel)
"""From the lowest to the highest."""


def rank(level: TrustLevel) -> int:
    """0 for newcomer to 3 for champion."""
    return LEVELS.index(level)


def may_answer_unreviewed(level: TrustLevel) -> bool:
    """Helpers and up: their answers reach the contact at once."""
    return level is not TrustLevel.NEWCOMER


def may_review(level: TrustLevel) -> bool:
    """Helpers and up check newcomers' answers."""
    return level is not TrustLevel.NEWCOMER


def may_endorse(level: TrustLevel) -> bool:
    """Experts and up put their name behind somebody's answer."""
    return rank(level) >= rank(TrustLevel.EXPERT)


def sees_briefing(level: TrustLevel) -> bool:
    """Champions read the briefing of a muster at once, also when they are not called."""
    return level is TrustLevel.CHAMPION


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a level asks: at least `answers` that count, of which surely a share of `quality` is good."""

    answers: int
    quality: float


@dataclass(frozen=True, slots=True)
class TrustRules:
    """What each level above newcomer asks, and how long before a fall somebody is told."""

    requirements: Mapping[TrustLevel, Requirement] = field(
        default_factory=lambda: MappingProxyType(
            {
                TrustLevel.HELPER: Requirement(5, 0.50),
                TrustLevel.EXPERT: Requirement(20, 0.65),
                TrustLevel.CHAMPION: Requirement(40, 0.80),
            }
        )
    )
    notice: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a volunteer stands. `by_hand`: a coordinator set it; `warned_at`: when they were told they may fall."""

    level: TrustLevel
    since: datetime
    by_hand: bool = False
    warned_at: datetime | None = None

    @property
    def counts_since(self) -> datetime | None:
        """Answers before this do not change the level."""
        return self.since if self.by_hand else None


@dataclass(frozen=True, slots=True)
class Stays:
    """Nothing changes."""


@dataclass(frozen=True, slots=True)
class Rises:
    """One level up."""

    to: TrustLevel


@dataclass(frozen=True, slots=True)
class Warned:
    """Told that they fall if it is still so at `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Reassured:
    """They were warned, and are good enough again."""


@dataclass(frozen=True, slots=True)
class Falls:
    """One level down, after notice."""

    to: TrustLevel


Judgement = Stays | Rises | Warned | Reassured | Falls


@dataclass(frozen=True, slots=True)
class Missing:
    """What lies between a volunteer and the next level. `good_in_a_row`: this many good answers would do."""

    level: TrustLevel
    requirement: Requirement
    good_in_a_row: int


def next_level(level: TrustLevel) -> TrustLevel | None:
    """The level above; None above champion."""
    return LEVELS[rank(level) + 1] if level is not LEVELS[-1] else None


def standing_quality(standing: Standing, outcomes: Sequence[Outcome]) -> Quality:
    """The quality that the level is judged by."""
    return quality_of(outcomes, since=standing.counts_since)


def judge(standing: Standing, outcomes: Sequence[Outcome], rules: TrustRules, now: datetime) -> Judgement:
    """What becomes of the level now. `outcomes`: all that are known, in any order."""
    quality = standing_quality(standing, outcomes)
    if _is_too_low(standing.level, quality, rules):
        if standing.warned_at is None:
            return Warned(now + rules.notice)
        if now >= standing.warned_at + rules.notice:
            return Falls(LEVELS[rank(standing.level) - 1])
        return Stays()
    if standing.warned_at is not None:
        return Reassured()
    above = next_level(standing.level)
    return Rises(above) if above is not None and _earns(above, quality, rules) else Stays()


def missing_to_next(standing: Standing, outcomes: Sequence[Outcome], rules: TrustRules) -> Missing | None:
    """What the next level still asks; None for champions."""
    above = next_level(standing.level)
    if above is None:
        return None
    known = [one.is_good for one in counted(outcomes, since=standing.counts_since)]
    for more in range(WINDOW):
        newest = ([True] * more + known)[:WINDOW]
        if _earns(above, Quality(sum(newest), len(newest)), rules):
            return Missing(above, rules.requirements[above], more)
    return Missing(above, rules.requirements[above], WINDOW)


def _earns(level: TrustLevel, quality: Quality, rules: TrustRules) -> bool:
    wanted = rules.requirements[level]
    return quality.counted >= wanted.answers and quality.at_least(SURE) >= wanted.quality


def _is_too_low(level: TrustLevel, quality: Quality, rules: TrustRules) -> bool:
    """Surely enough below what the level asks. Few answers never are: a level's first number of answers is needed."""
    if level is TrustLevel.NEWCOMER:
        return False
    least = rules.requirements[TrustLevel.HELPER].answers
    return quality.counted >= least and quality.at_most(FAIRLY_SURE) < rules.requirements[level].quality
