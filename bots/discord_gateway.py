"""The gateway: discord.py keeps the connection, the desk reads the events themselves.

discord.py heartbeats, identifies, resumes and reconnects. Its own reading of events is left out but for READY and
RESUMED: it raises on a malformed event, which ends the connection, and it loses what is not in its cache. Ours
counts such events and goes on. This needs the library's table of parsers (`ConnectionState.parsers`), which is not
public: the contract tests fail when it moves.

discord.py has no setting for its addresses. `point_at` sets two attributes of its classes: all clients of this
process then speak to that server.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

Json = Mapping[str, Any]
Hearer = Callable[[Json], None]

KEPT = ("READY", "RESUMED")
log = logging.getLogger(__name__)


class Gateway(discord.Client):
    """A connection that hands each event to the hearer of its name."""

    def __init__(self, hearers: Mapping[str, Hearer], *, disconnected: Callable[[], None]) -> None:
        super().__init__(
            intents=intents(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.1,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.malformed: Counter[str] = Counter()
        self._disconnected = disconnected
        parsers = self._connection.parsers
        for name in tuple(parsers):
            own = parsers[name] if name in KEPT else None
            parsers[name] = self._hearing(name, own, hearers.get(name))

    async def on_disconnect(self) -> None:
        """discord.py lost the connection and will try to get it back."""
        self._disconnected()

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """A fault of ours, named without the event's contents."""
        log.error("hearing %s failed", event_method)

    def _hearing(self, name: str, own: Hearer | None, hearer: Hearer | None) -> Hearer:
        def hear(data: Json) -> None:
            try:
                if own is not None:
                    own(data)
                if hearer is not None:
                    hearer(data)
            except Exception as fault:
                self.malformed[name] += 1
                log.warning("malformed %s (%s), %d so far", name, type(fault).__name__, self.malformed[name])

        return hear


def intents() -> discord.Intents:
    """What the desk listens to. Message content is privileged: it must be switched on in the developer portal."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = wanted.message_content = True
    wanted.guild_reactions = True
    return wanted


def point_at(rest_base: str, gateway_url: str | None) -> None:
    """Makes every discord.py client of this process speak to these servers."""
    Route.BASE = rest_base
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def quiet_library() -> None:
    """At DEBUG discord.py logs every event, with what people wrote; and nobody here misses voice."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    for name in ("discord.gateway", "discord.http", "discord.client"):
        library = logging.getLogger(name)
        if library.level < logging.INFO:
            library.setLevel(logging.INFO)
