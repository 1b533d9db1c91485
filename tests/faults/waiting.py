"""Waiting for what happens in other processes: they cannot set our events, so we look again and again."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable


async def until(look: Callable[[], object | Awaitable[object]], what: str, *, seconds: float = 60) -> None:
    """Waits until `look` is true. Raises AssertionError that says what was waited for."""
    ends_at = asyncio.get_running_loop().time() + seconds
    while True:
        seen = look()
        if await seen if inspect.isawaitable(seen) else seen:
            return
        assert asyncio.get_running_loop().time() < ends_at, f"waited {seconds} s in vain for {what}"
        await asyncio.sleep(0.005)
