"""A small discord.py bot, for the stand-in's own tests and for trying things out.

`running` points the library's two addresses at a stand-in, as an application has to, and puts them
back afterwards.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from .standin import DiscordStandIn

Setup = Callable[["Probe"], Awaitable[None]]


class Probe(discord.Client):
    """Notes what it hears, by event; `setup` may add views and commands before it connects."""

    def __init__(self, intents: discord.Intents | None = None, setup: Setup | None = None) -> None:
        super().__init__(intents=intents or discord.Intents.all(), guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.heard: dict[str, list[tuple[object, ...]]] = {}
        self._noticed = asyncio.Event()
        self._setup = setup

    async def setup_hook(self) -> None:
        if self._setup is not None:
            await self._setup(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No courtesy pause: the library waits 5 s before it identifies a second time."""

    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        self.heard.setdefault(event, []).append(args)
        self._noticed.set()
        super().dispatch(event, *args, **kwargs)

    @property
    def texts(self) -> list[str]:
        """The texts of the messages heard."""
        found = [args[0] for args in self.heard.get("message", [])]
        return [m.content for m in found if isinstance(m, discord.Message)]

    def room(self, channel_id: int) -> discord.TextChannel:
        found = self.get_channel(channel_id)
        assert isinstance(found, discord.TextChannel)
        return found

    async def raw_send(self, channel_id: int, body: dict[str, Any]) -> Any:
        """A message past the library's own checks."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        return await self.http.request(route, json=body)

    async def hears(self, event: str, times: int = 1, timeout: float = 5) -> tuple[object, ...]:
        """The arguments of the event's n-th occurrence."""
        async with asyncio.timeout(timeout):
            while len(self.heard.get(event, [])) < times:
                self._noticed.clear()
                await self._noticed.wait()
        return self.heard[event][times - 1]


async def refused(doing: Awaitable[Any]) -> tuple[int, int]:
    """Status and code of the platform's refusal."""
    try:
        answer = await doing
    except discord.HTTPException as no:
        return no.status, no.code
    raise AssertionError(f"not refused: {answer!r}")


def point_at(standin: DiscordStandIn) -> None:
    Route.BASE = f"{standin.url}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = URL(standin.gateway_url)


@asynccontextmanager
async def running(
    standin: DiscordStandIn, setup: Setup | None = None, intents: discord.Intents | None = None
) -> AsyncIterator[Probe]:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    point_at(standin)
    bot = Probe(intents, setup)
    await bot.login(standin.token)
    task = asyncio.create_task(bot.connect())
    try:
        ready = asyncio.create_task(bot.wait_until_ready())
        await asyncio.wait({ready, task}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            ready.cancel()
            task.result()
        yield bot
    finally:
        await bot.close()
        task.cancel()
        with suppress(asyncio.CancelledError, discord.DiscordException):
            await task
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
