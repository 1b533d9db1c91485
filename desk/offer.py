"""The offer: one volunteer's invitation to take one ticket, and its life.

An offer is `open` until the volunteer answers, a rival is faster, or its wave ends. Every other state is
final: a button pressed later is told politely what became of it. Passing costs nothing.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from desk.errors import IllegalTransition
from desk.people import ResponderId
from desk.ticket import TicketId

OfferId = NewType("OfferId", int)


class OfferState(StrEnum):
    """Where an offer stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PASSED = "passed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class OfferTrigger(StrEnum):
    """What happens to an offer: the volunteer accepts or passes; the wave ends; the ticket goes elsewhere."""

    ACCEPT = "accept"
    PASS = "pass"  # noqa: S105 - a button, not a secret
    EXPIRE = "expire"
    WITHDRAW = "withdraw"


TRANSITIONS: dict[tuple[OfferState, OfferTrigger], OfferState] = {
    (OfferState.OPEN, OfferTrigger.ACCEPT): OfferState.ACCEPTED,
    (OfferState.OPEN, OfferTrigger.PASS): OfferState.PASSED,
    (OfferState.OPEN, OfferTrigger.EXPIRE): OfferState.EXPIRED,
    (OfferState.OPEN, OfferTrigger.WITHDRAW): OfferState.WITHDRAWN,
}


def after(state: OfferState, trigger: OfferTrigger) -> OfferState:
    """The state after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise IllegalTransition("offer", state, trigger) from None


@dataclass(frozen=True, slots=True)
class Offer:
    """One invitation. `reasons` say in words why this volunteer was asked."""

    id: OfferId
    ticket_id: TicketId
    responder_id: ResponderId
    wave: int
    state: OfferState
    reasons: tuple[str, ...]
    expires_at: datetime
