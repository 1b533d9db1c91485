"""Order within a chat, side by side between chats, at most so many at once.

Each job is a task that waits for the one before it in its lane. Nothing is kept of lanes that are empty.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

AT_ONCE = 64


class Lanes:
    """Runs jobs lane by lane. Belongs to one event loop."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._last: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, lane: str, job: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Starts the job when the ones before it in its lane have ended, however they ended."""
        task = asyncio.create_task(self._run(self._last.get(lane), job))
        self._last[lane] = task
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._ended(lane, done))
        return task

    async def _run(self, before: asyncio.Task[None] | None, job: Callable[[], Awaitable[None]]) -> None:
        if before:
            await asyncio.wait({before})
        async with self._slots:
            await job()

    def _ended(self, lane: str, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._last.get(lane) is task:
            del self._last[lane]

    async def idle(self, seconds: float) -> bool:
        """Waits until nothing runs, at most so long. True when nothing does."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        return not self._tasks

    async def stop(self) -> None:
        """Cancels what runs and waits for its end."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
