"""The call of a muster to one volunteer, and what they answer.

A call is `waiting` until it reaches them (calls go out in slices, and to nobody in their quiet time), `told` while they
have not answered; then they are `in`, or it is `not_now`, or they are `out` because they had to go. Whoever changes
their mind may, as long as the muster lasts; silence costs nothing. `spared`: it ended before they were told.

The table is the whole truth: (state, trigger) -> state; the rest raises IllegalTransition.

    tell       the call went out to them
    come       *I am in*
    decline    *Not now*; from somebody who is in: they have to go
    spare      it ended before they were told
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.errors import IllegalTransition
from desk.muster import MusterId
from desk.people import ResponderId
from desk.storm_wishes import Caps


class Reply(StrEnum):
    """Where somebody who is called stands."""

    WAITING = "waiting"
    TOLD = "told"
    IN = "in"
    NOT_NOW = "not_now"
    OUT = "out"
    SPARED = "spared"


class ReplyTrigger(StrEnum):
    """What happens to a reply. See the module's docstring."""

    TELL = "tell"
    COME = "come"
    DECLINE = "decline"
    SPARE = "spare"


_R, _T = Reply, ReplyTrigger

TRANSITIONS: dict[tuple[Reply, ReplyTrigger], Reply] = {
    (_R.WAITING, _T.TELL): _R.TOLD,
    (_R.WAITING, _T.COME): _R.IN,
    (_R.WAITING, _T.DECLINE): _R.NOT_NOW,
    (_R.WAITING, _T.SPARE): _R.SPARED,
    (_R.TOLD, _T.COME): _R.IN,
    (_R.TOLD, _T.DECLINE): _R.NOT_NOW,
    (_R.NOT_NOW, _T.COME): _R.IN,
    (_R.IN, _T.DECLINE): _R.OUT,
    (_R.OUT, _T.COME): _R.IN,
}


def after(reply: Reply, trigger: ReplyTrigger) -> Reply:
    """The reply after `trigger`. Raises IllegalTransition when the table has no such arrow."""
    try:
        return TRANSITIONS[reply, trigger]
    except KeyError:
        raise IllegalTransition("call", reply, trigger) from None


@dataclass(frozen=True, slots=True)
class Call:
    """One volunteer's call. `call_at`: when it may go out; `in_at`: when they came last."""

    muster_id: MusterId
    responder_id: ResponderId
    reply: Reply
    call_at: datetime
    told_at: datetime | None = None
    replied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What holds for somebody while they are in: they are asked first about the storm's questions, under `caps`."""

    muster_id: MusterId
    until: datetime
    caps: Caps
