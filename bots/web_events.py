"""The event stream of a chat: what was said, what changed, and where the question stands, as it happens.

    message   a new message, its id as the event's id (a client that comes back sends it as Last-Event-ID)
    changed   a message that was edited, deleted, or whose file arrived
    status    where the question stands, at first and when it changes

A feed reads the store when it is woken, and every RECHECK_SECONDS anyway. It looks back over the newest WINDOW
messages for changes, so its cost does not grow with the talk. A client too slow to read is dropped.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from aiohttp import web
from aiohttp_sse import EventSourceResponse

from bots.web_gate import Gate
from bots.web_hub import Hub, HubFull, Listener
from bots.web_problems import PROTECTION, RETRY_SECONDS, retry_later
from bots.web_reading import id_of
from bots.web_shapes import message_shape, state_shape
from desk.conversation import Message
from desk.errors import StorageUnavailable
from desk.phrases import marked as _
from workflows.care_desk import CareDesk
from workflows.web_talk import Talk, TalkState, read_talk

HEARTBEAT_SECONDS = 15.0
RECHECK_SECONDS = 20.0
SLOWEST_SECONDS = 10.0
WINDOW = 100


class Event(NamedTuple):
    """One event of the stream. `id`: only of new messages."""

    kind: str
    data: dict[str, Any]
    id: int | None = None


class Feed:
    """What one client has not seen yet."""

    def __init__(self, desk: CareDesk, chat: str, after: int) -> None:
        self._desk = desk
        self._chat = chat
        self._after = after
        self._seen: dict[int, tuple[object, ...]] = {}
        self._state: TalkState | None = None

    async def news(self) -> Sequence[Event]:
        """Events since the last call."""
        events: list[Event] = []
        ids = sorted(self._seen)
        after, more = (ids[-WINDOW - 1] if len(ids) > WINDOW else 0), True
        while more:
            talk = await read_talk(self._desk, self._chat, after=after)
            events += [event for message in talk.messages for event in self._about(message, talk)]
            after, more = (talk.messages[-1].id if talk.messages else after), talk.more
        for old in sorted(self._seen)[: -2 * WINDOW]:
            del self._seen[old]
        if talk.state != self._state:
            self._state = talk.state
            events.append(Event("status", state_shape(talk.state)))
        return events

    def _about(self, message: Message, talk: Talk) -> Sequence[Event]:
        look = (message.version, message.deleted_at, tuple(file.state for file in message.attachments))
        before = self._seen.get(message.id)
        if before == look:
            return ()
        self._seen[message.id] = look
        shape = message_shape(message, talk.names.get(message.id), self._chat)
        if before is None and message.id > self._after:
            return (Event("message", shape, message.id),)
        is_changed = message.edited_at is not None or message.deleted_at is not None or before is not None
        return (Event("changed", shape),) if is_changed else ()


class EventStream:
    """Handler of GET /chat/api/events."""

    def __init__(self, desk: CareDesk, gate: Gate, hub: Hub) -> None:
        self._desk = desk
        self._gate = gate
        self._hub = hub

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Streams until the client goes, is too slow, or the process ends."""
        visitor = self._gate.reads(request)
        last = request.headers.get("Last-Event-ID") or request.query.get("after")
        feed = Feed(self._desk, visitor.chat, id_of(last, "Last-Event-ID", default=0))
        try:
            with self._hub.listening(visitor.chat) as listener:
                events = await feed.news()
                response = EventSourceResponse(headers=PROTECTION)
                response.ping_interval = HEARTBEAT_SECONDS
                await response.prepare(request)
                async with response:
                    await self._follow(request, response, feed, listener, events)
                return response
        except HubFull:
            raise retry_later(503, _("Too many people are here right now. Please try again soon."), 10) from None

    async def _follow(
        self,
        request: web.Request,
        response: EventSourceResponse,
        feed: Feed,
        listener: Listener,
        events: Sequence[Event],
    ) -> None:
        try:
            async with asyncio.timeout(SLOWEST_SECONDS):
                await response.write(f"retry: {RETRY_SECONDS * 1000}\r\n\r\n".encode())
            while not listener.closed and response.is_connected():
                for event in events:
                    async with asyncio.timeout(SLOWEST_SECONDS):
                        await self._send(response, event)
                await listener.wait(RECHECK_SECONDS)
                events = [] if listener.closed else await feed.news()
        except TimeoutError:
            if request.transport is not None:
                request.transport.abort()
        except (ConnectionResetError, StorageUnavailable):
            return

    async def _send(self, response: EventSourceResponse, event: Event) -> None:
        data = json.dumps(event.data, ensure_ascii=False)
        await response.send(data, id=None if event.id is None else str(event.id), event=event.kind)
