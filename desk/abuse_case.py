"""Cases: suspicions that wait for a coordinator, and what they decided.

A case grows while it is open. Once decided it comes back only when at least half of what is held against somebody is
new: the same evidence is not looked at twice.

The decisions, none of which the machine takes by itself:

    dismissed  nothing in it
    warned     the volunteers are told in words what they should not do
    suspended  no offers and no claims for SUSPENDED_FOR; they are told
    excluded   the answers in it neither count for nor against them

Pure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from desk.people import ResponderId
from desk.suspicion import Suspicion
from desk.ticket import TicketId

CaseId = NewType("CaseId", int)

SUSPENDED_FOR = timedelta(days=14)
LONGEST_WORDS = 500


class Decision(StrEnum):
    """What a coordinator made of a case."""

    DISMISSED = "dismissed"
    WARNED = "warned"
    SUSPENDED = "suspended"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Case:
    """A suspicion with its history. `decision` None: open."""

    id: CaseId
    suspicion: Suspicion
    raised_at: datetime
    decision: Decision | None = None
    decided_at: datetime | None = None
    decided_by: ResponderId | None = None
    reason: str | None = None


def is_worth_a_look(suspicion: Suspicion, looked_at: Collection[TicketId]) -> bool:
    """Whether enough of the evidence is new. `looked_at`: tickets in decided cases of the same rule and people."""
    new = sum(ticket not in looked_at for ticket in suspicion.tickets)
    return 2 * new >= len(suspicion.tickets)
