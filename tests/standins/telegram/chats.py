"""Chats as both sides see them: members, topics, messages, and waiting for what the bot does.

A private chat's id is the person's; a basic group's is negative; a supergroup's begins with -100. Message
ids count up within each chat. A forum is a supergroup with topics; topic 1 is "General" and has no id in
messages. Waiting raises AssertionError that prints the chat as the person reads it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from .messages import StoredMessage

if TYPE_CHECKING:
    from .people import Person
    from .platform import Platform

Found = TypeVar("Found")
PRESENT = {"creator", "administrator", "member", "restricted"}
TOPIC_COLOUR = 7322096


@dataclass(eq=False)
class Topic:
    """A forum topic; `id` is the message thread id."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False

    def json(self) -> dict[str, Any]:
        return {"message_thread_id": self.id, "name": self.name, "icon_color": TOPIC_COLOUR}


@dataclass(eq=False)
class Chat:
    """One chat. `messages` holds both sides, deleted ones too (`deleted` is then true)."""

    platform: Platform
    id: int
    kind: str
    title: str
    is_forum: bool = False
    person: Person | None = None
    opened: bool = True
    members: dict[int, str] = field(default_factory=dict)
    messages: list[StoredMessage] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    pinned: list[StoredMessage] = field(default_factory=list)
    migrated_to: Chat | None = None
    bot_lacks: set[str] = field(default_factory=set)
    _waiting: set[asyncio.Event] = field(default_factory=set)

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    @property
    def bot_status(self) -> str:
        return self.members.get(self.platform.bot.id, "left")

    @property
    def bot_is_admin(self) -> bool:
        return self.is_private or self.bot_status in {"creator", "administrator"}

    @property
    def bot_may_delete(self) -> bool:
        """Other people's messages: an administrator with can_delete_messages."""
        return self.bot_is_admin and "can_delete_messages" not in self.bot_lacks

    def json(self) -> dict[str, Any]:
        if self.person:
            user = self.person.user()
            kept = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
            return {"id": self.id, "type": "private"} | kept
        body: dict[str, Any] = {"id": self.id, "type": self.kind, "title": self.title}
        return body | ({"is_forum": True} if self.is_forum else {})

    # --- what is in it ---

    def find(self, message_id: int | None) -> StoredMessage | None:
        """The message with this id unless it was deleted."""
        for message in reversed(self.messages):
            if message.id == message_id:
                return None if message.deleted else message
        return None

    @property
    def shown(self) -> list[StoredMessage]:
        return [message for message in self.messages if not message.deleted]

    @property
    def from_bot(self) -> list[StoredMessage]:
        """What the bot said and what still stands, service messages left out."""
        return [m for m in self.shown if m.from_bot and not m.service]

    @property
    def texts(self) -> list[str]:
        """What the bot said, as texts."""
        return [message.text for message in self.from_bot]

    def topic(self, topic_id: int | None) -> Topic | None:
        """The topic with this id unless it was deleted."""
        return next((t for t in self.topics if t.id == topic_id and not t.deleted), None)

    def messages_in(self, topic: Topic) -> list[StoredMessage]:
        """The messages of a topic that still stand, service messages left out."""
        return [m for m in self.shown if m.thread == topic.id and not m.service]

    def delete_topic(self, topic: Topic | int) -> None:
        """A person deletes a topic with all its messages; the platform tells no bot."""
        topic_id = topic if isinstance(topic, int) else topic.id
        for known in self.topics:
            if known.id == topic_id:
                known.deleted = True
        for message in self.messages:
            if message.thread == topic_id:
                message.deleted = True
        self.changed()

    def becomes_supergroup(self) -> Chat:
        """The group gets a new id; the old one refuses every call and names the new one."""
        return self.platform.migrate(self)

    def reply_thread(self, reply_to: StoredMessage | None) -> int | None:
        """In a supergroup without topics a reply carries its thread's first message as thread id."""
        if reply_to is None or self.kind != "supergroup" or self.is_forum:
            return None
        return reply_to.thread or reply_to.id

    # --- waiting ---

    def changed(self) -> None:
        for event in self._waiting:
            event.set()

    async def until(self, look: Callable[[], Found], what: str = "it", timeout: float = 5) -> Found:
        """The first true answer of `look`, asked whenever the chat changes. Seconds."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            async with asyncio.timeout(timeout):
                while not (found := look()):
                    await event.wait()
                    event.clear()
                return found
        except TimeoutError:
            raise AssertionError(f"waited {timeout} s for {what} in vain\n{self.transcript()}") from None
        finally:
            self._waiting.discard(event)

    async def wait_for(
        self,
        fits: Callable[[StoredMessage], bool] | str = "",
        timeout: float = 5,
        after: StoredMessage | None = None,
    ) -> StoredMessage:
        """The bot's first message that fits (a test, or words it holds), edits included.

        `after` leaves out the bot's messages up to that one.
        """
        wanted = (lambda message: fits in message.text) if isinstance(fits, str) else fits

        def look() -> StoredMessage | None:
            new = (m for m in self.from_bot if after is None or m.id > after.id)
            return next((message for message in new if wanted(message)), None)

        found = await self.until(look, f"a message of the bot {fits if isinstance(fits, str) else ''}", timeout)
        assert found is not None
        return found

    async def wait_for_topic(self, fits: Callable[[Topic], bool] | str = "", timeout: float = 5) -> Topic:
        """The first open or closed topic that fits (a test, or words of its name)."""
        wanted = (lambda topic: fits in topic.name) if isinstance(fits, str) else fits

        def look() -> Topic | None:
            return next((t for t in self.topics if not t.deleted and wanted(t)), None)

        found = await self.until(look, f"a topic {fits if isinstance(fits, str) else ''}", timeout)
        assert found is not None
        return found

    async def stays_quiet(self, seconds: float = 0.3) -> None:
        """Fails when the bot says anything within the time."""
        known = len(self.from_bot)
        await asyncio.sleep(seconds)
        assert len(self.from_bot) == known, f"the bot was to say nothing\n{self.transcript()}"

    def transcript(self) -> str:
        """The chat as a person reads it."""
        place = "forum" if self.is_forum else self.kind
        head = f"--- {self.title} ({place} {self.id}) ---"
        topics = [
            f"topic {t.id} {t.name!r}{' closed' if t.closed else ''}{' deleted' if t.deleted else ''}"
            for t in self.topics
        ]
        return "\n".join([head, *topics, *(message.line() for message in self.messages)])
