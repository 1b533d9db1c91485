"""Pokes: wakes workers early, in this process and in others, over NOTIFY.

Never needed for correctness: workers look by themselves now and then, so a lost poke costs time only. One dedicated
connection listens and notifies; pokes are gathered for COALESCE_SECONDS (a NOTIFY in each writing transaction would
make PostgreSQL commit one after the other). Subscribers in this process are woken directly, the echo of our own
notifications is dropped. When the connection is cut it comes back by itself, and then every subscriber is woken, for
what it may have missed.

Memory is bounded: what has more than MOST_DETAILS of a topic becomes one poke without detail, which means "anything".
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any

import asyncpg

from db.pool import CONNECT_SECONDS, SERVER_SETTINGS
from db.session import desk_errors
from desk.errors import InputRejected, StorageUnavailable

CHANNEL = "zuruf"
COALESCE_SECONDS = 0.005
CHECK_SECONDS = 10.0
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
MOST_DETAILS = 1000
LONGEST_DETAIL = 1000
ANYTHING = ""

_log = logging.getLogger(__name__)


class Details:
    """Different details in the order they came, at most MOST_DETAILS, then ANYTHING alone."""

    def __init__(self) -> None:
        self._kept: dict[str, None] = {}

    def __bool__(self) -> bool:
        return bool(self._kept)

    def add(self, detail: str) -> None:
        """Keeps it once."""
        if len(self._kept) >= MOST_DETAILS and detail not in self._kept:
            self._kept.clear()
            detail = ANYTHING
        self._kept[detail if len(detail) <= LONGEST_DETAIL else ANYTHING] = None

    def take(self) -> Sequence[str]:
        """All of them; then there are none."""
        taken, self._kept = tuple(self._kept), {}
        return taken


class Subscription:
    """What one subscriber of a topic has not seen yet. An async iterator of details; ANYTHING: look at all."""

    def __init__(self, notifier: Notifier, topic: str) -> None:
        self._notifier = notifier
        self._topic = topic
        self._details = Details()
        self._woken = asyncio.Event()

    async def wait(self, timeout_seconds: float | None = None) -> Sequence[str]:
        """The details since the last call, as soon as there are any; none after `timeout_seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_seconds):
                await self._woken.wait()
        self._woken.clear()
        return self._details.take()

    def wake(self, detail: str) -> None:
        """Adds a detail."""
        self._details.add(detail)
        self._woken.set()

    def close(self) -> None:
        """No more pokes. A second call does nothing."""
        self._notifier.forget(self._topic, self)

    def __enter__(self) -> Subscription:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __aiter__(self) -> Subscription:
        return self

    async def __anext__(self) -> str:
        while not self._details:
            self._woken.clear()
            await self._woken.wait()
        first, *rest = self._details.take()
        for detail in rest:
            self._details.add(detail)
        return first


class Notifier:
    """Port Poke over PostgreSQL. Called from the event loop's own thread; runs while its block does."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._outgoing: dict[str, Details] = {}
        self._ready = asyncio.Event()
        self._listening = asyncio.Event()
        self._subscriptions: dict[str, set[Subscription]] = {}
        self._task: asyncio.Task[None] | None = None

    def __call__(self, topic: str, detail: str = ANYTHING) -> None:
        """Says that there is work of this kind, after the commit. Coalesced, never blocks, never raises."""
        self._wake(topic, detail)
        self._outgoing.setdefault(topic, Details()).add(detail)
        self._ready.set()

    def subscribe(self, topic: str) -> Subscription:
        """Pokes about a topic from now on, until it is closed."""
        subscription = Subscription(self, topic)
        self._subscriptions.setdefault(topic, set()).add(subscription)
        return subscription

    async def listening(self) -> None:
        """Waits until pokes of other processes are heard."""
        await self._listening.wait()

    def forget(self, topic: str, subscription: Subscription) -> None:
        """Ends a subscription."""
        self._subscriptions.get(topic, set()).discard(subscription)

    async def __aenter__(self) -> Notifier:
        self._task = asyncio.create_task(self._run(), name="notifier")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def _wake(self, topic: str, detail: str) -> None:
        for subscription in self._subscriptions.get(topic, ()):
            subscription.wake(detail)

    async def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            connection = None
            try:
                with desk_errors():
                    connection = await asyncpg.connect(
                        self._url,
                        timeout=CONNECT_SECONDS,
                        command_timeout=CHECK_SECONDS,
                        server_settings=SERVER_SETTINGS,
                    )
                    await connection.add_listener(CHANNEL, partial(self._heard, connection.get_server_pid()))
                pause = FIRST_PAUSE_SECONDS
                self._listening.set()
                self._wake_all()
                await self._speak(connection)
            except (StorageUnavailable, asyncpg.PostgresError) as error:
                _log.warning("pokes are off for %.1f s: %s", pause, error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            finally:
                self._listening.clear()
                if connection is not None:
                    connection.terminate()

    def _wake_all(self) -> None:
        for topic in self._subscriptions:
            self._wake(topic, ANYTHING)

    async def _speak(self, connection: Any) -> None:
        """Sends what was gathered. Raises StorageUnavailable when the connection is lost, what was not sent is kept."""
        connection.add_termination_listener(lambda _: self._ready.set())
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(CHECK_SECONDS):
                    await self._ready.wait()
            self._ready.clear()
            sending, self._outgoing = self._outgoing, {}
            payloads = [f"{topic} {detail}" for topic, details in sending.items() for detail in details.take()]
            try:
                with desk_errors():
                    await connection.execute("select pg_notify($1, p) from unnest($2::text[]) p", CHANNEL, payloads)
            except InputRejected:
                _log.warning("pokes were dropped: PostgreSQL cannot hold their text")
            except StorageUnavailable:
                for payload in payloads:
                    topic, _, detail = payload.partition(" ")
                    self._outgoing.setdefault(topic, Details()).add(detail)
                self._ready.set()
                raise
            await asyncio.sleep(COALESCE_SECONDS)

    def _heard(self, ourselves: int, _connection: Any, sender: int, _channel: str, payload: str) -> None:
        """Wakes those who wait for it. May still be called after the connection has ended, which then knows nothing."""
        if sender != ourselves:
            topic, _, detail = payload.partition(" ")
            self._wake(topic, detail)
