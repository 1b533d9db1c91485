"""A desk's edge for the Discord adapter's tests: what it heard, how it answers, and where cursors are kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from bots.discord_bot import DiscordChannel
from desk.conversation import Address
from desk.inbound import InboundEvent, InboundMessage, Receipt
from desk.people import Locale
from tests.standins.discord import Channel, DiscordStandIn

E = TypeVar("E", bound=InboundEvent)
FILES: dict[str, bytes] = {"key-1": b"\x89PNG picture"}


class Cursors:
    """Positions in memory, never going backwards."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self._moved = asyncio.Event()

    async def position(self, channel: str, source: str) -> str | None:
        return self.kept.get(source)

    async def positions(self, channel: str) -> Mapping[str, str]:
        return dict(self.kept)

    async def advance(self, channel: str, source: str, position: str) -> None:
        before = self.kept.get(source, "")
        self.kept[source] = max(before, position, key=lambda at: (len(at), at))
        self._moved.set()

    async def reaches(self, source: str, position: str) -> None:
        """Returns when the cursor is there."""
        async with asyncio.timeout(5):
            while self.kept.get(source, "") < position:
                self._moved.clear()
                await self._moved.wait()


class Saying:
    """Says English and, for German, the same with a mark."""

    def say(self, locale: Locale | None, text: str, /, **values: object) -> str:
        said = text.format(**values) if values else text
        return f"{said} (de)" if locale is Locale.GERMAN else said


class Desk:
    """Receives. `fails` are raised first, one an event; `answers` gives a Receipt by event."""

    def __init__(self) -> None:
        self.heard: list[InboundEvent] = []
        self.offered: list[InboundEvent] = []
        self.chokes_on: str | None = None
        self.fails: list[Exception] = []
        self.answer: Callable[[InboundEvent], Receipt] = lambda event: Receipt()
        self._stirred = asyncio.Event()

    async def receive(self, event: InboundEvent) -> Receipt:
        self.offered.append(event)
        if self.fails:
            raise self.fails.pop(0)
        if self.chokes_on is not None and getattr(event, "text", None) == self.chokes_on:
            raise KeyError("a bug")
        known = {(type(one), one.external_id) for one in self.heard if isinstance(one, InboundMessage)}
        if isinstance(event, InboundMessage) and (InboundMessage, event.external_id) in known:
            return Receipt(duplicate=True)
        self.heard.append(event)
        self._stirred.set()
        return self.answer(event)

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.heard if isinstance(event, kind)]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.of(InboundMessage)]

    async def hears(self, kind: type[E], number: int = 1, timeout: float = 5) -> E:
        """The n-th event of its kind, as soon as it is there."""
        async with asyncio.timeout(timeout):
            while len(found := self.of(kind)) < number:
                self._stirred.clear()
                await self._stirred.wait()
        return found[number - 1]


async def stored(key: str) -> AsyncIterator[bytes]:
    yield FILES[key]


def channel_at(
    platform: DiscordStandIn,
    cursors: Cursors,
    *,
    staff: str | None = None,
    watched: tuple[str, ...] | None = None,
    token: str | None = None,
) -> DiscordChannel:
    return DiscordChannel(
        token or platform.token,
        api_url=platform.url,
        gateway_url=None,
        staff_channel=staff,
        watched_channels=watched,
        phrases=Saying(),
        cursors=cursors,
        open_file=stored,
    )


@asynccontextmanager
async def listening(platform: DiscordStandIn, channel: DiscordChannel, desk: Desk) -> AsyncIterator[DiscordChannel]:
    """Listens until the block ends, then stops cleanly."""
    task = asyncio.create_task(channel.listen(desk.receive))
    try:
        await platform.connected()
        await platform.until(lambda: channel.health == "connected", lack="health did not say connected")
        yield channel
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await channel.close()
        await asyncio.sleep(0)
        assert [one for one in asyncio.all_tasks() if "/bots/discord" in code_of(one)] == []


def code_of(task: asyncio.Task[object]) -> str:
    """The file whose code the task runs."""
    return str(getattr(getattr(task.get_coro(), "cr_code", None), "co_filename", ""))


def at(place: Channel) -> Address:
    """The address of a channel or thread."""
    if place.is_thread and place.parent:
        return Address("discord", str(place.parent.id), str(place.id))
    return Address("discord", str(place.id))
