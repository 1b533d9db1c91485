"""Askings: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.asking import Asking, AskingState
from desk.conversation import MessageId
from desk.ticket import TicketId


class AskingStore(Protocol):
    """Askings: at most one a ticket, ever."""

    async def add(
        self, ticket_id: TicketId, message_id: MessageId, *, intents: Sequence[str], now: datetime
    ) -> None: ...
    async def of_ticket(self, ticket_id: TicketId) -> Asking | None: ...
    async def end(self, ticket_id: TicketId, state: AskingState, *, chosen: str | None, now: datetime) -> None: ...
