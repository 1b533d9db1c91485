"""Bearer tokens of the JSON API: what the desk asks of their storage."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from desk.people import Responder, ResponderId


class ApiTokenStore(Protocol):
    """Bearer tokens of the JSON API, by hash."""

    async def add(self, token_hash: bytes, responder_id: ResponderId, *, label: str, now: datetime) -> None: ...
    async def holder(self, token_hash: bytes, *, now: datetime) -> Responder | None:
        """Whose it is; None when unknown, ended, or they are no longer active."""

    async def end_all(self, responder_id: ResponderId, *, label: str | None, now: datetime) -> int:
        """Ends theirs, or those with this label. Returns how many."""
