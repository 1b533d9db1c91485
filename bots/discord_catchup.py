"""Reading back: what was written while no gateway was connected.

Discord never repeats what nobody heard, but keeps history. Each place has a cursor, the last message that the
desk has committed (or that was none of its business). A new gateway session makes every older place unread: it
is read from its cursor on, oldest first, page by page, before any new message of that place may move the cursor.
Messages handed over twice are recognised by the desk. Edits of the last messages before the cursor are told, too;
deletions leave no trace in history.

Cursors are kept under the channel's id (`dm:` before it for direct chats, which cannot be listed otherwise).
Where a place has none: a direct chat, post or staff thread is read from its beginning, but not from before
`since:<guild or dm>`, the moment the desk first saw that guild (or started at all); any other channel begins at
its last message, so that no old history floods in.

Positions are snowflakes, compared by length, then text; the upper bits count milliseconds since 2015.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bots.discord_places import CHANNEL, DIRECT, Duty, Place, Places
from bots.discord_rest import DiscordRest, Refused
from desk.ports import CursorStore

EPOCH_MS = 1_420_070_400_000
PAGE = 100
CALL_EVERY_SECONDS = 1 / 25
EDITS_LOOKED_FOR = timedelta(days=3)
EDITS_AMONG = 25
CLOCK_DOUBT = timedelta(seconds=2)
"""A place younger than the session by this much cannot have been missed; clocks are compared to a second."""

HandleOld = Callable[[Place, Mapping[str, Any]], Awaitable[bool]]
"""Commits one message of history; False when it was none of our business."""
HandleEdit = Callable[[Place, Mapping[str, Any]], Awaitable[None]]
"""Tells the desk of a message's present text; it knows when that is nothing new."""

log = logging.getLogger(__name__)


def snowflake_at(moment: datetime) -> int:
    """The smallest id that could be made at that moment."""
    return max(0, int(moment.timestamp() * 1000) - EPOCH_MS) << 22


def source_of(place: Place) -> str:
    """The cursor's name."""
    return f"dm:{place.id}" if place.kind == DIRECT else place.id


