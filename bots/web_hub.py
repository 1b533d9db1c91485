"""The hub: which open pages show which chat, and who wakes them when something was said.

Pokes of Topic.CONVERSATION (`web <chat id>`) come from every process through the subscription; a poke without detail
means "anything", so all look. A page that is woken reads the store, so a poke lost or doubled changes nothing.

Bounded: at most `streams_of_session` a chat (the newest push out the oldest, since a page that was reloaded may
linger) and `streams` in all.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress

from bots.web_limits import WebLimits
from workflows.care_desk import Topic
from workflows.web_talk import WEB

Subscribe = Callable[[str], AsyncIterator[str]]
"""Details of the pokes about a topic, from now on; an empty one means anything."""


class HubFull(Exception):
    """No room for another page."""


class Listener:
    """One open page."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self.closed = False

    def wake(self) -> None:
        """Something was said."""
        self._news.set()

    def close(self) -> None:
        """The page has to go."""
        self.closed = True
        self._news.set()

    async def wait(self, seconds: float) -> None:
        """Returns when something was said, at the latest after `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        self._news.clear()


class Hub:
    """All open pages of this process."""

    def __init__(self, limits: WebLimits) -> None:
        self._limits = limits
        self._listeners: dict[str, list[Listener]] = {}
        self._count = 0

    @property
    def count(self) -> int:
        """How many pages listen."""
        return self._count

    @contextmanager
    def listening(self, chat: str) -> Iterator[Listener]:
        """A page listens while the block runs. Raises HubFull."""
        mine = self._listeners.get(chat, [])
        if len(mine) >= self._limits.streams_of_session:
            mine.pop(0).close()
            self._count -= 1
        if self._count >= self._limits.streams:
            raise HubFull
        listener = Listener()
        self._listeners.setdefault(chat, mine).append(listener)
        self._count += 1
        try:
            yield listener
        finally:
            self._forget(chat, listener)

    def _forget(self, chat: str, listener: Listener) -> None:
        mine = self._listeners.get(chat, [])
        if listener in mine:
            mine.remove(listener)
            self._count -= 1
        if not mine:
            self._listeners.pop(chat, None)

    def wake(self, chat: str) -> None:
        """Something was said in this chat."""
        for listener in self._listeners.get(chat, ()):
            listener.wake()

    def close(self) -> None:
        """Sends all pages away: the process ends."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.close()

    async def follow(self, subscribe: Subscribe) -> None:
        """Wakes pages by the pokes of every process, until cancelled."""
        async for detail in subscribe(Topic.CONVERSATION):
            channel, _, chat = detail.partition(" ")
            if not detail:
                self._wake_all()
            elif channel == WEB:
                self.wake(chat)

    def _wake_all(self) -> None:
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.wake()
