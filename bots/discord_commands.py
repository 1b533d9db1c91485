"""The desk's commands as Discord's slash commands, described in English and German.

Names are the same in both languages, because help texts and people name them so.
"""

from __future__ import annotations

from desk.commands import COMMANDS, Command
from desk.people import Locale
from desk.phrases import marked as _
from desk.ports import Phrases

CHAT_INPUT, ON_MESSAGE, TEXT_OPTION = 1, 3, 3
GUILD_INSTALL, IN_GUILDS, IN_DIRECT = 0, 0, 1
LONGEST = 100
LONGEST_NAME = 32
THIS_SOLVED_IT = _("This solved it")
"""Of the menu on a message. Discord knows the command by this English name, whatever language it is shown in."""


def slash_commands(phrases: Phrases) -> list[dict[str, object]]:
    """What `PUT /applications/{id}/commands` takes."""
    return [*(_slash(command, phrases) for command in COMMANDS), _on_message(THIS_SOLVED_IT, phrases)]


def _on_message(name: str, phrases: Phrases) -> dict[str, object]:
    """A command of the menu *Apps* on every message; such have a name and no description."""
    german = phrases.say(Locale.GERMAN, name)[:LONGEST_NAME]
    return {
        "type": ON_MESSAGE,
        "name": name,
        "name_localizations": {"de": german},
        "contexts": [IN_GUILDS],
        "integration_types": [GUILD_INSTALL],
    }


def _slash(command: Command, phrases: Phrases) -> dict[str, object]:
    described = _described(command.description, phrases)
    option = {"type": TEXT_OPTION, "name": command.argument, "required": command.required, **described}
    return {
        "type": CHAT_INPUT,
        "name": command.name,
        "options": [option] if command.argument else [],
        "contexts": [IN_GUILDS, IN_DIRECT],
        "integration_types": [GUILD_INSTALL],
        **described,
    }


def _described(text: str, phrases: Phrases) -> dict[str, object]:
    english, german = (phrases.say(locale, text)[:LONGEST] for locale in (Locale.ENGLISH, Locale.GERMAN))
    return {"description": english, "description_localizations": {"de": german, "en-US": english, "en-GB": english}}
