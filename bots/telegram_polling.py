"""Long polling that acknowledges only what is committed.

Asking for the next offset acknowledges everything before it. So the offset asked for is the lowest update still
under way, and what is already done above it is remembered and skipped when Telegram sends it again. One chat that
has to wait thus holds back the acknowledgement, not the other chats. An update whose `receive` fails is tried again
in place, with growing pauses. Only when it keeps failing while others are committed is it a fault of its own: it is
then set aside with an error in the log, for Telegram forgets everything unacknowledged after a day.

After a poll that came back empty no offset is asked for: everything is acknowledged then, and Telegram begins
anywhere with new ids after a week of silence.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods.base import TelegramMethod

from bots.telegram_errors import fault, translated
from bots.telegram_intake import Intake
from bots.telegram_lanes import Lanes
from bots.telegram_updates import WATCHED_KINDS, id_of, kind_of, lane_of
from desk.errors import StorageUnavailable

log = logging.getLogger(__name__)
BATCH = 100
ATTEMPTS_BEFORE_SETTING_ASIDE = 12
CONFLICT = "another process polls with this token, or a webhook was set for it"
WRONG_TOKEN = (TelegramUnauthorizedError, TelegramNotFound)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: how long a poll is held, pauses after faults from first to longest, how long a batch is waited for."""

    poll: int = 25
    first_wait: float = 0.5
    longest_wait: float = 30.0
    batch: float = 1.0

    def wait(self, failures: int) -> float:
        """The pause after so many failures in a row."""
        return min(self.longest_wait, self.first_wait * 2.0 ** min(max(0, failures - 1), 20))


class RawUpdates(TelegramMethod[list[Any]]):
    """getUpdates, answered as plain JSON."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = BATCH
    timeout: int = 0
    allowed_updates: tuple[str, ...] = WATCHED_KINDS


class Progress:
    """Which updates are under way, which are done, and what may be acknowledged."""

    def __init__(self) -> None:
        self._running: set[int] = set()
        self._done: set[int] = set()
        self._highest: int | None = None

    @property
    def offset(self) -> int | None:
        """The offset to ask for: acknowledges everything before it."""
        if self._running:
            return min(self._running)
        return None if self._highest is None else self._highest + 1

    def begin(self, update_id: int) -> bool:
        """False when the update is under way or done."""
        if update_id in self._running or update_id in self._done:
            return False
        self._running.add(update_id)
        self._highest = update_id if self._highest is None else max(self._highest, update_id)
        return True

    def finish(self, update_id: int) -> None:
        """The update is committed or of no interest."""
        self._running.discard(update_id)
        self._done.add(update_id)

    def acknowledged(self, offset: int | None, *, empty: bool) -> None:
        """Telegram has forgotten everything before `offset`; `empty`: and had nothing more."""
        if empty and not self._running:
            self._highest = None
            self._done.clear()
        elif offset is not None:
            self._done = {done for done in self._done if done >= offset}


class Poller:
    """The loop. `reached(True)` after each answer of Telegram, `reached(False)` when there was none."""

    def __init__(self, bot: Bot, intake: Intake, lanes: Lanes, pace: Pace, reached: Callable[[bool], None]) -> None:
        self._bot = bot
        self._intake = intake
        self._lanes = lanes
        self._pace = pace
        self._reached = reached
        self._progress = Progress()
        self._failures = 0

    async def run(self) -> None:
        """Polls until cancelled. Raises TelegramUnauthorizedError or TelegramNotFound when the token is wrong."""
        while True:
            batch = await self._next_batch()
            begun = [self._begin(raw) for raw in batch]
            if batch and not any(begun):
                await asyncio.sleep(self._pace.first_wait)
            await self._lanes.idle(self._pace.batch)

    async def _next_batch(self) -> list[Any]:
        """The next answer, or nothing after a fault and a pause."""
        offset = self._progress.offset
        try:
            batch = await self._poll(offset)
        except WRONG_TOKEN:
            raise
        except Exception as error:
            self._failures += 1
            self._reached(False)
            flood = float(error.retry_after) if isinstance(error, TelegramRetryAfter) else 0.0
            reason = CONFLICT if isinstance(error, TelegramConflictError) else translated(error).reason
            log.warning("telegram polling failed: %s", reason)
            await asyncio.sleep(max(flood, self._pace.wait(self._failures)))
            return []
        self._failures = 0
        self._reached(True)
        self._progress.acknowledged(offset, empty=not batch)
        return batch

    async def _poll(self, offset: int | None) -> list[Any]:
        """After a fault the first poll is not held, so that it soon shows whether things work again."""
        held = 0 if self._failures else self._pace.poll
        asked = RawUpdates(offset=offset, timeout=held)
        try:
            return await self._bot(asked, request_timeout=held + 10)
        except ClientDecodeError as error:
            if not isinstance(error.data, str):
                raise
        return await self._poll_one(offset)

    async def _poll_one(self, offset: int | None) -> list[Any]:
        """The batch was no JSON that can be read: one alone, and if that cannot be either, its bare id."""
        try:
            return await self._bot(RawUpdates(offset=offset, limit=1), request_timeout=10)
        except ClientDecodeError as error:
            found = re.search(r'"update_id"\s*:\s*(\d{1,18})', str(error.data))
            if found is None:
                raise
            return [{"update_id": int(found[1])}]

    def _begin(self, raw: object) -> bool:
        update_id = id_of(raw)
        if update_id is None:
            log.warning("telegram update without an id: %s", kind_of(raw))
            return False
        if not self._progress.begin(update_id):
            return False
        self._lanes.put(lane_of(raw), lambda: self._handle(update_id, raw))
        return True

    async def _handle(self, update_id: int, raw: object) -> None:
        """Until it is committed, or is plainly the one that is at fault."""
        failures = 0
        committed = self._intake.committed
        while True:
            try:
                await self._intake.take(raw)
                break
            except StorageUnavailable:
                failures += 1
                log.warning("storage is unavailable: a telegram update waits")
            except Exception as error:
                failures += 1
                log.error("a telegram %s failed: %s", kind_of(raw), fault(error))
                if failures >= ATTEMPTS_BEFORE_SETTING_ASIDE and self._intake.committed > committed:
                    log.error("a telegram %s was set aside after %d attempts", kind_of(raw), failures)
                    break
            await asyncio.sleep(self._pace.wait(failures))
        self._progress.finish(update_id)
