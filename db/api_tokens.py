"""Bearer tokens of the JSON API in PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from db import mapping
from db.queries import load
from db.session import Session
from desk.people import Responder, ResponderId

_SQL = load("api_tokens")


class ApiTokens:
    """desk.store.ApiTokenStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, token_hash: bytes, responder_id: ResponderId, *, label: str, now: datetime) -> None:
        """Keeps a new one."""
        await self._session.run(_SQL["add"], token_hash, responder_id, label, now)

    async def holder(self, token_hash: bytes, *, now: datetime) -> Responder | None:
        """Whose it is; None when unknown, ended, or they are no longer active."""
        row = await self._session.one(_SQL["holder"], token_hash, now)
        return None if row is None else mapping.responder(row)

    async def end_all(self, responder_id: ResponderId, *, label: str | None, now: datetime) -> int:
        """Ends theirs, or those with this label. Returns how many."""
        return len(await self._session.all(_SQL["end_all"], responder_id, label, now))
