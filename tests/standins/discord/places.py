"""Places: guilds and channels, with what a test asks of them.

A thread is a channel with a parent; a forum post is a thread whose id is that of its first
message. `bot_lacks` takes permissions from the bot in one channel; a channel made `only_for` some is
seen by those people (and the bot) alone, which its overwrites say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from . import announce, snowflake
from .things import CATEGORY, DM, FORUM, TEXT, THREADS, Json, Member, Message, NotPossible, Role, User, Webhook

if TYPE_CHECKING:
    from .people import Person
    from .world import World

VIEW = 1 << 10
Wanted = str | Callable[[Message], Any]


@dataclass(eq=False)
class Channel:
    world: World
    id: int
    kind: int
    name: str
    guild: Guild | None = None
    parent: Channel | None = None
    topic: str | None = None
    position: int = 0
    overwrites: list[Json] = field(default_factory=list)
    tags: list[Json] = field(default_factory=list)
    settings: Json = field(default_factory=dict)
    lacks: set[str] = field(default_factory=set)
    recipient: User | None = None
    owner: User | None = None
    joined: dict[int, datetime] = field(default_factory=dict)
    archived: bool = False
    locked: bool = False
    archived_at: datetime = field(default_factory=snowflake.now)
    auto_archive_minutes: int = 1440
    applied_tags: list[int] = field(default_factory=list)
    history: dict[int, Message] = field(default_factory=dict)
    whispers: dict[int, Message] = field(default_factory=dict)
    webhooks: list[Webhook] = field(default_factory=list)
    typed: list[User] = field(default_factory=list)
    total_sent: int = 0
    last_message_id: int | None = None
    deleted: bool = False

    def __repr__(self) -> str:
        return f"<Channel {self.id} {self.title}>"

    @property
    def title(self) -> str:
        if self.kind == DM:
            return f"DM with {self.recipient.name if self.recipient else '?'}"
        return f"#{self.parent.name} › {self.name}" if self.is_thread and self.parent else f"#{self.name}"

    @property
    def is_thread(self) -> bool:
        return self.kind in THREADS

    @property
    def denied(self) -> set[str]:
        """What the bot lacks here; a thread inherits it from its channel."""
        return self.lacks | (self.parent.lacks if self.is_thread and self.parent else set())

    def hides_from(self, user: User) -> bool:
        """Whether the overwrites (everyone's, then roles', then one's own) hide it from a member."""
        if self.guild is None:
            return False
        rules = {int(o["id"]): (int(o["allow"]), int(o["deny"])) for o in self.overwrites}
        member = self.guild.members.get(user.id)
        hidden = False
        for layer in ([self.guild.id], [r.id for r in member.roles] if member else [], [user.id]):
            found = [rules[one] for one in layer if one in rules]
            hidden = hidden or any(deny & VIEW for _, deny in found)
            hidden = hidden and not any(allow & VIEW for allow, _ in found)
        return hidden

    @property
    def messages(self) -> list[Message]:
        """What everybody here can read, oldest first."""
        return list(self.history.values())

    @property
    def by_bot(self) -> list[Message]:
        """What the bot said here (its webhooks too), system messages left out."""
        return [m for m in self.messages if (m.author is self.world.bot or m.webhook) and not m.system]

    @property
    def last(self) -> Message:
        if not self.history:
            raise NotPossible(f"nothing was written in {self.title}")
        return self.messages[-1]

    @property
    def starter(self) -> Message:
        """The message a forum post or a thread begins with."""
        home = self.history if self.id in self.history else self.parent.history if self.parent else {}
        return home[self.id]

    @property
    def pins(self) -> list[Message]:
        return [m for m in self.messages if m.pinned_at]

    @property
    def threads(self) -> list[Channel]:
        """The threads or posts below this channel, archived ones included, oldest first."""
        return [c for c in self.world.channels.values() if c.is_thread and c.parent is self]

    def bot_lacks(self, *permissions: str) -> None:
        """From now on the bot lacks these here (`view_channel`, `send_messages`, ...)."""
        self.lacks.update(permissions)
        announce.channel(self.world, "CHANNEL_UPDATE", self)

    def bot_has(self, *permissions: str) -> None:
        self.lacks.difference_update(permissions)
        announce.channel(self.world, "CHANNEL_UPDATE", self)

    async def wait_for(self, wanted: Wanted, timeout: float = 5) -> Message:
        """The first message here, old or new, that contains the text or satisfies the predicate."""
        fits = wanted if callable(wanted) else (lambda m: wanted in m.content)

        def found() -> Message | None:
            return next((m for m in self.messages if fits(m)), None)

        return await self.world.until(found, timeout, f"no such message in {self.title}", self)

    async def wait_for_thread(
        self, wanted: Callable[[Channel], Any] = lambda thread: True, timeout: float = 5
    ) -> Channel:
        """The first thread below this channel that satisfies the predicate."""

        def found() -> Channel | None:
            return next((t for t in self.threads if wanted(t)), None)

        return await self.world.until(found, timeout, f"no such thread in {self.title}", self)


@dataclass(eq=False)
class Guild:
    world: World
    id: int
    name: str
    owner: User
    members: dict[int, Member] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)
    locale: str = "de"

    def __repr__(self) -> str:
        return f"<Guild {self.id} {self.name}>"

    @property
    def channels(self) -> list[Channel]:
        """Channels and categories, no threads."""
        return [c for c in self.world.channels.values() if c.guild is self and not c.is_thread]

    def text_channel(
        self, name: str, only_for: Iterable[Person] | None = None, category: Channel | None = None
    ) -> Channel:
        return self._add(TEXT, name, only_for=only_for, parent=category)

    def category(self, name: str) -> Channel:
        return self._add(CATEGORY, name)

    def forum(self, name: str, tags: Iterable[str] = (), require_tag: bool = False) -> Channel:
        forum = self._add(FORUM, name, announced=False)
        forum.tags = [{"name": tag} | forum_tag(self.world.ids.next()) for tag in tags]
        forum.settings["flags"] = 1 << 4 if require_tag else 0
        announce.channel(self.world, "CHANNEL_CREATE", forum)
        return forum

    def role(self, name: str, *people: Person) -> Role:
        role = Role(self.world.ids.next(), name, self)
        self.roles[role.id] = role
        announce.role(self.world, role)
        for person in people:
            self.give(role, person)
        return role

    def give(self, role: Role, person: Person) -> None:
        member = self.members[person.id]
        member.roles.append(role)
        announce.member(self.world, "GUILD_MEMBER_UPDATE", member)

    def _add(
        self,
        kind: int,
        name: str,
        only_for: Iterable[Person] | None = None,
        parent: Channel | None = None,
        announced: bool = True,
    ) -> Channel:
        channel = self.world.add_channel(Channel(self.world, self.world.ids.next(), kind, name, self, parent))
        channel.position = len(self.channels)
        if only_for is not None:
            channel.overwrites = [overwrite(self.id, deny=VIEW)]
            channel.overwrites += [overwrite(p.id, allow=VIEW, person=True) for p in (*only_for, self.world.bot)]
        if announced:
            announce.channel(self.world, "CHANNEL_CREATE", channel)
        return channel


def forum_tag(tag_id: int) -> Json:
    return {"id": str(tag_id), "moderated": False, "emoji_id": None, "emoji_name": None}


def overwrite(whose: int, allow: int = 0, deny: int = 0, person: bool = False) -> Json:
    return {"id": str(whose), "type": int(person), "allow": str(allow), "deny": str(deny)}
