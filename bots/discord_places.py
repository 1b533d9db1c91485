"""Places on Discord: what kind of channel an id is, and what the desk does there.

Learnt from the gateway's guild and channel events, else asked for once. Held in memory per gateway session;
nothing here is needed to send.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bots.discord_rest import DiscordRest, Refused
from desk.conversation import Address, Surface

CHANNEL = "discord"
DIRECT, FORUM, MEDIA = 1, 15, 16
THREADS = frozenset({10, 11, 12})
WRITTEN_IN = frozenset({0, 1, 2, 5, 10, 11, 12, 13})
REQUIRES_TAG = 1 << 4

log = logging.getLogger(__name__)


class Duty(StrEnum):
    """What is listened to in a place: everything, a post's owner, staff, or only those who call the bot."""

    PRIVATE = "private"
    STAFF = "staff"
    POST = "post"
    WATCHED = "watched"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, thread or direct chat. `owner`: who began the thread. `last_message`: as far as the platform told.
    `bot_role`: the guild's role that is the bot's alone; people mention it, meaning the bot."""

    id: str
    kind: int
    guild: str | None = None
    parent: str | None = None
    owner: str | None = None
    name: str = ""
    last_message: str | None = None
    first_tag: str | None = None
    requires_tag: bool = False
    bot_role: str | None = None

    @property
    def is_thread(self) -> bool:
        """True for threads and forum posts."""
        return self.kind in THREADS

    @property
    def is_forum(self) -> bool:
        """True for channels whose threads are posts."""
        return self.kind in (FORUM, MEDIA)

    @property
    def address(self) -> Address:
        """Where answers go."""
        if self.is_thread and self.parent:
            return Address(CHANNEL, self.parent, self.id)
        return Address(CHANNEL, self.id)

    @property
    def surface(self) -> Surface:
        """Direct chats are private, everything else is read by others."""
        return Surface.PRIVATE if self.kind == DIRECT else Surface.PUBLIC


class Places:
    """All places known now. `staff` and `watched` are channel ids; `watched` None: every forum."""

    def __init__(self, rest: DiscordRest, staff: str | None, watched: tuple[str, ...] | None) -> None:
        self._rest = rest
        self._staff = staff
        self._watched = watched
        self._known: dict[str, Place] = {}
        self._bot_roles: dict[str, str] = {}
        self.bot_id = ""

    def learn(self, data: Mapping[str, Any], guild: str | None = None) -> Place:
        """Keeps what an event or answer says about a channel. Raises KeyError, TypeError, ValueError on nonsense."""
        tags = data.get("available_tags") or ()
        guild = _text(data.get("guild_id")) or guild
        place = Place(
            id=str(int(data["id"])),
            kind=int(data["type"]),
            guild=guild,
            bot_role=self._bot_roles.get(guild or ""),
            parent=_text(data.get("parent_id")),
            owner=_text(data.get("owner_id")),
            name=str(data.get("name") or ""),
            last_message=_text(data.get("last_message_id")),
            first_tag=_text(tags[0]["id"]) if tags else None,
            requires_tag=bool(int(data.get("flags") or 0) & REQUIRES_TAG),
        )
        self._known[place.id] = place
        return place

    def learn_guild(self, data: Mapping[str, Any]) -> list[Place]:
        """All channels and active threads of a guild, those that can be written in."""
        guild = str(int(data["id"]))
        for role in data.get("roles") or ():
            if str((role.get("tags") or {}).get("bot_id")) == self.bot_id:
                self._bot_roles[guild] = str(role["id"])
        places: list[Place] = []
        for channel in (*(data.get("channels") or ()), *(data.get("threads") or ())):
            try:
                places.append(self.learn(channel, guild))
            except (KeyError, TypeError, ValueError) as fault:
                log.warning("malformed channel in a guild (%s)", type(fault).__name__)
        return [place for place in places if place.kind in WRITTEN_IN]

    def of_threads(self, guild: str) -> list[Place]:
        """Forums that are heard, and the staff room: whose threads may have fallen asleep meanwhile."""
        return [place for place in self._known.values() if place.guild == guild and self._threads_count(place)]

    def forget(self, place_id: str) -> None:
        """The place was deleted."""
        self._known.pop(place_id, None)

    def direct(self, channel_id: str) -> Place:
        """A direct chat, known by its event having no guild."""
        return self._known.get(channel_id) or Place(channel_id, DIRECT)

    def known(self, channel_id: str) -> Place | None:
        """The place, if it was learnt."""
        return self._known.get(channel_id)

    async def find(self, channel_id: str) -> Place:
        """The place, asked for when it is not known. Raises Refused, DeliveryError."""
        if (place := self._known.get(channel_id)) is not None:
            return place
        return self.learn(await self._rest.patient("GET", f"/channels/{channel_id}"))

    async def duty(self, place: Place) -> Duty:
        """What is listened to in `place`. Raises DeliveryError when its parent cannot be asked for now."""
        if place.kind == DIRECT:
            return Duty.PRIVATE
        if self._staff is not None and self._staff in (place.id, place.parent):
            return Duty.STAFF
        if place.is_thread and place.parent and await self._is_heard_forum(place.parent):
            return Duty.POST
        watched = self._watched is not None and place.id in self._watched
        return Duty.WATCHED if watched else Duty.MENTIONS

    async def _is_heard_forum(self, channel_id: str) -> bool:
        try:
            return self._is_heard(await self.find(channel_id))
        except Refused:
            return False

    def _is_heard(self, place: Place) -> bool:
        return place.is_forum and (self._watched is None or place.id in self._watched)

    def _threads_count(self, place: Place) -> bool:
        return place.id == self._staff or self._is_heard(place)


def _text(value: object) -> str | None:
    return str(value) if value else None
