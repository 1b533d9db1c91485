"""A parsed update becomes the event it means for the desk, or None when nothing in it was meant for us.

Private chats: everything. Groups: what mentions the bot, answers one of its messages, or is /ask (or any command
addressed to the bot by name). The staff chat: everything but commands for other bots. Topics are threads; the
General topic is the chat itself. In forums every message of a topic counts, on the wire, as a reply to the
topic's first service message; that is no reply anybody made.
Pure: no I/O, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, datetime

from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from bots.telegram_content import files_of, has_content, text_of, unrelayed
from bots.telegram_entities import mentions_of, without_mentions
from bots.telegram_updates import clean
from desk.conversation import Address, Surface
from desk.inbound import (
    ButtonTapped,
    CommandGiven,
    InboundEvent,
    InboundMessage,
    MessageEdited,
    ReachabilityChanged,
)
from desk.people import Author, Locale, Reachability

NAME = "telegram"
COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>[A-Za-z0-9_]{3,32}))?(?:\s+(?P<rest>.*))?", re.DOTALL)
NAME_CHARACTERS = 200
ON_BEHALF_OF = {1087968824, 136817688}  # Telegram's accounts for anonymous admins and for channels in groups


@dataclass(frozen=True, slots=True)
class Watch:
    """Who the bot is, which chat is staff's, and the albums whose first photo was meant for us.

    Only one photo of an album carries the caption with the mention; the others belong to it all the same.
    """

    me: User
    staff_chat: str | None
    albums: Container[str] = ()


def read(update: Update, watch: Watch) -> InboundEvent | None:
    """The event, or None. Raises ValueError or OverflowError for instants beyond any calendar."""
    if update.message:
        return _message(update.message, watch)
    if update.edited_message:
        return _edit(update.edited_message, watch)
    if update.callback_query:
        return _tap(update.callback_query)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    return None


def external_id(message: Message) -> str:
    """The message's name within the channel."""
    return f"{message.chat.id}:{message.message_id}"


def album_key(chat: str, album: str) -> str:
    """The album's name within the channel."""
    return f"{chat}:{clean(album)}"


def address_of(message: Message) -> Address:
    """Where the message stands."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Address(NAME, str(message.chat.id), None if thread is None else str(thread))


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


def _sent_at(message: Message) -> datetime:
    return message.date if message.date.tzinfo else message.date.replace(tzinfo=UTC)


def _surface(chat: Chat) -> Surface:
    return Surface.PRIVATE if chat.type == ChatType.PRIVATE else Surface.PUBLIC


def _is_staff(chat: Chat, watch: Watch) -> bool:
    return watch.staff_chat is not None and str(chat.id) == watch.staff_chat


def _message(message: Message, watch: Watch) -> InboundEvent | None:
    author = author_of(message)
    if author is None or message.is_automatic_forward or not has_content(message):
        return None
    text = text_of(message)
    command = _command(message, text)
    if command and _for_other_bot(command, message.chat, watch):
        return None
    if not _meant_for_us(message, command, watch):
        return None
    text = text if message.chat.type == ChatType.PRIVATE else without_mentions(text, watch.me)
    if command and not files_of(message):
        rest = without_mentions(command["rest"] or "", watch.me)
        return _given(message, author, command["name"].lower(), rest.strip())
    if command and command["name"].lower() == "ask":
        text = (command["rest"] or "").strip()
    return _said(message, author, text)


def _command(message: Message, text: str) -> re.Match[str] | None:
    """The command the text is; what is forwarded was said to somebody else."""
    return None if message.forward_origin else COMMAND.fullmatch(text)


def _for_other_bot(command: re.Match[str], chat: Chat, watch: Watch) -> bool:
    named = command["bot"]
    return chat.type != ChatType.PRIVATE and bool(named) and named.lower() != (watch.me.username or "").lower()


def _meant_for_us(message: Message, command: re.Match[str] | None, watch: Watch) -> bool:
    if message.chat.type == ChatType.PRIVATE or _is_staff(message.chat, watch):
        return True
    if command and (command["bot"] or command["name"].lower() == "ask"):
        return True
    if message.media_group_id and album_key(str(message.chat.id), message.media_group_id) in watch.albums:
        return True
    answered = _answered(message)
    if answered and answered.from_user and answered.from_user.id == watch.me.id:
        return True
    text = message.text or message.caption or ""
    entities = message.entities if message.text is not None else message.caption_entities
    return bool(mentions_of(text, entities or (), watch.me))


def _answered(message: Message) -> Message | None:
    """The message this one answers, in the same chat, if a person chose to."""
    answered = message.reply_to_message
    return None if answered is None or answered.forum_topic_created else answered


def _given(message: Message, author: Author, name: str, argument: str) -> CommandGiven:
    return CommandGiven(
        NAME,
        external_id(message),
        address_of(message),
        _surface(message.chat),
        author,
        name,
        argument,
        _sent_at(message),
    )


def _said(message: Message, author: Author, text: str) -> InboundMessage:
    answered = _answered(message)
    return InboundMessage(
        channel=NAME,
        external_id=external_id(message),
        address=address_of(message),
        surface=_surface(message.chat),
        author=author,
        text=text,
        sent_at=_sent_at(message),
        files=files_of(message),
        reply_to=external_id(answered) if answered else None,
        album=clean(message.media_group_id) if message.media_group_id else None,
        unsupported=unrelayed(message),
    )


def _edit(message: Message, watch: Watch) -> InboundEvent | None:
    """The desk knows by the id whether it has the message; edits of others' talk change nothing."""
    author = author_of(message)
    text = text_of(message)
    if author is None or not (text or files_of(message)):
        return None
    command = _command(message, text)
    if command and _for_other_bot(command, message.chat, watch):
        return None
    if command:
        text = (command["rest"] or "").strip()
    elif message.chat.type != ChatType.PRIVATE:
        text = without_mentions(text, watch.me)
    edited_at = datetime.fromtimestamp(message.edit_date, UTC) if message.edit_date else _sent_at(message)
    return MessageEdited(NAME, external_id(message), address_of(message), author, text, edited_at)


def _tap(query: CallbackQuery) -> InboundEvent | None:
    if query.from_user.is_bot or query.data is None:
        return None
    author, external = person(query.from_user), f"cb:{clean(query.id)}"
    under = query.message
    if under is None:
        address = Address(NAME, str(query.from_user.id))
        return ButtonTapped(NAME, external, address, Surface.PRIVATE, author, clean(query.data))
    address = address_of(under) if isinstance(under, Message) else Address(NAME, str(under.chat.id))
    below = f"{under.chat.id}:{under.message_id}"
    return ButtonTapped(NAME, external, address, _surface(under.chat), author, clean(query.data), below)


def _membership(change: ChatMemberUpdated) -> InboundEvent | None:
    """In a private chat: the person blocked the bot or came back. In groups it says nothing about a person."""
    if change.chat.type != ChatType.PRIVATE:
        return None
    blocked = change.new_chat_member.status in {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}
    reachability = Reachability.BLOCKED if blocked else Reachability.REACHABLE
    return ReachabilityChanged(NAME, person(change.from_user), reachability)
