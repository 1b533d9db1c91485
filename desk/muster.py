"""The muster: calling the volunteers who opted in to a storm, and what each of them answers.

A coordinator calls a muster for a confirmed incident, with a briefing: what happened, the approved wording, what to do
and not to do, for how long. It is `called` until it ends: by itself when its time is up or its incident is over, or by
hand. `called_off` is the undo: it was a mistake, nobody rests and nobody is thanked for it.

Those who are in are asked first about questions of the storm, with the caps they stated for storms; afterwards they
rest: no offers for `rest`, unless they say that they are back.

A drill is the same with every message marked, and counts for nothing: nobody is asked first, nobody rests.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition.

    extend     it lasts longer, or shorter
    end        it is over: its time is up, its incident is, or a coordinator says so
    call_off   it was called by mistake

Pure: no I/O, no clock. Callers pass `now` (aware UTC). Durations are timedelta.
Raises: IllegalTransition; InputRejected for terms that cannot be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from desk.errors import IllegalTransition, InputRejected
from desk.incident import IncidentId, IncidentState
from desk.people import Locale, ResponderId
from desk.storm_wishes import Caps
from desk.volunteering import LARGEST_A_DAY, LARGEST_AT_ONCE

MusterId = NewType("MusterId", int)

GRACE = timedelta(seconds=10)
"""Before the first call goes out: time to undo."""

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=24)
LONGEST_REST = timedelta(days=7)
LONGEST_BRIEFING = 1200


class MusterState(StrEnum):
    """Where a muster stands."""

    CALLED = "called"
    ENDED = "ended"
    CALLED_OFF = "called_off"


class MusterTrigger(StrEnum):
    """What happens to a muster. See the module's docstring."""

    EXTEND = "extend"
    END = "end"
    CALL_OFF = "call_off"


_M, _T = MusterState, MusterTrigger

TRANSITIONS: dict[tuple[MusterState, MusterTrigger], MusterState] = {
    (_M.CALLED, _T.EXTEND): _M.CALLED,
    (_M.CALLED, _T.END): _M.ENDED,
    (_M.CALLED, _T.CALL_OFF): _M.CALLED_OFF,
}


def after(state: MusterState, trigger: MusterTrigger) -> MusterState:
    """The state after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise IllegalTransition("muster", state, trigger) from None


@dataclass(frozen=True, slots=True)
class Briefing:
    """What those who are in read, in one language, besides the approved wording."""

    happened: str
    dos: str
    donts: str


@dataclass(frozen=True, slots=True)
class MusterTerms:
    """How a muster is called. `languages`: whoever answers in one of them is called."""

    lasts: timedelta
    rest: timedelta
    raised: Caps
    languages: tuple[Locale, ...]
    briefings: Mapping[Locale, Briefing]


@dataclass(frozen=True, slots=True)
class Muster:
    """One call to the volunteers. `topics`: units or intents of the storm, empty for all. `raised`: to what caps are
    raised for those who said they take on more in a storm. `alerted_at`: from when the first answer is timed.
    `ended_by` None: by itself."""

    id: MusterId
    incident_id: IncidentId
    state: MusterState
    drill: bool
    topics: tuple[str, ...]
    languages: tuple[Locale, ...]
    raised: Caps
    rest: timedelta
    called_by: ResponderId
    called_at: datetime
    until: datetime
    alerted_at: datetime
    first_answer_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: ResponderId | None = None

    @property
    def is_live(self) -> bool:
        """True while volunteers may come."""
        return self.state is MusterState.CALLED

    @property
    def to_first_answer(self) -> timedelta | None:
        """From the alert to the first answer of a volunteer; None: there was none yet."""
        return None if self.first_answer_at is None else self.first_answer_at - self.alerted_at


@dataclass(frozen=True, slots=True)
class MusterFigures:
    """How a muster goes. `told`: whom the call reached; `silent`: of them, who did not answer it; `answering`: how many
    of those who are in have a question now. What was answered counts for all volunteers together."""

    told: int = 0
    came: int = 0
    not_now: int = 0
    out: int = 0
    silent: int = 0
    waiting: int = 0
    answering: int = 0
    answers: int = 0
    people: int = 0
    solved: int = 0
    first_in_at: datetime | None = None
    first_answer_at: datetime | None = None


def checked_terms(terms: MusterTerms) -> MusterTerms:
    """The same in good order. Raises InputRejected."""
    if not SHORTEST <= terms.lasts <= LONGEST:
        raise InputRejected("lasts: expected 15 minutes to 24 hours")
    if not timedelta() <= terms.rest <= LONGEST_REST:
        raise InputRejected("rest: expected 0 to 168 hours")
    if not 1 <= terms.raised.at_once <= LARGEST_AT_ONCE or not 1 <= terms.raised.a_day <= LARGEST_A_DAY:
        raise InputRejected(f"caps: expected 1 to {LARGEST_AT_ONCE} at once, 1 to {LARGEST_A_DAY} a day")
    if not terms.languages:
        raise InputRejected("languages: expected de, en or both")
    for locale in terms.languages:
        briefing = terms.briefings.get(locale)
        if briefing is None or not briefing.happened.strip():
            raise InputRejected("happened: say in each language what happened")
        if max(map(len, (briefing.happened, briefing.dos, briefing.donts))) > LONGEST_BRIEFING:
            raise InputRejected(f"briefing: at most {LONGEST_BRIEFING} characters each")
    return terms


def is_over(muster: Muster, incident: IncidentState, now: datetime) -> bool:
    """Whether a live muster ends by itself now: its time is up, or its incident is over."""
    return muster.is_live and (now >= muster.until or incident is not IncidentState.CONFIRMED)


def can_be_called_off(muster: Muster, figures: MusterFigures) -> bool:
    """A call is undone before it went to all; after that it is ended."""
    return muster.is_live and (figures.told == 0 or figures.waiting > 0)


def rest_until(muster: Muster, ended_at: datetime, paused_until: datetime | None) -> datetime | None:
    """Until when somebody who was in gets no offers; a longer pause of their own stays. None: no pause at all."""
    if muster.drill or not muster.rest:
        return paused_until
    rested = ended_at + muster.rest
    return rested if paused_until is None else max(rested, paused_until)
