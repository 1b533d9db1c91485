"""What the gateway says, as the desk's events: each in its place's lane, after what was missed there.

Messages move the place's cursor once they are committed. Edits and deletions have no cursor: those that happen
while no gateway is connected are never told by the platform.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bots.discord_catchup import CatchUp, snowflake_at
from bots.discord_lanes import PATIENCE, Lanes, Stuck
from bots.discord_places import CHANNEL, DIRECT, Place, Places
from bots.discord_reactions import reactor_of, solves
from bots.discord_reading import edit_of, message_of, spoken
from bots.discord_relevance import Ours, whose_business
from bots.discord_rest import Refused
from desk.errors import DeliveryError, DeskError
from desk.inbound import CommandGiven, InboundEvent, InboundMessage, MessageDeleted, Reacted
from desk.people import Author
from desk.ports import ReceiveEvent

MOST_WAITING = 1_000
"""Jobs in one lane; beyond it new messages are left to history and read back when the lane is free again."""
RETRY_SECONDS = 5.0
APOLOGY = timedelta(minutes=10)
"""Older messages that the desk refuses are not answered any more."""

Json = Mapping[str, Any]
Apologise = Callable[[Place, str], Awaitable[None]]
log = logging.getLogger(__name__)


class Intake:
    """One listening: from gateway events to `receive`."""

    def __init__(
        self, receive: ReceiveEvent, lanes: Lanes, places: Places, catch_up: CatchUp, apologise: Apologise
    ) -> None:
        self._receive = receive
        self._lanes = lanes
        self._places = places
        self._catch_up = catch_up
        self._apologise = apologise
        self._behind: set[str] = set()
        self._retrying: set[str] = set()
        self._seen: dict[str, set[str]] = {}
        self.bot_id = ""
        self.malformed: Counter[str] = Counter()

    def message_created(self, data: Json) -> None:
        """MESSAGE_CREATE: somebody wrote."""
        channel = _id(data["channel_id"])
        if channel in self._behind:
            return
        if self._lanes.depth(channel) < MOST_WAITING:
            self._lanes.put(channel, lambda: self._new(data))
            return
        log.warning("a place is written in faster than the desk commits; the rest is read back later")
        self._behind.add(channel)
        self._lanes.put(channel, lambda: self._recover(data))

    def message_changed(self, data: Json) -> None:
        """MESSAGE_UPDATE: an edit, or only a link preview that came in."""
        if data.get("edited_timestamp") and "content" in data and spoken(data, self.bot_id):
            self._lanes.put(_id(data["channel_id"]), lambda: self._changed(data))

    def message_deleted(self, data: Json) -> None:
        """MESSAGE_DELETE and MESSAGE_DELETE_BULK."""
        gone = [_id(message) for message in data.get("ids") or (data["id"],)]
        self._lanes.put(_id(data["channel_id"]), lambda: self._deleted(data, gone))

    def reacted(self, data: Json, *, added: bool) -> None:
        """MESSAGE_REACTION_ADD and MESSAGE_REACTION_REMOVE: only the signs for *this solved it* are heard."""
        if data.get("guild_id") and solves(data["emoji"]):
            author = reactor_of(data)
            message = _id(data["message_id"])
            self._lanes.put(_id(data["channel_id"]), lambda: self._reacted(data, author, message, added))

    def read_back(self, place: Place, done: Callable[[], None] = lambda: None) -> None:
        """Puts the reading back of a place into its lane; calls `done` afterwards."""

        async def read() -> None:
            try:
                if not self._catch_up.is_read(place):
                    await self._read_back_until_done(place)
            finally:
                done()

        self._lanes.put(place.id, read)

    def begin(self, place: Place) -> None:
        """A place that is new: its cursor starts before its first word."""
        self._lanes.put(place.id, lambda: self._begin(place))

    async def place_of(self, data: Json) -> Place:
        """The place of an event, as far as the platform lets us know it."""
        channel, guild = _id(data["channel_id"]), data.get("guild_id")
        if not guild:
            return self._places.direct(channel)
        while True:
            try:
                place = await self._places.find(channel)
                await self._places.duty(place)
                return place
            except (Refused, KeyError, TypeError, ValueError):
                return Place(channel, 0, str(guild))
            except DeliveryError as fault:
                log.warning("a place cannot be asked for: %s", fault.reason)
                await asyncio.sleep(RETRY_SECONDS)

    async def _new(self, data: Json) -> None:
        place, message = await self.place_of(data), _id(data["id"])
        if not spoken(data, self.bot_id):
            self._catch_up.passed(place, message)
            return
        if not self._catch_up.is_read(place) and place.id not in self._retrying:
            await self._read_back_until_done(place, message)
        if message in self._seen.get(place.id, ()):
            return
        self._seen.pop(place.id, None)
        if self._catch_up.is_read(place):
            await self._stored(self._catch_up.remember(place, message))
        if not await self._hand_over(place, data):
            self._catch_up.passed(place, message)
            return
        await self._stored(self._catch_up.committed(place, message))

    async def _stored(self, write: Awaitable[None]) -> None:
        """A position that cannot be stored now only means that a message is read once more, and recognised."""
        try:
            await write
        except Exception as fault:
            log.warning("a position was not stored: %s", type(fault).__name__)

    async def _begin(self, place: Place) -> None:
        if self._catch_up.is_read(place):
            await self._stored(self._catch_up.remember(place, place.id))
        else:
            await self._read_back_until_done(place)

    async def _recover(self, data: Json) -> None:
        place = await self.place_of(data)
        self._behind.discard(place.id)
        self._catch_up.unread(place)
        await self._read_back_until_done(replace(place, last_message=None))

    async def _read_back_until_done(self, place: Place, upcoming: str | None = None) -> None:
        """Once now; later again beside the lane when it cannot be done now, so that new messages need not wait."""
        await self._read_back(place, upcoming)
        if not self._catch_up.is_read(place) and place.id not in self._retrying:
            self._retrying.add(place.id)
            self._lanes.alongside(self._read_back_later(place))

    async def _read_back_later(self, place: Place) -> None:
        await asyncio.sleep(RETRY_SECONDS)
        self._retrying.discard(place.id)
        self.read_back(place)

    async def _read_back(self, place: Place, upcoming: str | None) -> None:
        """Once. What history showed is remembered, because live events of the same messages wait in the lane."""
        try:
            self._seen[place.id] = await self._catch_up.read(place, upcoming, self._hand_over, self._tell_edit)
        except Exception as fault:
            log.warning("reading back failed: %s", type(fault).__name__)

    async def _hand_over(self, place: Place, data: Json) -> bool:
        """Hands a message to the desk. False when it is none of its business, or nonsense."""
        place = self._places.known(place.id) or place  # more may be known than when the reading back was planned
        try:
            ours = await self._ours(place, data) if spoken(data, self.bot_id) else Ours.NOT
            event = message_of(data, self.bot_id, place) if ours is not Ours.NOT else None
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            self._count("message", fault)
            return False
        if ours is Ours.OVERHEARD:
            event = replace(event, overheard=True) if isinstance(event, InboundMessage) else None
        return event is not None and await self._commit(place, event)

    async def _commit(self, place: Place, event: InboundEvent) -> bool:
        """False: the desk has looked at it and kept nothing."""
        try:
            outcome = await self._lanes.hand_over(self._receive, event, patience=PATIENCE)
        except Stuck:
            self._give_way(place, event)
            return True
        if not isinstance(outcome, DeskError):
            return not outcome.ignored
        if place.kind == DIRECT:
            self._apologise_for(place, event)
        return True

    def _apologise_for(self, place: Place, event: InboundEvent) -> None:
        recent = snowflake_at(datetime.now(UTC) - APOLOGY)
        if isinstance(event, InboundMessage | CommandGiven) and int(event.external_id) > recent:
            self._lanes.alongside(self._apologise(place, event.external_id))

    def _give_way(self, place: Place, event: InboundEvent) -> None:
        """Lets those behind pass; the event is offered on by itself, and the cursor waits for it."""
        log.error("%s gives way to those behind it", type(event).__name__)
        message = getattr(event, "external_id", "0")
        if isinstance(event, InboundMessage | CommandGiven):
            self._catch_up.hold(place, message)

        async def offer_on() -> None:
            await self._lanes.hand_over(self._receive, event)
            self._catch_up.release(place, message)

        self._lanes.alongside(offer_on())

    async def _ours(self, place: Place, data: Json) -> Ours:
        return whose_business(await self._places.duty(place), data, self.bot_id, place)

    async def _changed(self, data: Json) -> None:
        await self._tell_edit(await self.place_of(data), data)

    async def _tell_edit(self, place: Place, data: Json) -> None:
        try:
            if not spoken(data, self.bot_id) or await self._ours(place, data) is Ours.NOT:
                return
            event = edit_of(data, self.bot_id, place)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            self._count("edit", fault)
            return
        await self._commit(place, event)

    async def _reacted(self, data: Json, author: Author, message: str, added: bool) -> None:
        place = await self.place_of(data)
        await self._commit(place, Reacted(CHANNEL, place.address, author, message, added))

    async def _deleted(self, data: Json, gone: list[str]) -> None:
        place = await self.place_of(data)
        for message in gone:
            await self._commit(place, MessageDeleted(CHANNEL, message, place.address))

    def _count(self, what: str, fault: Exception) -> None:
        self.malformed[what] += 1
        log.warning("malformed %s (%s), %d so far", what, type(fault).__name__, self.malformed[what])


def _id(value: object) -> str:
    """A snowflake as text. Raises ValueError on anything else."""
    return str(int(str(value)))
