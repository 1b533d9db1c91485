"""How far adapters have read, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.queries import load
from db.session import Session

_SQL = load("cursors")


class Cursors:
    """desk.ports.CursorStore over a pool of asyncpg; each call is a transaction of its own."""

    def __init__(self, pool: Any) -> None:
        self._pool = Session(pool)

    async def position(self, channel: str, source: str) -> str | None:
        """The last stored position, or None."""
        found: str | None = await self._pool.value(_SQL["position"], channel, source)
        return found

    async def positions(self, channel: str) -> Mapping[str, str]:
        """All stored positions of a channel."""
        return {row["source"]: row["position"] for row in await self._pool.all(_SQL["positions"], channel)}

    async def advance(self, channel: str, source: str, position: str) -> None:
        """Stores a position. Never goes backwards (compared by length, then text)."""
        await self._pool.run(_SQL["advance"], channel, source, position)
