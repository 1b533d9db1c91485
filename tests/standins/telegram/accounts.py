"""An account and its standing: what it taps, which chats it is in, whether it will hear the bot at all."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .chats import Chat, Topic
from .messages import StoredMessage
from .taps import Answer, Tap

if TYPE_CHECKING:
    from .platform import Platform


@dataclass(eq=False)
class Account:
    """Who somebody is on the platform. `language` is an IETF tag such as "de"."""

    platform: Platform
    id: int
    name: str
    last_name: str
    username: str
    language: str
    blocked: bool = False
    gone: bool = False
    is_bot: bool = False

    def user(self) -> dict[str, Any]:
        body: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.name}
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language}
        return body | {key: value for key, value in optional.items() if value}

    @staticmethod
    def now() -> int:
        return int(time.time())

    def private_chat(self) -> Chat:
        """Their chat with the bot. It is opened by their first message, not by looking at it."""
        return self.platform.chats[self.id]

    # --- buttons ---

    def tap(self, message: StoredMessage, label: str = "", data: str | None = None) -> Tap:
        """Presses the button with that label, without waiting.

        `data` sends any callback data instead: an old screen's, or a forged one.
        """
        chosen = message.callback_data(label) if data is None else data
        tap = Tap(str(secrets.randbits(63)), self, message, chosen)
        self.platform.taps[tap.id] = tap
        shown = message.json()
        if message.deleted:
            shown = {"chat": message.chat.json(), "message_id": message.id, "date": 0}
        query = {"id": tap.id, "from": self.user(), "message": shown, "data": chosen}
        query["chat_instance"] = str(abs(message.chat.id) * 7)
        self.platform.updates.put("callback_query", query, self.id)
        return tap

    async def taps(
        self, message: StoredMessage, label: str = "", data: str | None = None, timeout: float = 5
    ) -> Answer:
        """Presses a button and waits for the bot's answer. Seconds."""
        return await self.tap(message, label, data).answered(timeout)

    # --- the private chat ---

    def blocks_bot(self) -> None:
        self.platform.bot_membership(self.private_chat(), self, "kicked")

    def unblocks_bot(self) -> None:
        self.platform.bot_membership(self.private_chat(), self, "member")

    def deletes_account(self) -> None:
        self.gone = True

    # --- groups ---

    def joins(self, chat: Chat, status: str = "member") -> None:
        chat.members[self.id] = status
        self._service(chat, "new_chat_members", [self.user()])

    def leaves(self, chat: Chat) -> None:
        chat.members[self.id] = "left"
        self._service(chat, "left_chat_member", self.user())

    def adds_bot(self, chat: Chat, status: str = "member") -> None:
        """Puts the bot into a group, or changes its standing there ("administrator")."""
        was_in = chat.bot_status in {"member", "administrator"}
        self.platform.bot_membership(chat, self, status)
        if not was_in:
            self._service(chat, "new_chat_members", [self.platform.bot.user()])

    def kicks_bot(self, chat: Chat) -> None:
        self._service(chat, "left_chat_member", self.platform.bot.user())
        self.platform.bot_membership(chat, self, "kicked")

    def opens_topic(self, chat: Chat, name: str) -> Topic:
        return self.platform.open_topic(chat, self, name)

    def closes_topic(self, chat: Chat, topic: Topic) -> None:
        topic.closed = True
        self._service(chat, "forum_topic_closed", {}, topic.id)

    def reopens_topic(self, chat: Chat, topic: Topic) -> None:
        topic.closed = False
        self._service(chat, "forum_topic_reopened", {}, topic.id)

    def _service(self, chat: Chat, kind: str, content: Any, thread: int | None = None) -> None:
        self.platform.say(chat, self, kind=kind, content=content, service=True, thread=thread)
