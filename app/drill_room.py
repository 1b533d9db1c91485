"""The room of a drill: a desk in a database that is dropped, a clock we turn, a channel that ends in the room.

Everything is the real thing but these three: capture, reading, triage, the watch, alerts, incidents, statements,
broadcasts, musters, waves, delivery with its pace. No message leaves: the channel hands it to those who play.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bench_capture import bench_desk
from app.bench_database import scratch_database
from app.file_storage import FolderFiles
from app.settings import Settings
from app.storm_care import StormCare
from app.wiring import PLAYBOOK
from desk.classifying import Classifier
from desk.conversation import Address, Button
from desk.outbound import ChannelLimits, OutboundMessage
from desk.ports import ReceiveEvent
from nlu.encoding import encode
from workflows.care_desk import CareDesk
from workflows.deliver import PACED, claim_deliveries, deliver
from workflows.known_incidents import KnownIncidents
from workflows.pacing import Pacer
from workflows.put_slices import put_slices
from workflows.run_clock import run_due_clocks
from workflows.storm_board import StormBoard
from workflows.triage import triage

CHANNEL = "telegram"
CONNECTIONS = 4
_LIMITS = ChannelLimits(4096, 1024, per_second=30, per_chat_second=1, file_bytes=10_000_000)
_MOST_ROUNDS = 40
_A_SECOND = timedelta(seconds=1)


class TurnedClock:
    """Port `Clock` that stands still until it is turned."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def now(self) -> datetime:
        """What it shows."""
        return self.time


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that somebody in the room got."""

    at: datetime
    chat: str
    external_id: str
    text: str
    buttons: tuple[Button, ...]


@dataclass
class RoomChannel:
    """Port `Channel`: what is sent is heard in the room."""

    clock: TurnedClock
    hear: Callable[[Heard], None] = lambda heard: None
    name: str = CHANNEL
    limits: ChannelLimits = _LIMITS
    sent: int = 0
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def listen(self, receive: ReceiveEvent) -> None:
        """Nothing comes in from outside."""
        raise NotImplementedError

    async def send(self, to: Address, message: OutboundMessage) -> str:
        """Heard at once."""
        self.sent += 1
        name = f"room-{next(self._numbers)}"
        buttons = tuple(button for row in message.buttons for button in row)
        self.hear(Heard(self.clock.now(), to.chat, name, message.text, buttons))
        return name

    async def edit(self, to: Address, external_id: str, message: OutboundMessage) -> None:
        """Nobody minds."""

    async def delete(self, to: Address, external_id: str) -> None:
        """Nobody minds."""

    async def open_thread(self, room: Address, title: str) -> Address:
        """There is one room."""
        return room

    async def close_thread(self, thread: Address) -> None:
        """It stays open."""

    async def private_chat(self, account: str) -> Address | None:
        """Everybody can be written to."""
        return Address(self.name, account)

    async def hide(self, place: Address, external_id: str) -> bool:
        """Nothing is public here."""
        return True

    async def fetch(self, source: str) -> AsyncIterator[bytes]:
        """No files come in."""
        yield b""

    async def close(self) -> None:
        """Nothing to let go of."""


class DrillRoom:
    """The desk of a drill and its workers, one step after the other."""

    def __init__(self, desk: CareDesk, clock: TurnedClock, channel: RoomChannel) -> None:
        self.desk, self.clock, self.channel = desk, clock, channel
        self._care = StormCare(desk, encode)
        self._pacer = Pacer(channel.limits, clock.now().timestamp())

    async def work(self, until: datetime) -> None:
        """All that is due now: triage, clocks, the storm care. Then broadcasts and deliveries at the channel's pace,
        for which the clock is turned on, but not as far as `until`."""
        for _round in range(_MOST_ROUNDS):
            busy = await triage(self.desk) + await run_due_clocks(self.desk)
            if not busy:
                break
        await self._care.step()
        while await self._send() and self.clock.time + _A_SECOND < until:
            self.clock.time += _A_SECOND

    async def _send(self) -> bool:
        """What the channel takes in a second. Whether somebody waits for the next one."""
        waits = await put_slices(self.desk) > 0
        for _round in range(_MOST_ROUNDS):
            rows = await claim_deliveries(self.desk, self.channel, limit=50)
            for row in rows:
                sent = await deliver(self.desk, self.channel, self._pacer, row, longest_wait=1.0, rest=_at_once)
                waits = waits or sent == PACED
            if not rows:
                break
        return waits


async def _at_once(seconds: float) -> None:
    """A place within the second that is played: it goes now."""


@asynccontextmanager
async def drill_room(settings: Settings, classifier: Classifier, starts_at: datetime) -> AsyncIterator[DrillRoom]:
    """Needs the right to create databases. Raises SettingsInvalid, StorageUnavailable."""
    async with scratch_database(settings, connections=CONNECTIONS, durable=False) as scratch:
        with TemporaryDirectory(prefix="zuruf-drill-") as folder:
            clock = TurnedClock(starts_at - timedelta(minutes=1))
            channel = RoomChannel(clock)
            desk = replace(
                bench_desk(settings, scratch, classifier),
                clock=clock,
                files=FolderFiles(Path(folder)),
                limits={CHANNEL: channel.limits},
                known_incidents=KnownIncidents(encode),
                zone=settings.timezone,
                storms=StormBoard(PLAYBOOK.read_text(encoding="utf-8")),
                drill=True,
            )
            yield DrillRoom(desk, clock, channel)
