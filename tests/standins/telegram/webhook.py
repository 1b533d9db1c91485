"""Delivery to a webhook: POST with the secret header, in order per chat, again until the answer is 2xx.

Different chats are delivered side by side, up to `max_connections`. A failed delivery waits, longer each
time, and is noted in getWebhookInfo. The answer's body may carry a call, which is carried out and whose
outcome nobody learns.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from .errors import ApiError
from .files import UPLOAD_BYTES
from .params import Params, read_reply
from .updates import Update, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_WAIT_SECONDS = 5.0
ANSWER_SECONDS = 60.0


@dataclass(eq=False)
class Webhook:
    """One webhook from setWebhook to deleteWebhook."""

    url: str
    secret: str
    updates: UpdateQueue
    carry_out: Callable[[str, Params], Awaitable[object]]
    max_connections: int = 40
    retry_seconds: float = 0.1
    last_error: str = ""
    last_error_at: int = 0
    tries: int = 0
    _lanes: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _pump: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._pump = asyncio.ensure_future(self._run())

    async def stop(self) -> None:
        tasks = [task for task in (self._pump, *self._lanes.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def info(self) -> dict[str, Any]:
        about: dict[str, Any] = {"url": self.url, "has_custom_certificate": False}
        about |= {"pending_update_count": len(self.updates.pending), "max_connections": self.max_connections}
        if self.last_error:
            about |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        return about

    async def _run(self) -> None:
        slots = asyncio.Semaphore(self.max_connections)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS)) as session:
            try:
                while True:
                    for lane in {update.lane for update in self.updates.pending} - self._lanes.keys():
                        self._lanes[lane] = asyncio.ensure_future(self._empty(lane, session, slots))
                    await self.updates.news()
            finally:
                for task in self._lanes.values():
                    task.cancel()

    async def _empty(self, lane: int, session: aiohttp.ClientSession, slots: asyncio.Semaphore) -> None:
        wait = self.retry_seconds
        try:
            while update := next((u for u in self.updates.pending if u.lane == lane), None):
                async with slots:
                    done = await self._deliver(update, session)
                if done:
                    self.updates.acknowledge(update)
                    wait = self.retry_seconds
                else:
                    await asyncio.sleep(wait)
                    wait = min(wait * 2, LONGEST_WAIT_SECONDS)
        finally:
            self._lanes.pop(lane, None)

    async def _deliver(self, update: Update, session: aiohttp.ClientSession) -> bool:
        update.again = False
        update.deliveries += 1
        self.tries += 1
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        try:
            async with session.post(self.url, json=update.payload, headers=headers) as answer:
                if not 200 <= answer.status < 300:
                    self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                    return False
                reply = await read_reply(answer, UPLOAD_BYTES)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            self._note("Connection refused" if isinstance(error, OSError) else "Read timeout expired")
            return False
        except ApiError:
            return True
        if method := reply.text("method"):
            with suppress(ApiError):
                await self.carry_out(method, reply)
        return True

    def _note(self, problem: str) -> None:
        self.last_error = problem
        self.last_error_at = int(time.time())
