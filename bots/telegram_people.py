"""Who wrote, as the desk knows authors. Pure: no I/O, no clock."""

from __future__ import annotations

from aiogram.types import Message, User

from bots.telegram_updates import clean
from desk.people import Author, Locale

NAME = "telegram"
NAME_CHARACTERS = 200
ON_BEHALF_OF = {1087968824, 136817688}  # Telegram's accounts for anonymous admins and for channels in groups


def author_of(message: Message) -> Author | None:
    """Who wrote; None for bots (ourselves included) and for nobody."""
    if message.sender_chat and (message.from_user is None or message.from_user.id in ON_BEHALF_OF):
        name = clean(message.sender_chat.title or message.sender_chat.username or "?")
        return Author(NAME, str(message.sender_chat.id), name[:NAME_CHARACTERS])
    if message.from_user is None or message.from_user.is_bot:
        return None
    return person(message.from_user)


def person(user: User) -> Author:
    """A user as the desk knows authors."""
    language = (user.language_code or "").lower().partition("-")[0]
    locale = Locale(language) if language in set(Locale) else None
    return Author(NAME, str(user.id), clean(user.full_name)[:NAME_CHARACTERS], locale, user.is_bot)
