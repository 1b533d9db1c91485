"""The record: what became of a volunteer's answers, and how good they are, with how much certainty.

An outcome is what became of one ticket that a volunteer answered. It counts as good when the contact called it solved
and did not rate it 1 or 2; *not solved* and a recalled answer count as not good. What a volunteer could not help
is left out (`Exclusion`): it neither counts for nor against them. Of the rest the newest 50 count, however many
there are, and nothing older: how much somebody answers does not matter, nor on how many days in a row.

A share of few answers says little. So the record is read with Wilson's score interval (E. B. Wilson, Probable
inference, the law of succession, and statistical inference, JASA 22, 1927): with n outcomes of which the share p is
good, and z the quantile of the certainty wanted (one-sided), quality lies above

    lower = (p + z²/2n - z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)

and below `upper`, the same with a plus before the root. Nothing known: 0 and 1.

Pure: no I/O, no clock. Shares are 0 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import sqrt

from desk.people import Locale, ResponderId
from desk.ticket import TicketId

WINDOW = 50
"""How many of the newest outcomes count."""

LOWEST_GOOD_RATING = 3
"""A solved question rated lower was no good answer."""

SURE = 1.6449
"""95 %, one-sided: asked for before somebody rises."""

FAIRLY_SURE = 0.8416
"""80 %, one-sided: enough to warn somebody."""


class AnswerVerdict(StrEnum):
    """What became of an answer: the contact said so, fell silent, or it was recalled as wrong."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"
    SILENT = "silent"
    RECALLED = "recalled"


class Exclusion(StrEnum):
    """Why an outcome says nothing about the answer.

    never_said      the contact fell silent
    outage          it turned out to be an outage; no answer could have solved it
    staff_matter    it turned out to be something that only staff may settle
    not_the_answer  staff: the contact was unhappy with delivery, price or rules, not with the answer
    suspicious      a coordinator left it out after looking at a case of abuse
    """

    NEVER_SAID = "never_said"
    OUTAGE = "outage"
    STAFF_MATTER = "staff_matter"
    NOT_THE_ANSWER = "not_the_answer"
    SUSPICIOUS = "suspicious"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one ticket that a volunteer answered. `topic` is its intent, else its unit."""

    responder_id: ResponderId
    ticket_id: TicketId
    ticket_number: str
    topic: str | None
    locale: Locale
    verdict: AnswerVerdict
    csat: int | None
    excluded: Exclusion | None
    at: datetime

    @property
    def counts(self) -> bool:
        """Whether it says something about the answer."""
        return self.excluded is None and self.verdict is not AnswerVerdict.SILENT

    @property
    def is_good(self) -> bool:
        """Solved, and not rated 1 or 2."""
        return self.verdict is AnswerVerdict.SOLVED and (self.csat is None or self.csat >= LOWEST_GOOD_RATING)


@dataclass(frozen=True, slots=True)
class Quality:
    """`good` of `counted` outcomes."""

    good: int
    counted: int

    @property
    def share(self) -> float | None:
        """The share of good ones; None when nothing counts yet."""
        return self.good / self.counted if self.counted else None

    def at_least(self, z: float = SURE) -> float:
        """Wilson's lower bound."""
        return self._bound(-z)

    def at_most(self, z: float = SURE) -> float:
        """Wilson's upper bound."""
        return self._bound(z)

    def _bound(self, z: float) -> float:
        if not self.counted:
            return 0.0 if z < 0 else 1.0
        share, n = self.good / self.counted, self.counted
        spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return min(1.0, max(0.0, (share + z * z / (2 * n) + spread) / (1 + z * z / n)))


def counted(outcomes: Sequence[Outcome], *, since: datetime | None = None) -> list[Outcome]:
    """Those that count, newest first, at most WINDOW; only what came after `since`, if given."""
    usable = [one for one in outcomes if one.counts and (since is None or one.at > since)]
    return sorted(usable, key=lambda one: (one.at, one.ticket_id), reverse=True)[:WINDOW]


def quality_of(outcomes: Sequence[Outcome], *, since: datetime | None = None) -> Quality:
    """How good the newest outcomes are that count."""
    window = counted(outcomes, since=since)
    return Quality(sum(one.is_good for one in window), len(window))
