"""The incident: one problem that many tickets follow.

The machine, or a coordinator, proposes it (`proposed`); a person decides. A `confirmed` incident may have a statement,
call volunteers and take tickets in; nothing of that happens before. `resolved` means the problem is over and its
tickets were answered; `dismissed` that there was none, which teaches the baseline; `joined` that it goes on in
another incident.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition.

    confirm    a coordinator says it is real
    dismiss    a coordinator says it is not, or not one problem
    join       a coordinator says it is the same as another, which takes its tickets over
    resolve    the problem is over
    reopen     it is not over after all
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from desk.errors import IllegalTransition
from desk.people import Locale, ResponderId
from desk.ticket import TicketId

IncidentId = NewType("IncidentId", int)
ClusterId = NewType("ClusterId", int)

LONGEST_TITLE = 120


class IncidentState(StrEnum):
    """Where an incident stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"
    JOINED = "joined"


class IncidentTrigger(StrEnum):
    """What happens to an incident. See the module's docstring."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    JOIN = "join"
    RESOLVE = "resolve"
    REOPEN = "reopen"


_S, _T = IncidentState, IncidentTrigger

TRANSITIONS: dict[tuple[IncidentState, IncidentTrigger], IncidentState] = {
    (_S.PROPOSED, _T.CONFIRM): _S.CONFIRMED,
    (_S.PROPOSED, _T.DISMISS): _S.DISMISSED,
    (_S.PROPOSED, _T.JOIN): _S.JOINED,
    (_S.CONFIRMED, _T.DISMISS): _S.DISMISSED,
    (_S.CONFIRMED, _T.JOIN): _S.JOINED,
    (_S.CONFIRMED, _T.RESOLVE): _S.RESOLVED,
    (_S.RESOLVED, _T.REOPEN): _S.CONFIRMED,
}

LIVE = (IncidentState.PROPOSED, IncidentState.CONFIRMED)
"""States in which tickets may come to follow it."""


def after(state: IncidentState, trigger: IncidentTrigger) -> IncidentState:
    """The state after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise IllegalTransition("incident", state, trigger) from None


class JoinedHow(StrEnum):
    """Why a ticket follows an incident: it says the same, it is on the topic, or a person put it there."""

    CLUSTER = "cluster"
    TOPIC = "topic"
    BY_HAND = "by_hand"


class LeftWhy(StrEnum):
    """Why a ticket does not follow an incident any more: its contact says it is another problem, a person took it out,
    or the incident was split."""

    DIFFERENT = "different"
    BY_HAND = "by_hand"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class PublicNames:
    """What contacts and volunteers read it called, in each language. None: nobody has written that yet."""

    de: str | None = None
    en: str | None = None

    def of(self, locale: Locale) -> str | None:
        """In one language."""
        return self.de if locale is Locale.GERMAN else self.en


UNNAMED = PublicNames()


@dataclass(frozen=True, slots=True)
class NewIncident:
    """To be proposed. `title`: for staff. `topic`: an intent, None when it is on several. `reasons`: in the brand's
    language.
    `proposed_by` None: the machine. `began_at`: when it showed first."""

    title: str
    topic: str | None
    reasons: Sequence[str]
    began_at: datetime
    proposed_by: ResponderId | None = None
    drill: bool = False
    names: PublicNames = UNNAMED


@dataclass(frozen=True, slots=True)
class Incident:
    """One problem. See the module's docstring; `decided_*`: who confirmed or dismissed it."""

    id: IncidentId
    state: IncidentState
    title: str
    topic: str | None
    reasons: tuple[str, ...]
    drill: bool
    began_at: datetime
    proposed_at: datetime
    proposed_by: ResponderId | None
    decided_at: datetime | None
    decided_by: ResponderId | None
    resolved_at: datetime | None
    resolved_by: ResponderId | None
    joined_into: IncidentId | None
    tickets: int
    names: PublicNames = UNNAMED

    @property
    def is_live(self) -> bool:
        """True while tickets may come to follow it."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class Follower:
    """A ticket that follows an incident, or did. `left_why` None: it still does."""

    incident_id: IncidentId
    ticket_id: TicketId
    how: JoinedHow
    joined_at: datetime
    left_at: datetime | None
    left_why: LeftWhy | None
