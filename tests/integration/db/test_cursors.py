"""How far adapters have read: kept, never backwards."""

from __future__ import annotations

import asyncio
from typing import Any

from db.cursors import Cursors


async def test_positions_are_kept_by_channel_and_source(pool: Any) -> None:
    cursors = Cursors(pool)
    assert await cursors.position("discord", "general") is None
    await cursors.advance("discord", "general", "5")
    await cursors.advance("discord", "help", "7")
    await cursors.advance("telegram", "general", "9")
    assert await cursors.position("discord", "general") == "5"
    assert await cursors.positions("discord") == {"general": "5", "help": "7"}


async def test_a_position_never_goes_backwards(pool: Any) -> None:
    cursors = Cursors(pool)
    for position, kept in (("99", "99"), ("100", "100"), ("99", "100"), ("100", "100"), ("101", "101")):
        await cursors.advance("discord", "general", position)
        assert await cursors.position("discord", "general") == kept


async def test_in_a_race_the_furthest_wins(pool: Any) -> None:
    cursors = Cursors(pool)
    await asyncio.gather(*(cursors.advance("discord", "general", str(n)) for n in range(50)))
    assert await cursors.position("discord", "general") == "49"
