"""The gateway: sessions over WebSocket, with heartbeats, sequence numbers, resuming and replay.

A session outlives its connection. While it has none it keeps its events, and RESUME (op 6) replays what
came after the sequence number the client last saw; a client that identifies (op 2) anew starts with
nothing of the past. A client that closes with 1000 or 1001 ends its session.

Events are queued synchronously and written by one task a connection, so whoever acts in the world
never waits for a slow client. Frames are JSON text, or one shared zlib stream when asked for.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from . import guild_shape, message_shape, shapes
from .events import GUILD_MEMBERS, MESSAGE_CONTENT, PRESENCES, Event
from .members_chunk import chunks
from .things import Json
from .world import World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, MEMBERS = 0, 1, 2, 3, 4, 6, 7, 8
INVALID_SESSION, HELLO, ACK = 9, 10, 11
BAD_OPCODE, BAD_JSON, NOT_IDENTIFIED, BAD_TOKEN, IDENTIFIED_TWICE = 4001, 4002, 4003, 4004, 4005
BAD_SEQUENCE = 4007
FORBIDDEN_INTENTS = 4014
REPLAYED_EVENTS, FRAME_BYTES = 1000, 4096
Close = tuple[int, str]


@dataclass(eq=False)
class Connection:
    socket: web.WebSocketResponse
    deflate: zlib._Compress | None
    outbox: asyncio.Queue[str | Close] = field(default_factory=asyncio.Queue)
    session: Session | None = None
    last_beat: float = 0.0

    def send(self, op: int, data: object = None) -> None:
        self.outbox.put_nowait(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def close(self, code: int, reason: str = "") -> None:
        self.outbox.put_nowait((code, reason))

    async def write(self) -> None:
        with suppress(ConnectionError):
            while isinstance(item := await self.outbox.get(), str):
                if self.deflate is None:
                    await self.socket.send_str(item)
                else:
                    data = self.deflate.compress(item.encode())
                    await self.socket.send_bytes(data + self.deflate.flush(zlib.Z_SYNC_FLUSH))
            await self.socket.close(code=item[0], message=item[1].encode())


@dataclass(eq=False)
class Session:
    id: str
    intents: int
    connection: Connection | None
    sequence: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAYED_EVENTS))

    def dispatch(self, name: str, payload: Json) -> None:
        self.sequence += 1
        frame = json.dumps({"op": DISPATCH, "t": name, "s": self.sequence, "d": payload})
        self.sent.append((self.sequence, frame))
        if self.connection is not None:
            self.connection.outbox.put_nowait(frame)


class Gateway:
    """All sessions of the one bot. `open` False refuses new connections, as in an outage."""

    def __init__(self, world: World, token: str, heartbeat_seconds: float, allowed_intents: int) -> None:
        self._world = world
        self._token = token
        self._beat = heartbeat_seconds
        self._allowed = allowed_intents
        self.open = True
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.identified = 0
        self.resumed = 0
        world.listeners.append(self._hear)

    @property
    def live(self) -> list[Session]:
        return [s for s in self.sessions.values() if s.connection is not None]

    def _hear(self, event: Event) -> None:
        for session in list(self.sessions.values()):
            if event.intent and not event.intent & session.intents:
                continue
            payload = event.payload
            if event.message is not None and not session.intents & MESSAGE_CONTENT:
                payload = message_shape.without_content(payload, event.message, self._world)
            if event.name == "GUILD_CREATE":
                payload = self._available(int(payload["id"]), session)
            session.dispatch(event.name, payload)

    def _available(self, guild_id: int, session: Session) -> Json:
        everybody = bool(session.intents & PRESENCES)
        return guild_shape.available(self._world.guilds[guild_id], self._world, everybody)

    def drop(self, resumable: bool, asked: bool) -> None:
        """End every connection: `asked` by op 7 or 9 first, else abruptly. Sessions stay if resumable."""
        for connection in list(self.connections):
            if connection.session is not None:
                connection.session.connection = None
            if asked:
                connection.send(RECONNECT if resumable else INVALID_SESSION, None if resumable else False)
            connection.close(4000)
        if not resumable:
            self.sessions.clear()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if not self.open:
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=False, max_msg_size=1 << 20, timeout=1.0)
        await socket.prepare(request)
        zipped = request.query.get("compress") == "zlib-stream"
        connection = Connection(socket, zlib.compressobj() if zipped else None)
        self.connections.add(connection)
        writer = asyncio.create_task(connection.write())
        connection.send(HELLO, {"heartbeat_interval": int(self._beat * 1000)})
        try:
            await self._listen(connection)
        finally:
            self._leave(connection)
            writer.cancel()
        return socket

    def _leave(self, connection: Connection) -> None:
        self.connections.discard(connection)
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if connection.socket.close_code in (1000, 1001):
                self.sessions.pop(session.id, None)
        self._world.stir()

    async def _listen(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        connection.last_beat = loop.time()
        while True:
            left = connection.last_beat + 2 * self._beat - loop.time()
            try:
                message = await connection.socket.receive(timeout=max(left, 0.001))
            except TimeoutError:
                await connection.socket.close(code=4000, message=b"no heartbeat")
                return
            if message.type is not WSMsgType.TEXT:
                return
            self._receive(connection, message.data)

    def _receive(self, connection: Connection, text: str) -> None:
        try:
            frame = json.loads(text)
            op, data = frame["op"], frame.get("d")
        except (ValueError, TypeError, KeyError):
            connection.close(BAD_JSON, "Error while decoding payload.")
            return
        if len(text) > FRAME_BYTES:
            connection.close(BAD_JSON, "Payload too large.")
        elif op == HEARTBEAT:
            connection.last_beat = asyncio.get_running_loop().time()
            connection.send(ACK)
        elif op in (IDENTIFY, RESUME):
            self._enter(connection, op, data)
        elif connection.session is None:
            connection.close(NOT_IDENTIFIED, "Not authenticated.")
        elif op == MEMBERS:
            for chunk in chunks(self._world, data, bool(connection.session.intents & GUILD_MEMBERS)):
                connection.session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
        elif op not in (PRESENCE, VOICE):
            connection.close(BAD_OPCODE, "Unknown opcode.")

    def _enter(self, connection: Connection, op: int, data: Json) -> None:
        if connection.session is not None:
            connection.close(IDENTIFIED_TWICE, "Already authenticated.")
        elif str(data.get("token", "")).removeprefix("Bot ") != self._token:
            connection.close(BAD_TOKEN, "Authentication failed.")
        elif op == RESUME:
            self._resume(connection, data)
        elif int(data.get("intents", 0)) & ~self._allowed:
            connection.close(FORBIDDEN_INTENTS, "Disallowed intent(s).")
        else:
            self._identify(connection, data)
        self._world.stir()

    def _identify(self, connection: Connection, data: Json) -> None:
        world = self._world
        session = Session(secrets.token_hex(16), int(data.get("intents", 0)), connection)
        connection.session = session
        self.identified += 1
        mine = [g for g in world.guilds.values() if world.bot.id in g.members]
        ready: Json = {
            "v": 10,
            "user": shapes.user(world.bot) | {"verified": True, "mfa_enabled": False, "flags": 0},
            "guilds": [{"id": str(g.id), "unavailable": True} for g in mine],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": world.base_url.replace("http", "ws", 1) + "/gateway",
            "application": {"id": str(world.application_id), "flags": 1 << 19 | 1 << 15},
            "private_channels": [],
        }
        if "shard" in data:
            ready["shard"] = data["shard"]
        session.dispatch("READY", ready)
        for guild in mine:
            session.dispatch("GUILD_CREATE", self._available(guild.id, session))
        self.sessions[session.id] = session

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(str(data.get("session_id")))
        seen = int(data.get("seq") or 0)
        if session is None or (session.sent and seen + 1 < session.sent[0][0]):
            connection.send(INVALID_SESSION, False)
            return
        if seen > session.sequence:
            connection.close(BAD_SEQUENCE, "Invalid seq.")
            return
        if session.connection is not None:
            session.connection.session = None
            session.connection.close(4000)
        connection.session, session.connection = session, connection
        self.resumed += 1
        for sequence, frame in session.sent:
            if sequence > seen:
                connection.outbox.put_nowait(frame)
        session.dispatch("RESUMED", {"_trace": []})
