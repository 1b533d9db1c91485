"""The platform's memory and its rules about who may reach whom; knows nothing of HTTP.

Everything lives here, so that a bot may die and come back to the same chats, messages and updates.
"""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from .accounts import Account
from .chats import PRESENT, TOPIC_COLOUR, Chat, Topic
from .entities import cut
from .errors import ApiError, bad_request, forbidden
from .files import FileStore
from .messages import Sender, StoredMessage
from .params import Params
from .people import Person
from .taps import Tap
from .updates import UpdateQueue
from .webhook import Webhook

FIRST_PERSON = 5_000_000_001  # beyond 32 bits, as today's accounts are
FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_002_000_000_001
FIRST_UPDATE = 700_000_001


@dataclass(eq=False)
class BotUser:
    """The bot's account. With `privacy` it reads in groups only what is meant for it."""

    id: int
    username: str
    name: str
    privacy: bool = True
    is_bot: bool = True

    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


class Platform:
    """Chats, people, files, updates, and the one bot."""

    def __init__(self, bot: BotUser) -> None:
        self.bot = bot
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.updates = UpdateQueue(FIRST_UPDATE)
        self.webhook: Webhook | None = None
        self.taps: dict[str, Tap] = {}
        self.tap_seconds = 30.0
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self._numbers = itertools.count()

        self.carry_out: Callable[[str, Params], Awaitable[object]] = _no_server
        self.retry_seconds = 0.1

    def number(self) -> int:
        return next(self._numbers)

    def users(self, user_id: int) -> dict[str, Any] | None:
        if user_id == self.bot.id:
            return self.bot.user()
        person = self.people.get(user_id)
        return person.user() if person else None

    # --- making ---

    def add_person(self, name: str, last_name: str, username: str, language: str) -> Person:
        person = Person(self, FIRST_PERSON + self.number(), name, last_name, username, language)
        self.people[person.id] = person
        self.chats[person.id] = Chat(self, person.id, "private", name, person=person, opened=False)
        return person

    def add_group(self, title: str, members: list[Person], kind: str, bot_status: str, forum: bool) -> Chat:
        first = FIRST_GROUP if kind == "group" else FIRST_SUPERGROUP
        chat = Chat(self, first - self.number(), kind, title, is_forum=forum)
        chat.members = {person.id: "creator" if i == 0 else "member" for i, person in enumerate(members)}
        chat.members[self.bot.id] = bot_status
        self.chats[chat.id] = chat
        return chat

    def migrate(self, chat: Chat) -> Chat:
        if chat.kind != "group":
            raise ValueError(f"{chat.title} is no basic group")
        new = self.add_group(chat.title, [], "supergroup", chat.bot_status, forum=False)
        new.members = dict(chat.members)
        owner = next((self.people[user] for user in chat.members if user in self.people), self.bot)
        self.say(chat, owner, kind="migrate_to_chat_id", content=new.id, service=True)
        self.say(new, owner, kind="migrate_from_chat_id", content=chat.id, service=True)
        chat.migrated_to = new
        return new

    def open_topic(self, chat: Chat, by: Sender, name: str) -> Topic:
        content = {"name": name, "icon_color": TOPIC_COLOUR}
        first = self.store(chat, by, kind="forum_topic_created", content=content, service=True)
        first.thread = first.id
        topic = Topic(first.id, name)
        chat.topics.append(topic)
        self.tell("message", first)
        chat.changed()
        return topic

    # --- messages ---

    def store(self, chat: Chat, sender: Sender, **content: Any) -> StoredMessage:
        """A new message with the chat's next id; nobody is told yet."""
        message_id = chat.messages[-1].id + 1 if chat.messages else 1
        message = StoredMessage(chat, message_id, sender, **content)
        chat.messages.append(message)
        chat.changed()
        return message

    def say(self, chat: Chat, sender: Sender, **content: Any) -> StoredMessage:
        """A new message that the bot hears of if it may read it."""
        message = self.store(chat, sender, **content)
        self.tell("message", message)
        return message

    def tell(self, kind: str, message: StoredMessage) -> None:
        if self.reads(message):
            self.updates.put(kind, message.json(), message.chat.id)

    def reads(self, message: StoredMessage) -> bool:
        """Whether the platform shows the bot this message."""
        chat = message.chat
        if chat.is_private or message.service:
            return chat.is_private or chat.bot_status in PRESENT
        if message.from_bot or chat.bot_status not in PRESENT:
            return False
        return chat.bot_is_admin or not self.bot.privacy or self._meant_for_bot(message)

    def _meant_for_bot(self, message: StoredMessage) -> bool:
        if message.reply_to and message.reply_to.from_bot and not message.reply_to.service:
            return True
        name = self.bot.username.lower()
        for entity in message.entities:
            words = cut(message.text, entity).lower()
            if entity["type"] == "bot_command" and words.partition("@")[2] in {"", name}:
                return True
            if entity["type"] == "mention" and words == f"@{name}":
                return True
            if entity["type"] == "text_mention" and entity["user"]["id"] == self.bot.id:
                return True
        return False

    def bot_membership(self, chat: Chat, by: Account, status: str) -> None:
        """The bot's own standing in a chat changes, and it is told."""
        old = chat.bot_status if not chat.is_private else ("kicked" if by.blocked else "member")
        if chat.is_private:
            by.blocked = status == "kicked"
        else:
            chat.members[self.bot.id] = status
        old_member, new_member = (self.member_json(self.bot.user(), each) for each in (old, status))
        change = {"chat": chat.json(), "from": by.user(), "date": by.now()}
        change |= {"old_chat_member": old_member, "new_chat_member": new_member}
        self.updates.put("my_chat_member", change, chat.id)

    @staticmethod
    def member_json(user: dict[str, Any], status: str) -> dict[str, Any]:
        body: dict[str, Any] = {"user": user, "status": status}
        if status == "administrator":
            body |= dict.fromkeys(ADMIN_RIGHTS, True) | {"is_anonymous": False, "can_be_edited": False}
        elif status == "creator":
            body["is_anonymous"] = False
        elif status == "kicked":
            body["until_date"] = 0
        return body

    # --- whom a call reaches ---

    def addressed(self, params: Params, name: str = "chat_id") -> Chat:
        """The chat a call names. ApiError when it is unknown, has moved, or put the bot out."""
        raw = params.text(name)
        if not raw:
            raise bad_request(f"{name} is empty")
        try:
            chat = self.chats.get(int(raw))
        except ValueError:
            chat = None
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to:
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, reason, migrate_to_chat_id=chat.migrated_to.id)
        if not chat.is_private and chat.bot_status not in PRESENT:
            kicked = "was kicked from" if chat.bot_status == "kicked" else "is not a member of"
            raise forbidden(f"bot {kicked} the {chat.kind} chat")
        return chat

    def writable(self, params: Params) -> Chat:
        """The chat a call may write to."""
        chat = self.addressed(params)
        if chat.person:
            if chat.person.gone:
                raise forbidden("user is deactivated")
            if not chat.opened:
                raise forbidden("bot can't initiate conversation with a user")
            if chat.person.blocked:
                raise forbidden("bot was blocked by the user")
        return chat

    def thread(self, chat: Chat, params: Params) -> int | None:
        """The topic a call writes to; None for the chat itself."""
        thread_id = params.integer("message_thread_id")
        if not thread_id:
            return None
        topic = chat.topic(thread_id) if chat.is_forum else None
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed and not chat.bot_is_admin:
            raise bad_request("TOPIC_CLOSED")
        return topic.id

    def message(self, params: Params, missing: str, chat: Chat) -> StoredMessage:
        """The message a call names in a chat; `missing` says what was looked for."""
        message_id = params.integer("message_id")
        found = chat.find(message_id)
        if found is None:
            raise bad_request(missing)
        return found

    # --- webhook ---

    def start_webhook(self, url: str, secret: str, max_connections: int) -> None:
        self.webhook = Webhook(url, secret, self.updates, self.carry_out, max_connections, self.retry_seconds)
        self.webhook.start()

    async def stop_webhook(self) -> None:
        if self.webhook:
            await self.webhook.stop()
        self.webhook = None


async def _no_server(method: str, params: Params) -> object:
    raise RuntimeError(f"{method} came before the server was up")


ADMIN_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_pin_messages", "can_manage_topics", "can_send_welcome_messages",
)  # fmt: skip
