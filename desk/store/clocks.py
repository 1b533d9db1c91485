"""Clocks, stored due times of tickets: what the desk asks of their storage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.ticket import TicketId


class ClockKind(StrEnum):
    """What a stored due time means. A ticket has at most one clock of each kind."""

    ASKING_END = "asking_end"
    WAVE_END = "wave_end"
    LEASE_REMINDER = "lease_reminder"
    LEASE_END = "lease_end"
    REVIEW_END = "review_end"
    SILENCE = "silence"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class DueClock:
    """A clock whose time has come."""

    id: int
    kind: ClockKind
    ticket_id: TicketId
    due_at: datetime


class ClockStore(Protocol):
    """Stored due times."""

    async def set(self, ticket_id: TicketId, kind: ClockKind, due_at: datetime) -> None:
        """Replaces the one of that kind."""

    async def stop(self, ticket_id: TicketId, *kinds: ClockKind) -> None: ...
    async def take(self, clock: DueClock) -> bool:
        """Removes it if it still stands as it was seen. False: somebody else took or moved it."""
