"""The parts of a request to Telegram, made from the desk's plain data, and what Telegram would never take.

Pure: no I/O. Raises: MessageRefused.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters

from bots.telegram_files import PHOTO_BYTES, UPLOAD_BYTES
from desk.conversation import Address, Attachment, AttachmentKind, ButtonRows
from desk.errors import MessageRefused
from desk.outbound import ChannelLimits, OutboundMessage, Ping
from desk.splitting import units

LIMITS = ChannelLimits(
    characters=4096, caption=1024, per_second=25.0, per_chat_second=1.0, room_per_second=0.28, file_bytes=UPLOAD_BYTES
)
ACTION_BYTES = 64


def keyboard(rows: ButtonRows) -> InlineKeyboardMarkup | None:
    """Buttons as the platform's inline keyboard."""
    lines = [
        [
            InlineKeyboardButton(text=button.label, url=button.url)
            if button.url
            else InlineKeyboardButton(text=button.label, callback_data=button.action)
            for button in row
        ]
        for row in rows
        if row
    ]
    return InlineKeyboardMarkup(inline_keyboard=lines) if lines else None


def mentions(pings: Iterable[Ping]) -> str:
    """Those to be notified, as HTML: Telegram notifies a member by a link to their account."""
    return "".join(
        f'<a href="tg://user?id={one.account}">{escape(one.name)}</a> ' for one in pings if one.account.isdecimal()
    )


def checked(message: OutboundMessage) -> None:
    """Raises MessageRefused for what Telegram would never take."""
    limit = LIMITS.caption if message.attachment else LIMITS.characters
    if units(message.text) > limit:
        raise MessageRefused(f"the text is longer than {limit} characters")
    if not message.attachment and not message.text.strip():
        raise MessageRefused("the text is empty")
    if any(len(button.action.encode()) > ACTION_BYTES for row in message.buttons for button in row):
        raise MessageRefused(f"a button's action is longer than {ACTION_BYTES} bytes")


def goes_as(attachment: Attachment, text: str) -> AttachmentKind:
    """A sticker has no caption and a photo is smaller: else they go as documents."""
    if attachment.kind is AttachmentKind.STICKER and text:
        return AttachmentKind.DOCUMENT
    if attachment.kind is AttachmentKind.PHOTO and (attachment.size or 0) > PHOTO_BYTES:
        return AttachmentKind.DOCUMENT
    return attachment.kind


def place_of(to: Address) -> dict[str, Any]:
    """Chat and topic as a call's parameters. Raises MessageRefused."""
    return {"chat_id": chat_of(to), "message_thread_id": thread_of(to)}


def reply_of(to: Address, external_id: str | None) -> dict[str, Any]:
    """Only messages of the same chat can be answered."""
    chat, _, number = (external_id or "").partition(":")
    if chat != to.chat or not number.isdecimal():
        return {}
    return {"reply_parameters": ReplyParameters(message_id=int(number), allow_sending_without_reply=True)}


def own_message(external_id: str) -> tuple[int, int]:
    """Chat and number of a message. Raises MessageRefused when the id is not of this channel."""
    chat, _, number = external_id.partition(":")
    try:
        return int(chat), int(number)
    except ValueError:
        raise MessageRefused("not a Telegram message's id") from None


def chat_of(place: Address) -> int:
    """The chat's number. Raises MessageRefused."""
    try:
        return int(place.chat)
    except ValueError:
        raise MessageRefused("not a Telegram chat's id") from None


def thread_of(place: Address) -> int | None:
    """The topic's number. Raises MessageRefused."""
    try:
        return None if place.thread is None else int(place.thread)
    except ValueError:
        raise MessageRefused("not a Telegram topic's id") from None
