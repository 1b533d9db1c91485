"""A desk that starts in some milliseconds: the real store, workflows and channels; only the reading is by keywords.

A `Shift` is all that one process must know; it travels to it by pickle. Its clock may run faster than the world's
(`speed`), so that leases of killed processes end within a second, or ahead of it (`ahead_seconds`).
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from app.catalogues import load_phrases
from app.metrics import Metrics
from app.workers import Workers
from bots.discord_bot import DiscordChannel
from bots.telegram_bot import TelegramChannel
from bots.telegram_polling import Pace
from bots.web_bot import WebChannel
from db.cursors import Cursors
from db.notify import Notifier
from db.pool import opened_pool
from db.store import PostgresStore
from desk.conversation import Address, Surface
from desk.inbound import InboundMessage
from desk.outbound import ChannelLimits
from desk.people import Author, Locale
from nlu.privacy import find_personal_data
from routing.policy import Policy, parse_policy
from tests.integration.journeys.care import KeywordClassifier, NoFiles
from workflows.care_desk import CareDesk
from workflows.deliver import claim_deliveries, deliver
from workflows.pacing import Pacer
from workflows.run_clock import run_due_clocks
from workflows.triage import triage

POLICY = (Path(__file__).parents[2] / "routing" / "policy.yml").read_text(encoding="utf-8")
WIDE = ChannelLimits(2000, 1000, per_second=1e6, per_chat_second=1e6, room_per_second=1e6, file_bytes=10_000_000)
QUICK = Pace(poll=5, first_wait=0.05, longest_wait=0.2, batch=0.1)


@dataclass(frozen=True)
class Shift:
    """What a process works with. `platform`: token and address of the channel's stand-in."""

    database_url: str
    channel: str = "telegram"
    platform: tuple[str, str] = ("1:none", "http://127.0.0.1:9")
    staff_chat: str | None = None
    speed: float = 1.0
    ahead_seconds: float = 0.0
    connections: int = 6
    began: float = field(default_factory=time.time)
    webhook_secret: str | None = None
    public_url: str | None = None


class ShiftClock:
    """Tells the shift's time. `turn` moves it on."""

    def __init__(self, shift: Shift) -> None:
        self._shift, self._turned = shift, 0.0

    def now(self) -> datetime:
        passed = (time.time() - self._shift.began) * self._shift.speed
        seconds = self._shift.began + passed + self._shift.ahead_seconds + self._turned
        return datetime.fromtimestamp(seconds, UTC)

    def turn(self, seconds: float) -> None:
        self._turned += seconds


@dataclass(frozen=True)
class OpenDesk:
    """A desk at work in this process."""

    shift: Shift
    desk: CareDesk
    clock: ShiftClock
    channel: Any
    notifier: Notifier
    workers: Workers

    async def settle(self) -> None:
        """Does, one thing after the other, all that waits now."""
        pacer = Pacer(WIDE, self.clock.now().timestamp())
        for _round in range(100):
            busy = await triage(self.desk) + await run_due_clocks(self.desk)
            rows = await claim_deliveries(self.desk, self.channel, limit=50)
            for row in rows:
                await deliver(self.desk, self.channel, pacer, row)
            if not busy and not rows:
                return
        raise AssertionError("the desk does not come to rest")


@asynccontextmanager
async def desk_of(shift: Shift) -> AsyncIterator[OpenDesk]:
    """Opens the desk of a shift."""
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(opened_pool(shift.database_url, connections=shift.connections))
        notifier = await stack.enter_async_context(Notifier(shift.database_url))
        clock = ShiftClock(shift)
        channel = _channel(shift, notifier, pool)
        stack.push_async_callback(channel.close)
        desk = CareDesk(
            store=PostgresStore(pool),
            classifier=KeywordClassifier(),
            phrases=load_phrases(Locale.ENGLISH),
            policy=partial(_as_it_is, parse_policy(POLICY, "policy.yml")),
            clock=clock,
            poke=notifier,
            files=NoFiles(),
            limits={shift.channel: WIDE},
            staff_rooms=() if shift.staff_chat is None else (Address(shift.channel, shift.staff_chat),),
            brand="Zuruf",
            locale=Locale.ENGLISH,
            public_url="http://desk.test",
            find_personal_data=find_personal_data,
        )
        yield OpenDesk(shift, desk, clock, channel, notifier, Workers(desk, notifier, Metrics()))


def _as_it_is(policy: Policy) -> Policy:
    return policy


def _channel(shift: Shift, notifier: Notifier, pool: Any) -> Any:
    """The real adapter, without the platform's pace: that is another test's business."""
    token, url = shift.platform
    phrases = load_phrases(Locale.ENGLISH)
    channel: Any
    match shift.channel:
        case "telegram":
            channel = TelegramChannel(
                token, phrases=phrases, open_file=NoFiles().open, api_url=url, staff_chat=shift.staff_chat, pace=QUICK,
                mode="webhook" if shift.webhook_secret else "polling", webhook_secret=shift.webhook_secret,
                public_url=shift.public_url,
            )  # fmt: skip
        case "discord":
            channel = DiscordChannel(
                token, api_url=url, gateway_url=None, staff_channel=shift.staff_chat, watched_channels=None,
                phrases=phrases, cursors=Cursors(pool), open_file=NoFiles().open,
            )  # fmt: skip
        case _:
            channel = WebChannel(notifier)
    channel.limits = WIDE
    return channel


def message_of(who: str, number: str, text: str) -> InboundMessage:
    """A private message, as an adapter reads it."""
    author = Author("telegram", who, f"Contact {who}", None)
    return InboundMessage(
        "telegram", f"{who}:{number}", Address("telegram", who), Surface.PRIVATE, author, text, datetime.now(UTC)
    )
