"""Live pages: server-sent events that only say "look again"; the page then fetches what it shows.

The desk's pokes come often in a storm, so each listener is told at most once a second, and never what changed: the page
asks for its own fragment, with its own rights. Listeners are bounded in all and per session; whoever gets none
looks every few seconds instead.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from aiohttp import web
from aiohttp_sse import sse_response

from console.problems import too_many
from console.visits import Visit
from workflows.care_desk import Topic

MOST_LISTENERS = 500
MOST_PER_SESSION = 8
PACE_SECONDS = 1.0
LONGEST_SILENCE_SECONDS = 20.0
LONGEST_STREAM_SECONDS = 3600.0


class Subscription(Protocol):
    """Pokes about one topic (db.notify.Subscription)."""

    def wait(self, timeout_seconds: float | None = None) -> Awaitable[Sequence[str]]:
        """The details since the last call, as soon as there are any; none after the timeout."""

    def close(self) -> None:
        """No more pokes."""


Subscribe = Callable[[str], Subscription]


class Live:
    """Streams to the open pages."""

    def __init__(self, subscribe: Subscribe) -> None:
        self._subscribe = subscribe
        self._listeners: Counter[str] = Counter()
        self._streams: set[asyncio.Task[object]] = set()

    async def stream(self, visit: Visit) -> web.StreamResponse:
        """Says `changed` when something in the desk has changed."""
        if self._listeners[visit.csrf] >= MOST_PER_SESSION or self._listeners.total() >= MOST_LISTENERS:
            raise too_many(30)
        self._listeners[visit.csrf] += 1
        task = asyncio.current_task()
        if task is not None:
            self._streams.add(task)
        subscription = self._subscribe(Topic.CONSOLE)
        try:
            return await self._serve(visit.request, subscription)
        finally:
            subscription.close()
            self._listeners[visit.csrf] -= 1
            if not self._listeners[visit.csrf]:
                del self._listeners[visit.csrf]
            if task is not None:
                self._streams.discard(task)

    async def _serve(self, request: web.Request, subscription: Subscription) -> web.StreamResponse:
        """Ends by itself after a while: the page comes back, and its rights are looked at anew."""
        async with sse_response(request) as response:
            try:
                async with asyncio.timeout(LONGEST_STREAM_SECONDS):
                    await response.send("", event="changed")
                    while response.is_connected():
                        await subscription.wait(LONGEST_SILENCE_SECONDS)
                        await response.send("", event="changed")
                        await asyncio.sleep(PACE_SECONDS)
            except (TimeoutError, ConnectionResetError):
                pass
        return response

    async def close(self, _application: web.Application | None = None) -> None:
        """Ends every stream, so that the server can stop."""
        for task in self._streams:
            task.cancel()
