"""The broadcast: one text to all questions of an incident, at the pace the channels allow.

A broadcast is `running` until nobody waits for it any more (`finished`); a coordinator may pause it and let it go on,
or stop it for good: then those who were not told are counted as such. Its rows are made when it begins, one a question;
each is put on the outbox at most once, and what is put stays put.

A channel gives broadcasts a share of its pace: at most one second of that share stands on its outbox at a time, and
nothing is added while others' messages wait there. So a reply waits behind less than a second of broadcast, and a
broadcast waits for replies.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition. Units: messages a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import NewType

from desk.conversation import MessageId
from desk.errors import IllegalTransition
from desk.incident import IncidentId
from desk.people import Locale, ResponderId
from desk.statement import StatementId
from desk.ticket import TicketId

BroadcastId = NewType("BroadcastId", int)

MOST_A_SLICE = 50
"""Put in one transaction: it holds their conversations, so it must be short."""

MEASURED = timedelta(seconds=30)
"""The pace of a broadcast is measured over this time."""

BELIEVED_AFTER = timedelta(seconds=5)
"""Before that the channel's own pace is a better guess than what was measured."""


class BroadcastKind(StrEnum):
    """`statement`: the approved wording, to those who wait. `correction`: the next version, to those who got another.
    `outcome`: the problem is over; each question is answered by it."""

    STATEMENT = "statement"
    CORRECTION = "correction"
    OUTCOME = "outcome"


class BroadcastState(StrEnum):
    """Where a broadcast stands."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"


class BroadcastTrigger(StrEnum):
    """What happens to a broadcast. See the module's docstring."""

    PAUSE = "pause"
    GO_ON = "go_on"
    STOP = "stop"
    FINISH = "finish"


_S, _T = BroadcastState, BroadcastTrigger

TRANSITIONS: dict[tuple[BroadcastState, BroadcastTrigger], BroadcastState] = {
    (_S.RUNNING, _T.PAUSE): _S.PAUSED,
    (_S.RUNNING, _T.STOP): _S.STOPPED,
    (_S.RUNNING, _T.FINISH): _S.FINISHED,
    (_S.PAUSED, _T.GO_ON): _S.RUNNING,
    (_S.PAUSED, _T.STOP): _S.STOPPED,
}


def after(state: BroadcastState, trigger: BroadcastTrigger) -> BroadcastState:
    """The state after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise IllegalTransition("broadcast", state, trigger) from None


class SkippedWhy(StrEnum):
    """Why a question of a broadcast gets nothing: it has this text already, it does not follow the incident any more,
    it is solved or closed, its contact cannot be reached, or is on the block list."""

    TOLD = "told"
    LEFT = "left"
    SOLVED = "solved"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class NewBroadcast:
    """To be started. `statement_id`: None for an outcome."""

    incident_id: IncidentId
    kind: BroadcastKind
    text_de: str
    text_en: str
    started_by: ResponderId
    statement_id: StatementId | None = None


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One text on its way to many."""

    id: BroadcastId
    incident_id: IncidentId
    kind: BroadcastKind
    state: BroadcastState
    statement_id: StatementId | None
    text_de: str
    text_en: str
    started_by: ResponderId
    started_at: datetime
    running_since: datetime
    ended_at: datetime | None
    drill: bool

    def text(self, locale: Locale) -> str:
        """Its words in one language."""
        return self.text_de if locale is Locale.GERMAN else self.text_en

    @property
    def is_live(self) -> bool:
        """It may still tell somebody."""
        return self.state in (BroadcastState.RUNNING, BroadcastState.PAUSED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for a broadcast, its conversation locked. `follows`: the incident, still. `told`: it has
    this text; `corrects`: it has another text of the incident."""

    ticket_id: TicketId
    follows: bool
    is_over: bool
    reachable: bool
    blocked: bool
    told: bool
    corrects: bool


def skipped(kind: BroadcastKind, waiting: Waiting) -> SkippedWhy | None:
    """Why it gets nothing; None: it gets the text. Whoever got a wrong text hears of the correction whatever became of
    their question."""
    if waiting.told:
        return SkippedWhy.TOLD
    if waiting.blocked:
        return SkippedWhy.BLOCKED
    if not waiting.reachable:
        return SkippedWhy.UNREACHABLE
    if waiting.corrects and kind is not BroadcastKind.OUTCOME:
        return None
    if not waiting.follows:
        return SkippedWhy.LEFT
    return SkippedWhy.SOLVED if waiting.is_over else None


@dataclass(frozen=True, slots=True)
class RowDone:
    """What became of a row: put on the outbox as `message_id` (None: it stands in their thread already), or skipped."""

    ticket_id: TicketId
    message_id: MessageId | None = None
    why: SkippedWhy | None = None


@dataclass(frozen=True, slots=True)
class ChannelProgress:
    """A broadcast on one channel. `under_way`: on the outbox; `failed`: the platform refused it or the contact cannot
    be reached, found out only now. `newly`: how many were put within MEASURED."""

    waiting: int = 0
    under_way: int = 0
    sent: int = 0
    failed: int = 0
    newly: int = 0
    skipped: Mapping[SkippedWhy, int] = field(default_factory=dict)

    @property
    def unreachable(self) -> int:
        """Who cannot be told, as far as is known."""
        return self.failed + self.skipped.get(SkippedWhy.UNREACHABLE, 0) + self.skipped.get(SkippedWhy.BLOCKED, 0)

    @property
    def needless(self) -> int:
        """Who need not be told any more."""
        return sum(self.skipped.values()) - (self.unreachable - self.failed)

    @property
    def total(self) -> int:
        """All of them."""
        return self.waiting + self.under_way + self.sent + self.failed + sum(self.skipped.values())


def time_needed(waiting: Mapping[str, int], pace: Mapping[str, float]) -> timedelta:
    """How long so many on each channel take at its share of the pace (above 0): channels go side by side."""
    slowest = max((count / pace[channel] for channel, count in waiting.items() if count), default=0.0)
    return timedelta(seconds=ceil(slowest))


def time_left(
    progress: Mapping[str, ChannelProgress], pace: Mapping[str, float], running_for: timedelta
) -> timedelta | None:
    """How long until the last one is sent, by the pace that was measured; None: nobody can say, since a channel takes
    nothing now. In the first seconds the channel's own pace counts."""
    longest = 0.0
    for channel, one in progress.items():
        left = one.waiting + one.under_way
        if not left:
            continue
        rate = pace[channel]
        if running_for >= BELIEVED_AFTER and one.waiting:
            rate = min(rate, one.newly / min(running_for, MEASURED).total_seconds())
        if rate <= 0:
            return None
        longest = max(longest, left / rate)
    return timedelta(seconds=ceil(longest))


def allowance(unused: timedelta, rate: float, backlog: int) -> int:
    """How many may be put on a channel's outbox now. `unused`: since when its share of the pace was used up; of that at
    most a second counts. `backlog`: what waits there already."""
    room = min(int(_counted(unused) * rate), int(max(rate, 1.0)) - backlog, MOST_A_SLICE)
    return max(room, 0)


def used_until(now: datetime, unused: timedelta, rate: float, put: int) -> datetime:
    """Until when the share is used up after so many were put."""
    return now - timedelta(seconds=_counted(unused) - put / rate)


def _counted(unused: timedelta) -> float:
    """Seconds. A clock that was set back counts as none."""
    return min(max(unused.total_seconds(), 0.0), 1.0)
