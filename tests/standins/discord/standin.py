"""The stand-in itself: one bot account, its world, and a server on a loopback port.

Faults and outages are ordered here; see `people` for what persons do and `places` for what a
test reads off a channel.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TypeVar

from . import (
    announce,
    reading,
    rest_account,
    rest_channels,
    rest_interactions,
    rest_messages,
    rest_webhooks,
    shapes,
    snowflake,
)
from .events import GUILD_MEMBERS, MESSAGE_CONTENT, Event
from .faults import Fault
from .gateway import Gateway
from .people import Person
from .places import Channel, Guild
from .server import Call, Server
from .snowflake import Snowflakes
from .things import Json, Member, Role, User
from .world import Limits, World

Found = TypeVar("Found")
ROUTES = (
    rest_messages.ROUTES + rest_channels.ROUTES + rest_account.ROUTES + rest_webhooks.ROUTES + rest_interactions.ROUTES
)
EVERY_INTENT = (1 << 26) - 1


class DiscordStandIn:
    """Discord for one bot. `url` is the REST base without /api/v10; `token` is the bot's.

    message_content, members_intent: what the developer portal grants; an ungranted intent closes the
    gateway with 4014. rate_limits: enforce budgets. limits: the platform's numbers.
    """

    def __init__(
        self,
        bot_name: str = "Zuruf",
        *,
        message_content: bool = True,
        members_intent: bool = True,
        rate_limits: bool = False,
        heartbeat_seconds: float = 41.25,
        limits: Limits | None = None,
    ) -> None:
        ids = Snowflakes()
        self.bot = User(ids.next(), bot_name, bot=True)
        self.token = f"{secrets.token_urlsafe(18)}.{secrets.token_urlsafe(4)}.{secrets.token_urlsafe(27)}"
        self.world = World(ids, self.bot, limits or Limits(), message_content=message_content)
        self.world.users[self.bot.id] = self.bot
        intents = EVERY_INTENT & ~(0 if message_content else MESSAGE_CONTENT)
        self.gateway = Gateway(
            self.world, self.token, heartbeat_seconds, intents & ~(0 if members_intent else GUILD_MEMBERS)
        )
        self._server = Server(self.world, self.token, ROUTES)
        self._server.budgets.on = rate_limits
        self._server.app.router.add_get("/gateway", self.gateway.serve)
        self._server.app.router.add_get("/gateway/", self.gateway.serve)

    async def __aenter__(self) -> DiscordStandIn:
        self.world.base_url = await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.gateway.open = False
        self.gateway.drop(resumable=False, asked=False)
        await self._server.stop()

    @property
    def url(self) -> str:
        return self.world.base_url

    @property
    def gateway_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/gateway"

    def person(self, name: str, *, bot: bool = False, locale: str = "de") -> Person:
        person = Person(self.world, name, bot, locale)
        self.world.users[person.id] = person
        return person

    def guild(self, name: str, people: Iterable[Person] = (), *, with_bot: bool = True) -> Guild:
        """A guild these people are in, all of them ordinary members; its owner never shows up."""
        guild = Guild(self.world, self.world.ids.next(), name, User(self.world.ids.next(), "Owner"))
        self.world.guilds[guild.id] = guild
        for user in people:
            guild.members[user.id] = Member(user, guild, snowflake.now())
        guild.roles[guild.id] = Role(guild.id, "@everyone", guild, shapes.PEOPLE_BITS)
        if with_bot:
            self.invite_bot(guild)
        return guild

    def invite_bot(self, guild: Guild) -> None:
        role = Role(self.world.ids.next(), self.bot.name, guild, shapes.ALL_BITS)
        guild.roles[role.id] = role
        guild.members[self.bot.id] = Member(self.bot, guild, snowflake.now(), [role])
        announce.guild(self.world, guild)

    def remove_bot(self, guild: Guild) -> None:
        """The bot is thrown out: it hears nothing more and every call answers Missing Access."""
        del guild.members[self.bot.id]
        self.world.emit(Event("GUILD_DELETE", {"id": str(guild.id)}, 1))

    @property
    def calls(self) -> list[Call]:
        """Every API request so far, oldest first."""
        return self._server.calls

    def calls_to(self, method: str, path: str) -> list[Call]:
        """The requests of one kind; `{...}` in the path stands for any id."""
        kind = Fault(method, path)
        return [call for call in self.calls if kind.meets(call.method, call.path)]

    @property
    def crashes(self) -> list[Exception]:
        """What went wrong in the stand-in itself, mostly for a body no client should send; answered 400."""
        return self._server.crashes

    @property
    def unknown_calls(self) -> list[Call]:
        """Requests to routes the stand-in does not have; they were answered 404."""
        return [call for call in self.calls if not call.template]

    def fail_next(
        self,
        method: str,
        path: str,
        *,
        status: int = 500,
        code: int = 0,
        message: str = "500: Internal Server Error",
        retry_after: float = 1.0,
        everywhere: bool = False,
        times: int = 1,
    ) -> None:
        """The next `times` such requests are refused and change nothing.

        A 429 asks for `retry_after` seconds; discord.py waits that long by itself and tries again. It also
        repeats after 500, 502, 504 (1, 3, 5, 7, 9 s apart), but not after 503.
        """
        fault = Fault(method, path, status, code, message, retry_after, everywhere, times)
        self._server.faults.planned.append(fault)

    def lose_next(self, method: str, path: str, *, times: int = 1) -> None:
        """Such requests are carried out, but the connection breaks before their answer."""
        self._server.faults.planned.append(Fault(method, path, times=times, lost=True))

    def delay_next(self, method: str, path: str, seconds: float, *, times: int = 1) -> None:
        self._server.faults.planned.append(Fault(method, path, times=times, delay_seconds=seconds))

    def limit_rates(self, on: bool = True) -> None:
        self._server.budgets.on = on

    def drop_gateway(self, resumable: bool = True, asked: bool = True) -> None:
        """Disconnect the bot: by op 7 (resumable) or op 9 (not), or without a word if not `asked`."""
        self.gateway.drop(resumable, asked)

    def gateway_down(self) -> None:
        """An outage: connections break, new ones are refused; sessions can be resumed afterwards."""
        self.gateway.open = False
        self.gateway.drop(resumable=True, asked=False)

    def gateway_up(self) -> None:
        self.gateway.open = True

    def raw_event(self, name: str, data: Json) -> None:
        """Any event, to every session, whatever its intents."""
        self.world.emit(Event(name, data))

    def expire_links(self) -> None:
        """All attachment links handed out so far stop working; messages read again carry new ones."""
        self.world.link_age += 1

    def expire_interactions(self) -> None:
        """A quarter of an hour passes: earlier interactions' tokens no longer serve."""
        for asked in self.world.interactions.values():
            asked.token_expired = True

    async def connected(self, timeout: float = 10) -> None:
        """Wait until the bot has a live gateway session."""
        await self.world.until(lambda: self.gateway.live, timeout, "the bot did not connect")

    async def disconnected(self, timeout: float = 10) -> None:
        await self.world.until(lambda: not self.gateway.live, timeout, "the bot stayed connected")

    async def until(
        self, found: Callable[[], Found | None], timeout: float = 5, lack: str = "it did not happen"
    ) -> Found:
        """What `found` returns once it is truthy; looked at after every change in the world."""
        return await self.world.until(found, timeout, lack)

    def transcript(self, channel: Channel, viewer: Person | None = None) -> str:
        return reading.transcript(channel, viewer)
