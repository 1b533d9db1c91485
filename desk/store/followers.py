"""The tickets of incidents, one by one: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from desk.incident import Follower, IncidentId, JoinedHow
from desk.people import Locale
from desk.ticket import Lane, Status, TicketId


@dataclass(frozen=True, slots=True)
class KnownIncident:
    """A confirmed incident to which new questions are held. `version` changes when its examples do."""

    id: IncidentId
    title: str
    topic: str | None
    version: str


@dataclass(frozen=True, slots=True)
class FollowerLine:
    """A ticket in an incident's list. `words`: what its contact asked, masked; None when nobody has read it.
    `waits`: the incident has taken it in and its contact waits for the outcome."""

    follower: Follower
    number: str
    status: Status
    lane: Lane | None
    locale: Locale
    words: str | None
    held: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class FollowerCounts:
    """How an incident's tickets stand. `waiting`: for its outcome; `with_people`: volunteers or staff have them."""

    following: int = 0
    waiting: int = 0
    with_people: int = 0
    solved: int = 0
    left: int = 0


class FollowerStore(Protocol):
    """Tickets that follow incidents."""

    async def take_in(self, incident_id: IncidentId, ticket_id: TicketId, *, now: datetime) -> bool:
        """False: it was taken in before."""

    async def to_take_in(self, *, limit: int) -> Sequence[tuple[IncidentId, TicketId, JoinedHow]]:
        """Tickets that follow a confirmed incident and were not taken in, oldest first."""

    async def to_let_go(self, *, limit: int) -> Sequence[TicketId]:
        """Tickets that still follow a dismissed incident."""

    async def ever_followed(self, incident_id: IncidentId, ticket_id: TicketId) -> bool:
        """Whether it does, or did."""

    async def known(self) -> Sequence[KnownIncident]:
        """Every confirmed incident."""

    async def examples(self, incident_id: IncidentId, *, limit: int) -> Sequence[tuple[str, JoinedHow]]:
        """What its tickets say, masked: those that people saw when they confirmed it, and those put in by hand. What is
        on the topic only comes last."""

    async def lines(self, incident_id: IncidentId, *, limit: int) -> Sequence[FollowerLine]:
        """Those that follow it first, newest first."""

    async def counts(self, incident_id: IncidentId) -> FollowerCounts: ...
    async def opened(
        self, incident_id: IncidentId, since: datetime, step: timedelta, *, until: datetime
    ) -> Sequence[int]:
        """How many of its tickets were opened in each step from `since` on."""
