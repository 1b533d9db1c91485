"""Things: users, messages and what hangs on them, as the platform remembers them.

Plain records without rules: `rules` checks what a bot asks for, `posting` and `threads` change
the records and announce it, `shapes` writes them as JSON. They live as long as the stand-in, so a
bot that was killed finds the world as it left it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .interactions import Interaction
    from .places import Channel, Guild

Json = dict[str, Any]

TEXT, DM, CATEGORY, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = 0, 1, 4, 11, 12, 15
THREADS = (PUBLIC_THREAD, PRIVATE_THREAD)

DEFAULT, RECIPIENT_ADD, NAME_CHANGE, PINNED, THREAD_CREATED, REPLY = 0, 1, 4, 6, 18, 19
COMMAND_ANSWER, THREAD_STARTER = 20, 21
EPHEMERAL, LOADING, HAS_THREAD, VOICE, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 5, 1 << 13, 1 << 15


class NotPossible(AssertionError):
    """A person tried what their own app would not let them do; the test is at fault, or the bot is."""


@dataclass(eq=False)
class User:
    id: int
    name: str
    bot: bool = False
    dms_closed: bool = False
    left_a_guild: bool = False


@dataclass(eq=False)
class Role:
    id: int
    name: str
    guild: Guild
    permissions: int = 0


@dataclass(eq=False)
class Member:
    user: User
    guild: Guild
    joined_at: datetime
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None


@dataclass(eq=False)
class Attachment:
    id: int
    filename: str
    data: bytes
    content_type: str
    description: str | None = None
    duration_seconds: float | None = None


@dataclass(eq=False)
class Webhook:
    id: int
    token: str
    name: str
    channel: Channel
    creator: User


@dataclass(eq=False)
class Draft:
    """What somebody is about to say; `posting.post` turns it into a message."""

    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    stickers: list[str] = field(default_factory=list)
    reply_to: Message | None = None
    mentions: list[User] = field(default_factory=list)
    mention_everyone: bool = False
    kind: int = DEFAULT
    flags: int = 0
    nonce: str | None = None
    webhook: Webhook | None = None
    shown_name: str | None = None
    interaction: Interaction | None = None
    only_for: User | None = None


@dataclass(eq=False)
class Message:
    """One message. `only_for` is the one person who sees it (ephemeral), else None."""

    id: int
    channel: Channel
    author: User
    content: str
    kind: int = DEFAULT
    flags: int = 0
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    stickers: list[str] = field(default_factory=list)
    reply_to: Message | None = None
    mentions: list[User] = field(default_factory=list)
    mention_everyone: bool = False
    reactions: dict[str, list[User]] = field(default_factory=dict)
    pinned_at: datetime | None = None
    edited_at: datetime | None = None
    earlier: list[str] = field(default_factory=list)
    nonce: str | None = None
    webhook: Webhook | None = None
    shown_name: str | None = None
    thread: Channel | None = None
    interaction: Interaction | None = None
    only_for: User | None = None
    deleted: bool = False

    def __repr__(self) -> str:
        return f"<Message {self.id} {self.shown_as}: {self.content!r}>"

    @property
    def shown_as(self) -> str:
        return self.shown_name or self.author.name

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def system(self) -> bool:
        return self.kind not in (DEFAULT, REPLY, COMMAND_ANSWER)

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons, in reading order."""
        return [caption(part) for part in parts_of(self.components) if part["type"] == 2]


def parts_of(components: list[Json]) -> list[Json]:
    """All components, outer before inner, in reading order."""
    found: list[Json] = []
    for part in components:
        found.append(part)
        found += parts_of(part.get("components") or [])
        inner = [part[key] for key in ("accessory", "component") if part.get(key)]
        found += parts_of(inner)
    return found


def caption(part: Json) -> str:
    """What a person reads on a button: its emoji, if any, and its label."""
    emoji = (part.get("emoji") or {}).get("name") or ""
    return " ".join(word for word in (emoji, part.get("label") or "") if word)
