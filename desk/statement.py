"""The statement: the approved wording on an incident, in German and English.

A statement is a `draft` while its words may change, `submitted` when they wait for another person's eyes, `approved`
when contacts get it. The next one that is approved replaces it (`replaced`): whoever got the old text is told that it
was corrected. `withdrawn` is what nobody gets any more, with nothing in its place; `dropped` what never was approved.

An incident has at most one that is approved and at most one that is under way. Each is a version; what was approved is
never changed, only replaced.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition.

    write      its words change: whoever looked at them must look again
    submit     its author is done, and it stands in both languages
    return     who looked at it asks for more
    approve    who looked at it stands for it; where two people are asked for, this is not its author
    replace    the next version is approved
    withdraw   nobody is to get it any more
    drop       it is not needed
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from desk.answer_check import Finding, Rule
from desk.errors import IllegalTransition
from desk.incident import IncidentId
from desk.people import Locale, ResponderId

StatementId = NewType("StatementId", int)

LONGEST_STATEMENT = 1500
"""Characters in each language: with its head it is one message on every channel."""

LONGEST_NOTE = 500

_GAP = re.compile(r"\[[^\[\]]*\](?!\()")
"""Brackets that are no link's: what a template leaves to be filled in."""

REFUSED = frozenset({Rule.PERSONAL_DATA, Rule.LINK, Rule.ABUSE})
"""What may not stand in a statement. It speaks for the brand, which may name its hotline; that is only pointed out."""


class StatementState(StrEnum):
    """Where a statement stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class StatementTrigger(StrEnum):
    """What happens to a statement. See the module's docstring."""

    WRITE = "write"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    REPLACE = "replace"
    WITHDRAW = "withdraw"
    DROP = "drop"


_S, _T = StatementState, StatementTrigger

TRANSITIONS: dict[tuple[StatementState, StatementTrigger], StatementState] = {
    (_S.DRAFT, _T.WRITE): _S.DRAFT,
    (_S.DRAFT, _T.SUBMIT): _S.SUBMITTED,
    (_S.DRAFT, _T.DROP): _S.DROPPED,
    (_S.SUBMITTED, _T.WRITE): _S.DRAFT,
    (_S.SUBMITTED, _T.RETURN): _S.DRAFT,
    (_S.SUBMITTED, _T.APPROVE): _S.APPROVED,
    (_S.SUBMITTED, _T.DROP): _S.DROPPED,
    (_S.APPROVED, _T.REPLACE): _S.REPLACED,
    (_S.APPROVED, _T.WITHDRAW): _S.WITHDRAWN,
}

UNDER_WAY = (StatementState.DRAFT, StatementState.SUBMITTED)
"""States in which its words may still change."""


def after(state: StatementState, trigger: StatementTrigger) -> StatementState:
    """The state after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise IllegalTransition("statement", state, trigger) from None


@dataclass(frozen=True, slots=True)
class Statement:
    """One version. `author_id`: who wrote its words last. `note`: what whoever returned it asks for. `ended_*`: when it
    was replaced, withdrawn or dropped, and by whom. `told`: how many questions got it."""

    id: StatementId
    incident_id: IncidentId
    version: int
    state: StatementState
    text_de: str
    text_en: str
    author_id: ResponderId
    written_at: datetime
    submitted_by: ResponderId | None = None
    submitted_at: datetime | None = None
    approved_by: ResponderId | None = None
    approved_at: datetime | None = None
    ended_by: ResponderId | None = None
    ended_at: datetime | None = None
    note: str | None = None
    told: int = 0

    def text(self, locale: Locale) -> str:
        """Its words in one language."""
        return self.text_de if locale is Locale.GERMAN else self.text_en

    @property
    def missing(self) -> tuple[Locale, ...]:
        """Languages in which nothing stands yet."""
        return tuple(locale for locale in Locale if not self.text(locale).strip())

    @property
    def is_under_way(self) -> bool:
        """Its words may still change."""
        return self.state in UNDER_WAY


def may_approve(by: ResponderId, statement: Statement, *, two_people: bool) -> bool:
    """Whether a coordinator may be the one who stands for it: with two people not whoever wrote or submitted it."""
    return not two_people or by not in (statement.author_id, statement.submitted_by)


def gaps(text: str) -> tuple[str, ...]:
    """What is still to be filled in, with its brackets."""
    return tuple(_GAP.findall(text))


def refused(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What stands in the way, of all that the check of words found."""
    return tuple(one for one in findings if one.rule in REFUSED)


def pointed_out(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is only said to whoever approves: are these the brand's own?"""
    return tuple(one for one in findings if one.rule not in REFUSED and one.rule is not Rule.POSING)
