"""The audit log, and which updates were handled: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.people import ResponderId
from desk.ticket import TicketId


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """An entry of the audit log. `data` holds no personal data."""

    id: int
    at: datetime
    kind: str
    ticket_id: TicketId | None
    responder_id: ResponderId | None
    responder_name: str | None
    data: Mapping[str, object]


class EventStore(Protocol):
    """The audit log, and which updates were handled."""

    async def add(
        self,
        kind: str,
        *,
        now: datetime,
        ticket_id: TicketId | None = None,
        responder_id: ResponderId | None = None,
        **data: object,
    ) -> None: ...
    async def of_ticket(self, ticket_id: TicketId) -> Sequence[DeskEvent]: ...
    async def recent(self, *, limit: int = 200) -> Sequence[DeskEvent]: ...
    async def first_time(self, channel: str, external_id: str, *, now: datetime) -> bool:
        """Notes an update that is no message. False: it was handled before."""
