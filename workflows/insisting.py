"""Insisting: a step that must not be forgotten is tried again while the database is away.

For what only this process knows, such as that the platform has taken a message: were it forgotten, the message
would go out twice. The step must do no harm when it was committed and only the answer was lost.
Units: seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from math import inf
from typing import TypeVar

from desk.errors import StorageUnavailable

FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 1.0

Answer = TypeVar("Answer")


async def insist(step: Callable[[], Awaitable[Answer]], *, seconds: float = inf) -> Answer:
    """The step's answer. Raises StorageUnavailable when the database is still away after so long."""
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + seconds
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            return await step()
        except StorageUnavailable:
            if loop.time() + pause > ends_at:
                raise
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
