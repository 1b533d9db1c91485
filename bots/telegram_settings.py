"""What the settings of Telegram must be, said in one line that names the setting and the mend.

Raises: SettingsInvalid.
"""

from __future__ import annotations

import re
from typing import Literal

from aiogram import Bot
from aiogram.types import ChatMemberAdministrator, ChatMemberOwner, User

from bots.telegram_errors import translated
from bots.telegram_files import CALL_SECONDS
from desk.errors import SettingsInvalid

Mode = Literal["polling", "webhook"]
WEBHOOK_PATH = "/webhooks/telegram"
WRONG_TOKEN_MEND = "ZURUF_TELEGRAM_TOKEN: Telegram does not know this token; copy it from @BotFather (digits:letters)"  # noqa: S105
STAFF_MEND = "ZURUF_TELEGRAM_STAFF_CHAT: "


def staff_chat_id(staff_chat: str | None) -> str | None:
    """The group's id as Telegram writes it. Raises SettingsInvalid."""
    if not staff_chat:
        return None
    if not re.fullmatch(r"-\d{1,18}", staff_chat.strip()):
        raise SettingsInvalid(f"{STAFF_MEND}expected the group's id, such as -1001234567890")
    return staff_chat.strip()


def webhook_settings(
    mode: str, secret: str | None, public_url: str | None, *, own_server: bool
) -> tuple[str | None, str]:
    """The secret and the address to register. A server of one's own may speak plain HTTP. Raises SettingsInvalid."""
    if mode == "polling":
        return None, ""
    if mode != "webhook":
        raise SettingsInvalid("ZURUF_TELEGRAM_MODE: expected polling or webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret or ""):
        raise SettingsInvalid("ZURUF_TELEGRAM_WEBHOOK_SECRET: expected 1 to 256 letters, digits, _ or -")
    if not public_url or not public_url.startswith(("https://", "http://") if own_server else "https://"):
        raise SettingsInvalid("ZURUF_PUBLIC_URL: Telegram's webhook needs an address that begins with https://")
    return secret, public_url.rstrip("/") + WEBHOOK_PATH


async def check_staff_chat(bot: Bot, staff_chat: str, me: User) -> None:
    """Asks Telegram whether the staff chat can serve. Raises SettingsInvalid or DeliveryError."""
    try:
        chat = await bot.get_chat(staff_chat, request_timeout=CALL_SECONDS)
        member = await bot.get_chat_member(staff_chat, me.id, request_timeout=CALL_SECONDS)
    except Exception as error:
        reason = translated(error)
        if not reason.permanent:
            raise reason from None
        raise SettingsInvalid(f"{STAFF_MEND}the bot is not in this chat; add it there") from None
    if not chat.is_forum:
        raise SettingsInvalid(f"{STAFF_MEND}the chat has no topics; switch them on in the group's settings")
    entitled = isinstance(member, ChatMemberAdministrator) and member.can_manage_topics
    if not (entitled or isinstance(member, ChatMemberOwner)):
        raise SettingsInvalid(f"{STAFF_MEND}make the bot an admin there with the right to manage topics")
