"""Sending to Telegram: texts, files, edits, deletions, forum topics.

One call, one attempt: waiting and trying again is the outbox's. Two second attempts are made here, since only this
side knows them: plain text when the platform does not take the formatting, a document when it does not take a file
as a photo or voice message. A topic somebody closed is opened again for what must go there. All of it ends within
UPLOAD_SECONDS, before the outbox's lease does.
Raises: desk.errors.DeliveryError and its children only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramBadRequest
from aiogram.methods import (
    SendAudio,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendSticker,
    SendVideo,
    SendVoice,
)
from aiogram.methods.base import TelegramMethod
from aiogram.types import LinkPreviewOptions, Message

from bots import telegram_errors as errors
from bots.telegram_files import CALL_SECONDS, UPLOAD_SECONDS, OpenFile, kept
from bots.telegram_formatting import to_html
from bots.telegram_people import NAME
from bots.telegram_requests import (
    chat_of,
    checked,
    goes_as,
    keyboard,
    mentions,
    own_message,
    place_of,
    reply_of,
    thread_of,
)
from desk.conversation import Address, Attachment, AttachmentKind
from desk.errors import RateLimited
from desk.outbound import OutboundMessage

TITLE_CHARACTERS = 128
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Sent = TypeVar("Sent")
SENDERS: dict[AttachmentKind, tuple[type[TelegramMethod[Message]], str]] = {
    AttachmentKind.PHOTO: (SendPhoto, "photo"),
    AttachmentKind.DOCUMENT: (SendDocument, "document"),
    AttachmentKind.VOICE: (SendVoice, "voice"),
    AttachmentKind.AUDIO: (SendAudio, "audio"),
    AttachmentKind.VIDEO: (SendVideo, "video"),
    AttachmentKind.STICKER: (SendSticker, "sticker"),
}


class TelegramSender:
    """The outgoing half of the channel. `_flooded`: chats that were told to wait, until when (monotonic seconds)."""

    def __init__(self, bot: Bot, open_file: OpenFile) -> None:
        self._bot = bot
        self._open_file = open_file
        self._flooded: dict[str, float] = {}

    async def send(self, to: Address, message: OutboundMessage) -> str:
        """Sends one message. Returns "<chat>:<message>"."""
        checked(message)
        place = {**place_of(to), "reply_markup": keyboard(message.buttons), **reply_of(to, message.reply_to)}
        called = mentions(message.pings)
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                if message.attachment:
                    number = await self._send_file(message.attachment, message.text, place)
                else:
                    number = await self._formatted(message.text, lambda said: self._send_text(said, place), called)
        except Exception as error:
            raise self._translated(error, to) from None
        return f"{to.chat}:{number}"

    async def _send_text(self, said: dict[str, Any], place: dict[str, Any]) -> str:
        return await self._call(SendMessage(**said, **place, link_preview_options=NO_PREVIEW), CALL_SECONDS)

    async def _send_file(self, attachment: Attachment, text: str, place: dict[str, Any]) -> str:
        file = await kept(self._open_file, attachment)
        method, field = SENDERS[goes_as(attachment, text)]

        async def attempt(said: dict[str, Any]) -> str:
            content = {"caption": said["text"], "parse_mode": said["parse_mode"]} if text else {}
            try:
                return await self._call(method(**{field: file}, **content, **place), UPLOAD_SECONDS)
            except TelegramBadRequest as error:
                if method is SendDocument or not errors.says(error, errors.MEDIA_REFUSED):
                    raise
                return await self._call(SendDocument(document=file, **content, **place), UPLOAD_SECONDS)

        return await self._formatted(text, attempt)

    async def _formatted(
        self, text: str, attempt: Callable[[dict[str, Any]], Awaitable[Sent]], called: str = ""
    ) -> Sent:
        """With formatting, and once more without when the platform does not take it. `called`: HTML put before it."""
        try:
            return await attempt({"text": called + to_html(text), "parse_mode": "HTML"})
        except TelegramBadRequest as error:
            if not errors.says(error, errors.FORMATTING):
                raise
            return await attempt({"text": text, "parse_mode": None})

    async def _call(self, method: TelegramMethod[Message], seconds: int) -> str:
        """The number of the new message."""
        try:
            return await self._sent(method, seconds)
        except TelegramBadRequest as error:
            if not errors.says(error, errors.TOPIC_CLOSED):
                raise
        place = method.model_dump(include={"chat_id", "message_thread_id"})
        await self._bot.reopen_forum_topic(**place, request_timeout=CALL_SECONDS)
        return await self._sent(method, seconds)

    async def _sent(self, method: TelegramMethod[Message], seconds: int) -> str:
        try:
            return str((await self._bot(method, request_timeout=seconds)).message_id)
        except ClientDecodeError as error:
            if number := errors.delivered_anyway(error):
                return number
            raise

    def _translated(self, error: Exception, to: Address) -> Exception:
        """A second chat told to wait while a first one still is: the limit that was hit is the whole bot's."""
        found = errors.translated(error)
        if not isinstance(found, RateLimited):
            return found
        now = monotonic()
        self._flooded = {chat: until for chat, until in self._flooded.items() if until > now}
        found.whole_bot = bool(self._flooded.keys() - {to.chat})
        self._flooded[to.chat] = now + (found.retry_after or 0)
        return found

    async def edit(self, to: Address, external_id: str, message: OutboundMessage) -> None:
        """Replaces text (or caption) and buttons."""
        checked(message)
        chat, number = own_message(external_id)
        place = {"chat_id": chat, "message_id": number, "reply_markup": keyboard(message.buttons)}
        try:
            await self._formatted(message.text, lambda said: self._edit(said, place, bool(message.attachment)))
        except Exception as error:
            if not errors.says(error, errors.NOT_MODIFIED):
                raise self._translated(error, to) from None

    async def _edit(self, said: dict[str, Any], place: dict[str, Any], is_caption: bool) -> None:
        if not is_caption:
            try:
                await self._bot.edit_message_text(
                    **said, **place, link_preview_options=NO_PREVIEW, request_timeout=CALL_SECONDS
                )
                return
            except TelegramBadRequest as error:
                if not errors.says(error, errors.NO_TEXT):
                    raise
        caption = {"caption": said["text"], "parse_mode": said["parse_mode"]}
        await self._bot.edit_message_caption(**caption, **place, request_timeout=CALL_SECONDS)

    async def delete(self, to: Address, external_id: str) -> None:
        """Takes a message back; already gone is fine."""
        chat, number = own_message(external_id)
        try:
            await self._bot.delete_message(chat, number, request_timeout=CALL_SECONDS)
        except Exception as error:
            if not errors.says(error, errors.MESSAGE_GONE):
                raise self._translated(error, to) from None

    async def private_chat(self, account: str) -> Address | None:
        """Where somebody can be written to alone. Asked by showing them that somebody types: it leaves no trace."""
        try:
            await self._bot.send_chat_action(int(account), "typing", request_timeout=CALL_SECONDS)
        except ValueError:
            return None
        except Exception as error:
            found = errors.translated(error)
            if not found.permanent:
                raise found from None
            return None
        return Address(NAME, account)

    async def hide(self, place: Address, external_id: str) -> bool:
        """Deletes somebody's message; gone is fine. False: the bot may not."""
        chat, number = own_message(external_id)
        try:
            await self._bot.delete_message(chat, number, request_timeout=CALL_SECONDS)
        except Exception as error:
            if errors.says(error, errors.MESSAGE_GONE):
                return True
            if errors.says(error, errors.MAY_NOT_DELETE):
                return False
            raise self._translated(error, place) from None
        return True

    async def open_thread(self, room: Address, title: str) -> Address:
        """Opens a forum topic."""
        name = " ".join(title.split())[:TITLE_CHARACTERS] or "…"
        try:
            topic = await self._bot.create_forum_topic(chat_of(room), name, request_timeout=CALL_SECONDS)
        except Exception as error:
            raise self._translated(error, room) from None
        return Address(room.channel, room.chat, str(topic.message_thread_id))

    async def close_thread(self, thread: Address) -> None:
        """Closes a forum topic; closed or gone is fine."""
        topic = thread_of(thread)
        if topic is None:
            return
        fine = (*errors.NOT_MODIFIED, *errors.THREAD_GONE, *errors.TOPIC_CLOSED)
        try:
            await self._bot.close_forum_topic(chat_of(thread), topic, request_timeout=CALL_SECONDS)
        except Exception as error:
            if not errors.says(error, fine):
                raise self._translated(error, thread) from None