class CatchUp:
    """Cursors of one gateway session, and the reading back."""

    def __init__(self, rest: DiscordRest, places: Places, cursors: CursorStore) -> None:
        self._rest = rest
        self._places = places
        self._cursors = cursors
        self._began = snowflake_at(datetime.now(UTC)) - 1
        self.session = 0
        self._new_after = 0
        self._read_in: dict[str, int] = {}
        self._passed: dict[str, str] = {}
        self._held: dict[str, set[int]] = {}
        self._next_call = 0.0

    def begin(self) -> None:
        """A new session: everything older is unread."""
        self.session += 1
        self._new_after = snowflake_at(datetime.now(UTC) - self._rest.clock_ahead + CLOCK_DOUBT)
        self._read_in.clear()

    async def direct_chats(self) -> list[Place]:
        """The direct chats known from earlier, the latest first."""
        await self._since("dm")
        stored = await self._cursors.positions(CHANNEL)
        direct = [(at, source[3:]) for source, at in stored.items() if source.startswith("dm:")]
        latest_first = sorted(direct, key=lambda pair: (len(pair[0]), pair[0]), reverse=True)
        return [self._places.direct(channel_id) for _, channel_id in latest_first]

    async def first_seen(self, guild: str, joined_at: datetime | None) -> None:
        """Remembers when the desk first saw a guild: when it began to listen, or joined later."""
        joined = snowflake_at(joined_at) if joined_at else 0
        await self._since(guild, max(joined, self._began))

    async def asleep(self, parent: Place) -> list[Place]:
        """Threads of a forum or room that were archived, with words after their cursor: the latest `PAGE`."""
        path = f"/channels/{parent.id}/threads/archived/public"
        try:
            answer = await self._rest.patient("GET", path, params={"limit": str(PAGE)})
        except Refused as refused:
            log.info("archived threads cannot be listed (%s)", refused.code or refused.status)
            return []
        threads = [self._places.learn(data, parent.guild) for data in answer["threads"]]
        stored = await self._cursors.positions(CHANNEL)
        since = str(await self._since(parent.guild or "dm"))
        return [one for one in threads if not self._nothing_new(one, stored.get(one.id, since))]

    def is_read(self, place: Place) -> bool:
        """Nothing in `place` was missed by this session."""
        read_in = self._read_in.get(place.id)
        return read_in == self.session or (read_in is None and int(place.id) > self._new_after)

    def unread(self, place: Place) -> None:
        """Something was left out here; the cursor stays until it is read back."""
        self._read_in[place.id] = 0

    async def read(self, place: Place, upcoming: str | None, handle: HandleOld, handle_edit: HandleEdit) -> set[str]:
        """Hands over what is after the cursor, and late edits before it. Returns the ids of the messages.

        `upcoming`: a message that waits to be handled next; a first cursor starts before it.

        The place stays unread, and its cursor where it is, when this raises: DeliveryError and what storage raises.
        """
        session, seen, urgent = self.session, set[str](), upcoming is not None
        stored = await self._cursors.position(CHANNEL, source_of(place))
        after = stored or await self._first(place, upcoming)
        try:
            if stored is not None and int(stored) > snowflake_at(datetime.now(UTC) - EDITS_LOOKED_FOR):
                await self._edits(place, stored, handle_edit, urgent)
            if not self._nothing_new(place, after):
                await self._pages(place, after, handle, seen, urgent)
        except Refused as refused:
            log.info("a place cannot be read back (%s)", refused.code or refused.status)
        if session == self.session:
            self._read_in[place.id] = session
        return seen

    async def remember(self, place: Place, message_id: str) -> None:
        """Before the first message of a place that is too young to have been missed: a cursor in front of it, so
        that it is found again should this process die before the commit."""
        if place.id not in self._read_in:
            await self._cursors.advance(CHANNEL, source_of(place), str(int(message_id) - 1))
            self._read_in[place.id] = self.session

    async def committed(self, place: Place, message_id: str) -> None:
        """Moves the cursor, unless something before it may still be unread."""
        if self.is_read(place):
            self._passed.pop(source_of(place), None)
            await self._advance(source_of(place), message_id)

    def passed(self, place: Place, message_id: str) -> None:
        """None of our business: the cursor may move on, but that is not worth a write each time."""
        if self.is_read(place):
            self._passed[source_of(place)] = message_id

    async def flush(self) -> None:
        """Writes the cursors that `passed` left behind."""
        while self._passed:
            source, message_id = self._passed.popitem()
            await self._advance(source, message_id)

    def hold(self, place: Place, message_id: str) -> None:
        """This message is not committed yet, though later ones will be: the cursor stays before it."""
        self._held.setdefault(source_of(place), set()).add(int(message_id))

    def release(self, place: Place, message_id: str) -> None:
        """It is committed now."""
        held = self._held.get(source_of(place), set())
        held.discard(int(message_id))
        if not held:
            self._held.pop(source_of(place), None)

    async def _advance(self, source: str, message_id: str) -> None:
        held = self._held.get(source)
        position = min(int(message_id), min(held) - 1) if held else int(message_id)
        await self._cursors.advance(CHANNEL, source, str(position))

    async def _history(self, place: Place, urgent: bool, **params: str) -> list[Mapping[str, Any]]:
        """One page, oldest first. Paced, so that reading back leaves room for answers, unless somebody waits."""
        if not urgent:
            now = time.monotonic()
            self._next_call = max(now, self._next_call) + CALL_EVERY_SECONDS
            await asyncio.sleep(self._next_call - now - CALL_EVERY_SECONDS)
        page = await self._rest.patient("GET", f"/channels/{place.id}/messages", params=params)
        return sorted(page, key=lambda message: int(message["id"]))

    async def _edits(self, place: Place, before: str, handle_edit: HandleEdit, urgent: bool) -> None:
        if await self._places.duty(place) is Duty.MENTIONS:
            return
        for data in await self._history(place, urgent, before=str(int(before) + 1), limit=str(EDITS_AMONG)):
            if data.get("edited_timestamp"):
                await handle_edit(place, data)

    async def _pages(self, place: Place, after: str, handle: HandleOld, seen: set[str], urgent: bool) -> None:
        while True:
            page = await self._history(place, urgent, after=after, limit=str(PAGE))
            for data in page:
                ours = await handle(place, data)
                after = str(int(data["id"]))
                seen.add(after)
                if ours:
                    await self._advance(source_of(place), after)
            if page:
                await self._advance(source_of(place), after)
            if len(page) < PAGE:
                return

    async def _first(self, place: Place, upcoming: str | None) -> str:
        """Where a place without a cursor begins; remembered."""
        duty = await self._places.duty(place)
        start = place.last_message or place.id
        if duty is Duty.PRIVATE or (place.is_thread and duty in (Duty.POST, Duty.STAFF)):
            start = str(max(int(place.id) - 1, await self._since(place.guild or "dm")))
        if upcoming is not None:
            start = str(min(int(start), int(upcoming) - 1))
        await self._cursors.advance(CHANNEL, source_of(place), start)
        return start

    async def _since(self, what: str, otherwise: int | None = None) -> int:
        source = f"since:{what}"
        stored = await self._cursors.position(CHANNEL, source)
        if stored is None:
            stored = str(self._began if otherwise is None else otherwise)
            await self._cursors.advance(CHANNEL, source, stored)
        return int(stored)

    def _nothing_new(self, place: Place, after: str) -> bool:
        return place.last_message is not None and int(place.last_message) <= int(after)
