"""Askings in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.queries import load
from db.session import Session
from desk.asking import Asking, AskingState
from desk.conversation import MessageId
from desk.ticket import TicketId

_SQL = load("askings")


class Askings:
    """desk.store.AskingStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, ticket_id: TicketId, message_id: MessageId, *, intents: Sequence[str], now: datetime) -> None:
        """The ticket's only one."""
        await self._session.run(_SQL["add"], ticket_id, message_id, list(intents), now)

    async def of_ticket(self, ticket_id: TicketId) -> Asking | None:
        """The ticket's, whatever became of it."""
        row = await self._session.one(_SQL["of_ticket"], ticket_id)
        if row is None:
            return None
        return Asking(
            ticket_id=TicketId(row["ticket_id"]),
            message_id=MessageId(row["message_id"]),
            intents=tuple(row["intents"]),
            state=AskingState(row["state"]),
            chosen=row["chosen"],
            asked_at=row["asked_at"],
        )

    async def end(self, ticket_id: TicketId, state: AskingState, *, chosen: str | None, now: datetime) -> None:
        """What became of it."""
        await self._session.run(_SQL["end"], ticket_id, state, chosen, now)
