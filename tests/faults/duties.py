"""What processes do until they are killed. Module-level functions, so that a forked process finds them by name."""

from __future__ import annotations

import asyncio
import gc
import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from aiohttp import web

from app.http import webhook_routes
from app.metrics import Metrics
from app.system import hold_channel
from bots.web_chat import WebChat
from bots.web_limits import Rate, WebLimits
from db.locks import ChannelLease
from desk.inbound import ButtonTapped, InboundEvent, InboundMessage
from tests.faults.databases import connected
from tests.faults.fuse import NEVER, Fuse
from tests.faults.small_desk import OpenDesk, Shift, desk_of, message_of
from workflows.receive_event import receive_event

KEY = b"a key that only tests know, 32 b"
GENEROUS = WebLimits(
    writes_of_session=Rate(1e6, 1e6), writes_of_address=Rate(1e6, 1e6), reads_of_session=Rate(1e6, 1e6)
)


def hear(shift: Shift, place: Path) -> None:
    """Takes messages in over a socket, a line each; says `{"id", "duplicate"}` after the commit."""
    asyncio.run(_hear(shift, place))


async def _hear(shift: Shift, place: Path) -> None:
    async with desk_of(shift) as opened:

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(ConnectionError):
                while line := await reader.readline():
                    said = json.loads(line)
                    receipt = await receive_event(opened.desk, message_of(said["who"], said["number"], said["text"]))
                    writer.write(
                        json.dumps({"id": receipt.message_id, "duplicate": receipt.duplicate}).encode() + b"\n"
                    )
                    await writer.drain()

        with suppress(FileNotFoundError):
            os.unlink(place)  # noqa: PTH108 - at once, on a folder of our own
        async with await asyncio.start_unix_server(talk, place) as server:
            await server.serve_forever()


def read(shift: Shift) -> None:
    """Triage and clocks."""
    asyncio.run(_read(shift))


async def _read(shift: Shift) -> None:
    async with desk_of(shift) as opened:
        await opened.workers.run_common()


def send(shift: Shift) -> None:
    """Delivery on the shift's channel."""
    asyncio.run(_send(shift))


async def _send(shift: Shift) -> None:
    async with desk_of(shift) as opened:
        await opened.workers.run_channel(opened.channel)


def everything(shift: Shift) -> None:
    """A whole process of an exclusive channel: it listens and sends while it has the lease, reads, runs clocks."""
    asyncio.run(_everything(shift))


async def _everything(shift: Shift) -> None:
    lease = ChannelLease(shift.database_url, check_seconds=0.5, wait_seconds=0.1)
    async with desk_of(shift) as opened, asyncio.TaskGroup() as group:
        group.create_task(opened.workers.run_common())
        group.create_task(
            hold_channel(lease, opened.workers, opened.desk, opened.channel, Metrics(), pause_seconds=0.1)
        )


def web_chat(shift: Shift, place: Path) -> None:
    """The web chat's server, triage and delivery."""
    asyncio.run(_web_chat(shift, place))


async def _web_chat(shift: Shift, place: Path) -> None:
    async with desk_of(shift) as opened, asyncio.TaskGroup() as group:
        application = web.Application()

        async def pokes(topic: str) -> AsyncIterator[str]:
            with opened.notifier.subscribe(topic) as subscription:
                async for detail in subscription:
                    yield detail

        chat = WebChat(
            opened.desk, partial(receive_event, opened.desk), secret_key=KEY, subscribe=pokes, limits=GENEROUS,
            client_address=lambda _request: "somebody",
        )  # fmt: skip
        chat.setup(application)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        with suppress(FileNotFoundError):
            os.unlink(place)  # noqa: PTH108 - at once, on a folder of our own
        await web.UnixSite(runner, str(place)).start()
        group.create_task(opened.workers.run_common())
        group.create_task(opened.workers.run_channel(opened.channel))


def hear_webhook(shift: Shift, port: int, dies_at: int, out: Connection) -> None:
    """Telegram's webhook on a port; reports the port, dies after so many effects."""
    asyncio.run(_hear_webhook(shift, port, dies_at, out))


async def _hear_webhook(shift: Shift, port: int, dies_at: int, out: Connection) -> None:
    async with desk_of(shift) as opened:
        receive = partial(receive_event, opened.desk)
        listening = asyncio.create_task(opened.channel.listen(receive))
        application = web.Application()
        application.add_routes(webhook_routes(opened.channel, receive))
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        Fuse(dies_at, lambda _effect: None).lay(opened.channel)
        await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
        out.send("ready")
        await listening


# --- a journey, step by step ---

NEWEST = """
select (select max(id) from offer) as offer, (select max(id) from ticket) as ticket,
    (select max(id) from answer) as answer,
    (select max(thread) from staff_thread) as thread
"""


@dataclass(frozen=True)
class Passes:
    """Time passes."""

    seconds: float


@dataclass(frozen=True)
class Looked:
    """An event whose place or button the person finds on the screen: numbers leave gaps where a process was killed.

    {offer}, {ticket} and {thread} in its action or address stand for the newest.
    """

    event: InboundMessage | ButtonTapped


Act = InboundEvent | Passes | Looked


def walk(shift: Shift, acts: Sequence[Act], dies_at: int, out: Connection) -> None:
    """Takes each act in and does all that follows from it; reports "heard" and every effect, dies at one."""
    asyncio.run(_walk(shift, acts, dies_at, out))


async def _walk(shift: Shift, acts: Sequence[Act], dies_at: int, out: Connection) -> None:
    async with desk_of(shift) as opened:
        Fuse(dies_at or NEVER, out.send).lay(opened.channel)
        for act in acts:
            await perform(opened, act)
            out.send("heard")
            await opened.settle()


async def perform(opened: OpenDesk, act: Act) -> None:
    """One act, up to its acknowledgement."""
    match act:
        case Passes():
            opened.clock.turn(act.seconds)
        case Looked():
            await receive_event(opened.desk, await _found(opened.shift.database_url, act.event))
        case InboundMessage():
            await receive_event(opened.desk, act)
        case _:
            raise NotImplementedError(type(act).__name__)


async def _found(url: str, event: InboundMessage | ButtonTapped) -> InboundMessage | ButtonTapped:
    async with connected(url) as connection:
        seen = await connection.fetchrow(NEWEST)
    address = event.address
    if address.thread is not None:
        event = replace(event, address=replace(address, thread=address.thread.format(**seen)))
    return replace(event, action=event.action.format(**seen)) if isinstance(event, ButtonTapped) else event


gc.collect()
gc.freeze()  # what was imported is never looked at again: a fork then shares it, and starts sooner
