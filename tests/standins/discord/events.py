"""Gateway events and the intents a session must have asked for to get them."""

from __future__ import annotations

from dataclasses import dataclass

from .things import Json, Message

GUILDS, GUILD_MEMBERS = 1 << 0, 1 << 1
PRESENCES = 1 << 8
GUILD_MESSAGES, GUILD_REACTIONS, GUILD_TYPING = 1 << 9, 1 << 10, 1 << 11
DM_MESSAGES, DM_REACTIONS, DM_TYPING = 1 << 12, 1 << 13, 1 << 14
MESSAGE_CONTENT = 1 << 15


@dataclass(frozen=True)
class Event:
    """One gateway event. `intent` 0 reaches every session; `message` is what content gating asks about."""

    name: str
    payload: Json
    intent: int = 0
    message: Message | None = None
