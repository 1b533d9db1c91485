"""One connection's listening: which gateway event goes where, and the reading back when a session begins.

A session begins with READY (not with RESUMED, which repeats what was missed). Then the direct chats known from
earlier are read back, and with each GUILD_CREATE that guild's channels and active threads.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from bots.discord_catchup import CatchUp
from bots.discord_commands import slash_commands
from bots.discord_gateway import Hearer
from bots.discord_intake import Intake
from bots.discord_interactions import NOT_TAKEN, Interactions
from bots.discord_lanes import Lanes
from bots.discord_places import WRITTEN_IN, Place, Places
from bots.discord_reading import instant
from bots.discord_rest import DiscordRest, Refused
from desk.conversation import Address
from desk.errors import DeliveryError
from desk.ports import CursorStore, Phrases, ReceiveEvent

FLUSH_SECONDS = 30.0
SWEEPERS = 8
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
NEW_CHANNELS = ("CHANNEL_CREATE", "CHANNEL_UPDATE", "THREAD_CREATE", "THREAD_UPDATE")
GONE_CHANNELS = ("CHANNEL_DELETE", "THREAD_DELETE")

Json = Mapping[str, Any]
log = logging.getLogger(__name__)


class Listening:
    """Everything that lives as long as one client. `hearers` by gateway event."""

    def __init__(
        self,
        receive: ReceiveEvent,
        rest: DiscordRest,
        places: Places,
        cursors: CursorStore,
        phrases: Phrases,
        say: Callable[[Address, str, str], Awaitable[None]],
        set_health: Callable[[str], None],
    ) -> None:
        self.was_ready = False
        self._rest = rest
        self._places = places
        self._phrases = phrases
        self._say = say
        self._set_health = set_health
        self._lanes = Lanes()
        self._sweepers = asyncio.Semaphore(SWEEPERS)
        self._catch_up = CatchUp(rest, places, cursors)
        self._intake = Intake(receive, self._lanes, places, self._catch_up, self._apologise)
        self._interactions = Interactions(receive, self._lanes, self._intake, rest, phrases)

    @property
    def hearers(self) -> dict[str, Hearer]:
        """What is heard; all other events are nobody's business."""
        return {
            "READY": self._ready,
            "RESUMED": lambda _: self._set_health("connected"),
            "GUILD_CREATE": self._guild,
            "MESSAGE_CREATE": self._intake.message_created,
            "MESSAGE_UPDATE": self._intake.message_changed,
            "MESSAGE_DELETE": self._intake.message_deleted,
            "MESSAGE_DELETE_BULK": self._intake.message_deleted,
            "MESSAGE_REACTION_ADD": lambda data: self._intake.reacted(data, added=True),
            "MESSAGE_REACTION_REMOVE": lambda data: self._intake.reacted(data, added=False),
            "INTERACTION_CREATE": self._interactions.arrived,
            **dict.fromkeys(NEW_CHANNELS, self._channel),
            **dict.fromkeys(GONE_CHANNELS, lambda data: self._places.forget(str(data["id"]))),
        }

    async def close(self) -> None:
        """Ends what is under way. What is not committed is read back next time."""
        await self._lanes.close()

    def _ready(self, data: Json) -> None:
        self._intake.bot_id = self._places.bot_id = str(int(data["user"]["id"]))
        if not self.was_ready:
            self._lanes.alongside(self._offer_commands(str(data["application"]["id"])))
            self._lanes.alongside(self._flush_now_and_then())
        self.was_ready = True
        self._set_health("connected")
        self._catch_up.begin()
        self._lanes.alongside(self._persistently(self._begin))

    async def _begin(self) -> None:
        await self._sweep(await self._catch_up.direct_chats())

    async def _sweep(self, places: list[Place]) -> None:
        """Reads places back, a few at once, until the session ends."""
        session = self._catch_up.session
        for place in places:
            await self._sweepers.acquire()
            if session != self._catch_up.session:
                self._sweepers.release()
                return
            self._intake.read_back(place, self._sweepers.release)

    def _guild(self, data: Json) -> None:
        if data.get("unavailable"):
            return
        guild, places = str(int(data["id"])), self._places.learn_guild(data)
        joined_at = instant(data["joined_at"]) if data.get("joined_at") else None
        self._lanes.alongside(self._persistently(lambda: self._read_back_guild(guild, joined_at, places)))

    async def _read_back_guild(self, guild: str, joined_at: datetime | None, places: list[Place]) -> None:
        await self._catch_up.first_seen(guild, joined_at)
        await self._sweep(places)
        for parent in self._places.of_threads(guild):
            await self._sweep(await self._catch_up.asleep(parent))

    def _channel(self, data: Json) -> None:
        place = self._places.learn(data)
        fresh = data.get("newly_created") or place.last_message is None
        if place.kind in WRITTEN_IN and place.guild and fresh:
            self._intake.begin(place)

    async def _offer_commands(self, application: str) -> None:
        """Registers the slash commands with the platform, for all guilds and direct chats."""

        async def put() -> None:
            await self._rest.call("PUT", f"/applications/{application}/commands", body=slash_commands(self._phrases))

        try:
            await self._persistently(put)
        except Refused as refused:
            log.error("the slash commands were refused: %s", refused)

    async def _persistently(self, work: Callable[[], Awaitable[None]]) -> None:
        """Repeats work whose failing passes: storage or platform away."""
        wait = FIRST_WAIT_SECONDS
        while True:
            try:
                return await work()
            except Refused:
                raise
            except Exception as fault:
                log.warning("will be tried again: %s", type(fault).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    async def _flush_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            try:
                await self._catch_up.flush()
            except Exception as fault:
                log.warning("positions were not stored: %s", type(fault).__name__)

    async def _apologise(self, place: Place, external_id: str) -> None:
        try:
            await self._say(place.address, external_id, self._phrases.say(None, NOT_TAKEN))
        except DeliveryError as fault:
            log.info("an apology was not delivered: %s", type(fault).__name__)
