"""Delivery: the life of an outbox row, from decided to delivered.

A row is `queued` when the decision commits. A worker makes it `sending` under a lease; the platform's answer
makes it `sent`, `queued` again (a passing fault, a 429: later), or `dead` (refused for good, unreachable, or
tried too often). Dead letters stay visible and can be queued again by a person. A lease that ends without
an answer (the process died) puts the row back to `queued`: the platform may then get it twice, unless it
knows idempotency keys (Discord's nonce). Such rows count their attempts, so doubles are countable. Words that are
taken back before they went out are `withdrawn`, and never go.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition.
"""

from __future__ import annotations

from enum import StrEnum

from desk.errors import IllegalTransition


class DeliveryState(StrEnum):
    """Where an outbox row stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"


class DeliveryTrigger(StrEnum):
    """What happens to an outbox row."""

    CLAIM = "claim"
    CONFIRM = "confirm"
    POSTPONE = "postpone"
    LEASE_END = "lease_end"
    GIVE_UP = "give_up"
    RETRY = "retry"
    WITHDRAW = "withdraw"


TRANSITIONS: dict[tuple[DeliveryState, DeliveryTrigger], DeliveryState] = {
    (DeliveryState.QUEUED, DeliveryTrigger.CLAIM): DeliveryState.SENDING,
    (DeliveryState.SENDING, DeliveryTrigger.CONFIRM): DeliveryState.SENT,
    (DeliveryState.SENDING, DeliveryTrigger.POSTPONE): DeliveryState.QUEUED,
    (DeliveryState.SENDING, DeliveryTrigger.LEASE_END): DeliveryState.QUEUED,
    (DeliveryState.SENDING, DeliveryTrigger.GIVE_UP): DeliveryState.DEAD,
    (DeliveryState.DEAD, DeliveryTrigger.RETRY): DeliveryState.QUEUED,
    (DeliveryState.QUEUED, DeliveryTrigger.WITHDRAW): DeliveryState.WITHDRAWN,
    (DeliveryState.DEAD, DeliveryTrigger.WITHDRAW): DeliveryState.WITHDRAWN,
}


def after(state: DeliveryState, trigger: DeliveryTrigger) -> DeliveryState:
    """The state after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise IllegalTransition("delivery", state, trigger) from None
