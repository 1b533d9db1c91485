"""Offers: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.offer import Offer, OfferId, OfferState
from desk.people import ResponderId
from desk.ticket import TicketId


@dataclass(frozen=True, slots=True)
class Carried:
    """What a volunteer carries: tickets that wait for them, open offers, offers of the last 24 hours."""

    load: int
    open_offers: int
    offers_today: int


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """What limits a claim: how many at once the volunteer wants (None: said nothing), and a coordinator's decision.
    `in_storm`: how many while they are in for a storm; None: they are not."""

    most_at_once: int | None
    is_suspended: bool
    in_storm: int | None = None


class OfferStore(Protocol):
    """Offers."""

    async def add(
        self,
        ticket_id: TicketId,
        responder_ids: Sequence[ResponderId],
        *,
        wave: int,
        reasons: Sequence[Sequence[str]],
        now: datetime,
        expires_at: datetime,
    ) -> Sequence[Offer]:
        """One statement for the whole wave. Somebody asked before about this ticket is left out."""

    async def hold(self, responder_ids: Sequence[ResponderId], *, now: datetime) -> Mapping[ResponderId, Carried]:
        """Those to whom no other wave is being offered at this moment, with what they carry now; nobody else offers to
        them until the end of the transaction. Waits for nobody."""

    async def claim_terms(self, responder_id: ResponderId, *, now: datetime) -> ClaimTerms:
        """The responder claims one thing after the other: a second claim waits here until this transaction ends. Under
        the lock of the conversation, as all locks."""

    async def by_id(self, offer_id: OfferId) -> Offer | None: ...
    async def open_of_ticket(self, ticket_id: TicketId) -> Sequence[Offer]: ...
    async def open_of_responder(self, responder_id: ResponderId) -> Sequence[Offer]: ...
    async def save_state(self, offer_ids: Sequence[OfferId], state: OfferState, *, now: datetime) -> None:
        """How they ended; those answered or let go by become part of the habits of whoever had them."""

    async def seen(self, responder_ids: Sequence[ResponderId], *, now: datetime) -> None:
        """They gave a sign of life, and are looked at first for the next questions."""

    async def ignored_in_a_row(self, responder_id: ResponderId) -> int:
        """How many of their newest offers expired unanswered, back to the last answered one."""
