"""Reactions on Discord that say *this solved it*, and who gave them. Pure.

The gateway tells each reaction once and gives it no id. Only the platform's own signs count, no guild's.
Raises KeyError, TypeError, ValueError on malformed objects; the caller counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bots.discord_formatting import clean
from bots.discord_places import CHANNEL
from desk.people import Author

SOLVING = frozenset({"✅", "☑", "✔"})
_PLAIN, _COLOURED = "\ufe0e", "\ufe0f"

Json = Mapping[str, Any]


def solves(emoji: Json) -> bool:
    """Whether the emoji is a sign for *this solved it*."""
    name = str(emoji.get("name") or "").rstrip(_PLAIN + _COLOURED)
    return emoji.get("id") is None and name in SOLVING


def reactor_of(data: Json) -> Author:
    """Who reacted. Discord names them only when the reaction is given, not when it is taken away."""
    user = (data.get("member") or {}).get("user") or {}
    name = clean(str(user.get("global_name") or user.get("username") or ""))
    return Author(CHANNEL, str(int(data["user_id"])), name, is_bot=bool(user.get("bot")))
