"""The commands as Telegram's menus show them: by place (private, groups, the staff chat) and language.

A menu without a language is shown to everybody whose language has none of its own: it speaks the desk's locale.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
)

from desk.commands import COMMANDS, Audience, Command
from desk.people import Locale
from desk.ports import Phrases

log = logging.getLogger(__name__)
LANGUAGES: tuple[Locale | None, ...] = (None, *Locale)
DESCRIPTION_CHARACTERS = 256
CALL_SECONDS = 20


def menus(staff_chat: str | None) -> list[tuple[BotCommandScopeUnion, list[Command]]]:
    """Each place and the commands offered there."""
    private = [one for one in COMMANDS if one.audience not in (Audience.STAFF, Audience.COORDINATOR)]
    found: list[tuple[BotCommandScopeUnion, list[Command]]] = [
        (BotCommandScopeAllPrivateChats(), private),
        (
            BotCommandScopeAllGroupChats(),
            [command for command in COMMANDS if command.name in {"ask", "help", "solved"}],
        ),
    ]
    if staff_chat is not None:
        staff = [command for command in COMMANDS if command.audience is Audience.STAFF or command.name == "help"]
        found.append((BotCommandScopeChat(chat_id=int(staff_chat)), staff))
    return found


def described(commands: Iterable[Command], phrases: Phrases, locale: Locale | None) -> list[BotCommand]:
    """The commands in one language."""
    return [
        BotCommand(command=command.name, description=phrases.say(locale, command.description)[:DESCRIPTION_CHARACTERS])
        for command in commands
    ]


async def offer_commands(bot: Bot, phrases: Phrases, staff_chat: str | None) -> None:
    """Registers all menus. One that fails is logged: commands work without menus."""
    for scope, commands in menus(staff_chat):
        for locale in LANGUAGES:
            offered = described(commands, phrases, locale)
            try:
                await bot.set_my_commands(offered, scope, locale, request_timeout=CALL_SECONDS)
            except Exception as error:
                log.warning("a menu of commands (%s) was not set: %s", scope.type, type(error).__name__)
