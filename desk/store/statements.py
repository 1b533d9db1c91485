"""Statements, who was told which, and broadcasts: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.broadcast import Broadcast, BroadcastId, BroadcastState, ChannelProgress, NewBroadcast, RowDone, Waiting
from desk.conversation import Address, MessageId
from desk.incident import IncidentId
from desk.people import Locale, ResponderId
from desk.statement import Statement, StatementId
from desk.ticket import TicketId


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Broadcasts that are not over, of one state: how many, and how many of their questions wait or were told."""

    state: BroadcastState
    broadcasts: int
    waiting: int
    told: int


class StatementStore(Protocol):
    """The approved wording on incidents. Whoever changes a statement has locked its incident."""

    async def write(
        self, incident_id: IncidentId, *, text_de: str, text_en: str, by: ResponderId, now: datetime
    ) -> Statement:
        """A new draft, the next version."""

    async def save(self, statement: Statement) -> None:
        """All of it that can change. What was approved waits for whoever is telling it at the moment."""

    async def of_incident(self, incident_id: IncidentId) -> Sequence[Statement]:
        """Every version, newest first."""

    async def in_force(self, incident_id: IncidentId) -> Statement | None:
        """The approved one, held so that it is not replaced before the transaction ends."""

    async def tell(
        self,
        ticket_id: TicketId,
        statement_id: StatementId,
        message_id: MessageId | None,
        *,
        broadcast_id: BroadcastId | None = None,
        now: datetime,
    ) -> None:
        """The ticket got it, as this message; None: it stands where they asked already."""

    async def versions_told(self, ticket_id: TicketId, incident_id: IncidentId) -> Sequence[StatementId]:
        """Which of an incident's statements a ticket got, oldest first."""

    async def first_in_place(
        self, post: StatementId | None, broadcast: BroadcastId | None, place: Address, locale: Locale
    ) -> bool:
        """Whether a text stands in a public place for the first time in this language; from now on it does."""


class BroadcastStore(Protocol):
    """One text on its way to many."""

    async def start(self, broadcast: NewBroadcast, *, now: datetime) -> BroadcastId:
        """Without anybody yet."""

    async def add_waiting(self, broadcast_id: BroadcastId) -> int:
        """Every open question that follows its incident and has not got its text. How many are new."""

    async def add_told(self, broadcast_id: BroadcastId) -> int:
        """Every question that got another text of its incident, and not this one. How many are new."""

    async def add_left_over(self, broadcast_id: BroadcastId, other: BroadcastId) -> int:
        """Whoever still waits for another broadcast."""

    async def forget(self, broadcast_id: BroadcastId) -> None:
        """One that tells nobody."""

    async def would_tell(
        self, incident_id: IncidentId, statement_id: StatementId | None
    ) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """By channel: how many wait that did not get this statement, and how many got another one."""

    async def broadcast(self, broadcast_id: BroadcastId) -> Broadcast:
        """Locked: nothing is put for it meanwhile. Raises NotFound."""

    async def of_incident(self, incident_id: IncidentId) -> Sequence[Broadcast]:
        """Newest first, not locked."""

    async def save_state(self, broadcast_id: BroadcastId, state: BroadcastState, *, now: datetime) -> None:
        """Whoever locked it has asked the table."""

    async def finish_told(self, *, now: datetime) -> int:
        """Running ones for which nobody waits are finished. How many."""

    async def waited_for(self) -> Sequence[str]:
        """Channels on which somebody waits for a running broadcast."""

    async def take_pace(self, channel: str, *, now: datetime) -> datetime | None:
        """Until when the channel's pace is used up, locked; None: another process is at it."""

    async def backlog(self, channel: str, *, now: datetime, most: int) -> int:
        """How many messages could go out on the channel at once, counted to `most`; `most` when it is paused."""

    async def use_pace(self, channel: str, until: datetime) -> None: ...
    async def next_on(self, channel: str) -> Broadcast | None:
        """The running one whose turn it is on the channel, held so that it is not paused meanwhile."""

    async def take_rows(self, broadcast: Broadcast, channel: str, *, limit: int) -> Sequence[Waiting]:
        """Whoever waits longest, each with their conversation, locked; those that are busy are passed over."""

    async def rows_done(self, broadcast_id: BroadcastId, rows: Sequence[RowDone], *, now: datetime) -> None: ...
    async def under_way(self) -> Sequence[UnderWay]:
        """Those that are not over, by state."""

    async def progress(self, broadcast_id: BroadcastId, *, now: datetime) -> Mapping[str, ChannelProgress]:
        """By channel."""
