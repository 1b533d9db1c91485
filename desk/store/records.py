"""Outcomes of answers, standing and its changes: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.people import Responder, ResponderId, TrustLevel
from desk.record import Exclusion, Outcome, Quality
from desk.ticket import TicketId
from desk.trust import Standing


class ChangeKind(StrEnum):
    """What happened to somebody's level. `set`: by a coordinator's hand."""

    ROSE = "rose"
    WARNED = "warned"
    REASSURED = "reassured"
    FELL = "fell"
    SET = "set"


@dataclass(frozen=True, slots=True)
class TrustChange:
    """A change of standing, or a warning before one. `level`: the one they have from then on."""

    responder_id: ResponderId
    kind: ChangeKind
    level: TrustLevel
    quality: Quality
    at: datetime
    set_by: ResponderId | None = None
    set_by_name: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A volunteer as coordinators see them in a list. `load`: questions that wait for them."""

    volunteer: Responder
    joined_at: datetime
    standing: Standing
    quality: Quality
    load: int
    last_offer_at: datetime | None


class RecordStore(Protocol):
    """Records of volunteers. Whoever changes a standing holds its lock; a ticket's lock is taken before it."""

    async def note(self, outcome: Outcome) -> None:
        """Keeps what became of an answer; a later verdict on the same ticket replaces it. What a person left out stays
        left out."""

    async def take_back(self, ticket_id: TicketId, responder_id: ResponderId) -> bool:
        """The ticket is open again: there is no outcome yet. False when there was none."""

    async def rate(self, ticket_id: TicketId, csat: int) -> Sequence[ResponderId]:
        """A rating of a solved ticket. Returns whose outcome it changed."""

    async def exclude(
        self, ticket_id: TicketId, responder_id: ResponderId, why: Exclusion | None, *, by: ResponderId | None
    ) -> bool:
        """Leaves an outcome out, or with None counts it again. `by` None: a rule did it, which never changes what a
        person decided. False when nothing changed."""

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[Outcome]: ...
    async def newest(self, responder_id: ResponderId, *, limit: int) -> Sequence[Outcome]:
        """Newest first, those left out too."""

    async def judged(self, responder_id: ResponderId, *, since: datetime | None) -> Sequence[Outcome]:
        """The newest that count, as many as a judgement needs."""

    async def lock_standing(self, responder_id: ResponderId, *, now: datetime) -> Standing:
        """Theirs, locked until the end of the transaction. Raises NotFound."""

    async def standing(self, responder_id: ResponderId) -> Standing:
        """Raises NotFound."""

    async def save_standing(self, responder_id: ResponderId, standing: Standing) -> None: ...
    async def add_change(self, change: TrustChange) -> None: ...
    async def changes(self, responder_id: ResponderId, *, limit: int) -> Sequence[TrustChange]:
        """Newest first."""

    async def warned_before(self, at: datetime) -> Sequence[ResponderId]:
        """Active volunteers who were warned then or before."""

    async def qualities(self) -> Mapping[ResponderId, Quality]:
        """Of every active volunteer with an outcome that counts."""

    async def roster(self, search: str, *, limit: int) -> Sequence[RosterLine]:
        """Volunteers whose name holds `search`, active ones first, by name."""
