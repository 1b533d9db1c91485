"""Telegram: the channel over aiogram's Bot, by long polling or by webhook.

`listen` finds out who the bot is, sets up the menus of commands and then polls, or sets the webhook and waits while
the web app calls `webhook` for each POST. Either way an update is acknowledged when `receive` has committed it, not
before. Outgoing calls are one attempt each; the outbox waits and repeats.
Raises: desk.errors.DeliveryError and its children when sending; SettingsInvalid when a setting cannot work.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Literal, TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import User
from aiogram.utils.token import TokenValidationError

from bots.telegram_commands import offer_commands
from bots.telegram_errors import fault, translated
from bots.telegram_files import CALL_SECONDS, OpenFile, fetched
from bots.telegram_intake import Intake
from bots.telegram_lanes import Lanes
from bots.telegram_people import NAME
from bots.telegram_polling import WRONG_TOKEN, Pace, Poller
from bots.telegram_reading import Watch
from bots.telegram_requests import LIMITS
from bots.telegram_sending import TelegramSender
from bots.telegram_settings import WRONG_TOKEN_MEND, Mode, check_staff_chat, staff_chat_id, webhook_settings
from bots.telegram_updates import WATCHED_KINDS, kind_of, lane_of
from desk.conversation import Address
from desk.errors import SettingsInvalid, StorageUnavailable
from desk.outbound import OutboundMessage
from desk.ports import Phrases, ReceiveEvent

log = logging.getLogger(__name__)
Health = Literal["starting", "connected", "disconnected"]
Answer = TypeVar("Answer")
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - a name
BODY_BYTES = 1024 * 1024
WEBHOOK_CONNECTIONS = 40


class TelegramChannel:
    """Port `Channel` for Telegram. Plain values in; belongs to one event loop."""

    name = NAME
    limits = LIMITS

    def __init__(
        self,
        token: str,
        *,
        phrases: Phrases,
        open_file: OpenFile,
        api_url: str | None = None,
        mode: Mode = "polling",
        webhook_secret: str | None = None,
        public_url: str | None = None,
        staff_chat: str | None = None,
        pace: Pace | None = None,
    ) -> None:
        """Raises SettingsInvalid when a value cannot work, without asking Telegram."""
        self._staff_chat = staff_chat_id(staff_chat)
        self._secret, self._webhook_url = webhook_settings(mode, webhook_secret, public_url, own_server=bool(api_url))
        self._mode = mode
        api = TelegramAPIServer.from_base(api_url) if api_url else PRODUCTION
        try:
            self._bot = Bot(token, session=AiohttpSession(api=api))
        except TokenValidationError:
            raise SettingsInvalid(WRONG_TOKEN_MEND) from None
        self._phrases = phrases
        self._pace = pace or Pace()
        self._sender = TelegramSender(self._bot, open_file)
        self._lanes = Lanes()
        self._intake: Intake | None = None
        self._health: Health = "starting"
        self.counts: Counter[str] = Counter()
        """Updates by what became of them: received, duplicate, ignored, rejected, malformed, unreadable."""

    @property
    def health(self) -> Health:
        """Whether Telegram answers."""
        return self._health

    # --- incoming ---

    async def listen(self, receive: ReceiveEvent) -> None:
        """Runs until cancelled. Raises SettingsInvalid when the token is wrong."""
        lanes = self._lanes = Lanes()
        menus: asyncio.Task[None] | None = None
        try:
            me = await self._insist(lambda: self._bot.get_me(request_timeout=CALL_SECONDS))
            intake = self._intake = self._taking(me, receive)
            menus = asyncio.create_task(offer_commands(self._bot, self._phrases, self._staff_chat))
            if self._mode == "webhook":
                await self._insist(self._set_webhook)
                await asyncio.Event().wait()
            await self._insist(lambda: self._bot.delete_webhook(request_timeout=CALL_SECONDS))
            await Poller(self._bot, intake, lanes, self._pace, self._reached).run()
        except WRONG_TOKEN:
            raise SettingsInvalid(WRONG_TOKEN_MEND) from None
        finally:
            self._intake = None
            self._health = "disconnected"
            if menus:
                menus.cancel()
                with suppress(asyncio.CancelledError):
                    await menus
            await lanes.stop()

    def _taking(self, me: User, receive: ReceiveEvent) -> Intake:
        return Intake(self._bot, Watch(me, self._staff_chat), receive, self._phrases, self.counts)

    def _reached(self, answered: bool) -> None:
        self._health = "connected" if answered else "disconnected"

    async def _insist(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """Calls until Telegram answers. Only a wrong token ends it."""
        failures = 0
        while True:
            try:
                answer = await call()
            except WRONG_TOKEN:
                raise
            except Exception as error:
                failures += 1
                self._reached(False)
                log.warning("telegram does not answer as hoped yet: %s", translated(error).reason)
                flood = float(error.retry_after) if isinstance(error, TelegramRetryAfter) else 0.0
                await asyncio.sleep(max(flood, self._pace.wait(failures)))
            else:
                self._reached(True)
                return answer

    async def _set_webhook(self) -> bool:
        return await self._bot.set_webhook(
            self._webhook_url,
            secret_token=self._secret,
            allowed_updates=list(WATCHED_KINDS),
            max_connections=WEBHOOK_CONNECTIONS,
            request_timeout=CALL_SECONDS,
        )

    async def webhook(self, headers: Mapping[str, str], body: bytes, receive: ReceiveEvent | None = None) -> int:
        """One POST of Telegram's; returns the HTTP status. 200 only after the commit; Telegram repeats all others.

        `receive` serves processes that do not listen themselves.
        """
        if self._mode != "webhook":
            return 404
        if not self._is_telegram(headers):
            self.counts["unauthorised"] += 1
            return 401
        if len(body) > BODY_BYTES:
            return 413
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            self.counts["malformed"] += 1
            return 400
        return await self._taken(raw, receive) if isinstance(raw, dict) else 400

    def _is_telegram(self, headers: Mapping[str, str]) -> bool:
        given = next((value for name, value in headers.items() if name.lower() == SECRET_HEADER), "")
        return hmac.compare_digest(given.encode("utf-8", "replace"), (self._secret or "").encode())

    async def _taken(self, raw: dict[str, object], receive: ReceiveEvent | None) -> int:
        try:
            intake = self._intake
            if intake is None and receive is not None:
                intake = self._intake = self._taking(await self._bot.get_me(request_timeout=CALL_SECONDS), receive)
            if intake is None:
                return 503
            await self._lanes.put(lane_of(raw), lambda: intake.take(raw))
        except StorageUnavailable:
            return 503
        except Exception as error:
            log.error("a telegram %s failed: %s", kind_of(raw), fault(error))
            return 500
        return 200

    # --- outgoing ---

    async def send(self, to: Address, message: OutboundMessage) -> str:
        """Sends one message. Returns its external id."""
        return await self._sender.send(to, message)

    async def edit(self, to: Address, external_id: str, message: OutboundMessage) -> None:
        """Replaces text and buttons. Unchanged is no error."""
        await self._sender.edit(to, external_id, message)

    async def delete(self, to: Address, external_id: str) -> None:
        """Takes a message back. Already gone is no error."""
        await self._sender.delete(to, external_id)

    async def open_thread(self, room: Address, title: str) -> Address:
        """Opens a forum topic in the staff chat."""
        return await self._sender.open_thread(room, title)

    async def close_thread(self, thread: Address) -> None:
        """Closes it. Already gone is no error."""
        await self._sender.close_thread(thread)

    async def private_chat(self, account: str) -> Address | None:
        """The private chat with somebody, if they ever began one and did not block the bot."""
        return await self._sender.private_chat(account)

    async def hide(self, place: Address, external_id: str) -> bool:
        """Deletes somebody's message in a group. False: the bot is no administrator who may."""
        return await self._sender.hide(place, external_id)

    def fetch(self, source: str) -> AsyncIterator[bytes]:
        """Streams a file that somebody sent."""
        return fetched(self._bot, source)

    async def check(self) -> str:
        """Who the bot is. Raises SettingsInvalid (token, staff chat) or DeliveryError (no answer)."""
        try:
            me = await self._bot.get_me(request_timeout=CALL_SECONDS)
        except WRONG_TOKEN:
            raise SettingsInvalid(WRONG_TOKEN_MEND) from None
        except Exception as error:
            raise translated(error) from None
        if self._staff_chat is not None:
            await check_staff_chat(self._bot, self._staff_chat, me)
        return f"@{me.username}"

    async def close(self) -> None:
        """Lets go of the session."""
        await self._bot.session.close()
