"""The world: everything the platform remembers, and who may see what.

State lives here and nowhere else, so bots may come, die and come back. Changes are announced
through `emit`, which hands one event to every listener (the gateway); a test waits for them
with `until`.

Errors: lookups raise the platform's 404, `need` its 403 (missing access or permission).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from . import reading, refusals
from .events import Event
from .places import Channel, Guild
from .snowflake import Snowflakes
from .things import DM, PRIVATE_THREAD, Attachment, Json, Message, User, Webhook

if TYPE_CHECKING:
    from .interactions import Interaction

Found = TypeVar("Found")


@dataclass(frozen=True)
class Limits:
    """The platform's numbers, so a test can make them small. Sizes in bytes, times in seconds."""

    upload: int = 10 * 1024 * 1024
    answer_seconds: float = 3.0
    nonce_seconds: float = 300.0
    active_threads: int = 1000
    guild_channels: int = 500
    category_channels: int = 50
    pins: int = 250
    webhooks: int = 15


@dataclass(eq=False, repr=False)
class World:
    ids: Snowflakes
    bot: User
    limits: Limits
    message_content: bool = True
    base_url: str = ""
    link_age: int = 0
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    webhooks: dict[int, Webhook] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    commands: dict[int | None, list[Json]] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    nonces: dict[tuple[int, str], tuple[float, Message]] = field(default_factory=dict)
    listeners: list[Callable[[Event], None]] = field(default_factory=list)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def application_id(self) -> int:
        return self.bot.id

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def emit(self, event: Event) -> None:
        for listener in self.listeners:
            listener(event)
        self.stirred.set()

    def stir(self) -> None:
        """Wake those who wait: something changed that no event tells."""
        self.stirred.set()

    async def until(
        self, found: Callable[[], Found | None], timeout: float, lack: str, channel: Channel | None = None
    ) -> Found:
        """What `found` returns once it is truthy; AssertionError with the channel's text after `timeout` s."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not (value := found()):
            if (left := deadline - loop.time()) <= 0:
                said = reading.transcript(channel) if channel else ""
                raise AssertionError(f"{lack} within {timeout:g} s\n{said}".rstrip())
            self.stirred.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stirred.wait(), left)
        return value

    def user(self, user_id: int) -> User:
        if user_id not in self.users:
            raise refusals.unknown("user")
        return self.users[user_id]

    def guild(self, guild_id: int) -> Guild:
        guild = self.guilds.get(guild_id)
        if guild is None:
            raise refusals.unknown("guild")
        if self.bot.id not in guild.members:
            raise refusals.missing_access()
        return guild

    def channel(self, channel_id: int) -> Channel:
        """A channel the bot may see."""
        channel = self.channels.get(channel_id)
        if channel is None or channel.deleted:
            raise refusals.unknown("channel")
        if not self.bot_sees(channel):
            raise refusals.missing_access()
        return channel

    def message(self, channel: Channel, message_id: int) -> Message:
        """A message of the channel's history; a whisper is reached by its interaction's token alone."""
        message = channel.history.get(message_id)
        if message is None:
            raise refusals.unknown("message")
        return message

    def need(self, channel: Channel, *permissions: str) -> None:
        """403 unless the bot has these in the channel; a direct chat has no permissions."""
        if channel.denied & set(permissions):
            raise refusals.missing_permissions()

    def bot_sees(self, channel: Channel) -> bool:
        if channel.kind == DM or channel.guild is None:
            return True
        home = channel.parent if channel.is_thread and channel.parent else channel
        lacking = "view_channel" in channel.denied or home.hides_from(self.bot)
        return self.bot.id in channel.guild.members and not lacking

    def sees(self, user: User, channel: Channel) -> bool:
        """Whether a person finds the channel in their app."""
        if channel.deleted:
            return False
        if channel.guild is None:
            return channel.recipient is user
        home = channel.parent if channel.is_thread and channel.parent else channel
        invited = channel.kind != PRIVATE_THREAD or user.id in channel.joined
        return user.id in channel.guild.members and invited and not home.hides_from(user)

    def shared_guilds(self, user: User) -> list[Guild]:
        return [g for g in self.guilds.values() if user.id in g.members and self.bot.id in g.members]
