"""A parsed update becomes the event it means for the desk, or None when nothing in it was meant for us.

Private chats: everything. Groups: what mentions the bot, answers one of its messages, or is /ask (or any command
addressed to the bot by name, or /solved in answer to a message). Answers to other people's messages are overheard:
they may answer a question, which the desk finds out. The staff chat: everything but commands for other bots. Topics are
threads; the General topic is the chat itself. In forums every message of a topic counts, on the wire, as a reply to the
topic's first service message; that is no reply anybody made.
Pure: no I/O, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from bots.telegram_content import files_of, has_content, text_of, unrelayed
from bots.telegram_entities import mentions_of, without_mentions
from bots.telegram_people import NAME, author_of, person
from bots.telegram_reactions import reaction
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
from desk.people import Author, Reachability

COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>[A-Za-z0-9_]{3,32}))?(?:\s+(?P<rest>.*))?", re.DOTALL)
VERDICTS = {"solved", "unsolved"}


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
    if update.message_reaction:
        return reaction(update.message_reaction)
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
    overheard = not _meant_for_us(message, command, watch)
    if overheard and (command or _answered(message) is None):
        return None
    text = text if message.chat.type == ChatType.PRIVATE else without_mentions(text, watch.me)
    if command and not files_of(message):
        rest = without_mentions(command["rest"] or "", watch.me)
        return _given(message, author, command["name"].lower(), rest.strip(), _about(message))
    if command and command["name"].lower() == "ask":
        text = (command["rest"] or "").strip()
    said = _said(message, author, text)
    return replace(said, overheard=overheard, calls_bot=not overheard and _calls_bot(message, command, watch))


def _about(message: Message) -> InboundMessage | None:
    """The message that a command answers, as far as Telegram shows it, even to a bot that could not hear it."""
    answered = _answered(message)
    author = author_of(answered) if answered else None
    return _said(answered, author, text_of(answered)) if answered and author else None


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
    if command and command["name"].lower() in VERDICTS and _answered(message):
        return True
    if message.media_group_id and album_key(str(message.chat.id), message.media_group_id) in watch.albums:
        return True
    answered = _answered(message)
    if answered and answered.from_user and answered.from_user.id == watch.me.id:
        return True
    return _mentions_bot(message, watch)


def _mentions_bot(message: Message, watch: Watch) -> bool:
    text = message.text or message.caption or ""
    entities = message.entities if message.text is not None else message.caption_entities
    return bool(mentions_of(text, entities or (), watch.me))


def _calls_bot(message: Message, command: re.Match[str] | None, watch: Watch) -> bool:
    """By name, not only by answering it."""
    return command is not None or _mentions_bot(message, watch)


def _answered(message: Message) -> Message | None:
    """The message this one answers, in the same chat, if a person chose to."""
    answered = message.reply_to_message
    return None if answered is None or answered.forum_topic_created else answered


def _given(message: Message, author: Author, name: str, argument: str, about: InboundMessage | None) -> CommandGiven:
    return CommandGiven(
        NAME,
        external_id(message),
        address_of(message),
        _surface(message.chat),
        author,
        name,
        argument,
        _sent_at(message),
        about=about,
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
        thread_root=_thread_root(message),
    )


def _thread_root(message: Message) -> str | None:
    """The first message of the replies among which it stands; topics have none."""
    root = None if message.is_topic_message else message.message_thread_id
    return f"{message.chat.id}:{root}" if root is not None and root != message.message_id else None


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
