"""Conversations and what is said in them.

A conversation is the messages between a contact and the brand on one channel and surface. Bodies are plain
text with the small Markdown that chats share (**bold**, *italic*, `code`, ```blocks```, [text](link));
each channel carries it over in its own way or shows it plain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from desk.people import ContactId, Locale, ResponderId
from desk.ticket import ConversationId, TicketId

MessageId = NewType("MessageId", int)
AttachmentId = NewType("AttachmentId", int)
OutboxId = NewType("OutboxId", int)


class Surface(StrEnum):
    """`private`: a direct chat. `public`: a group, forum or thread that others read."""

    PRIVATE = "private"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Address:
    """A place on a channel: a chat, and in it perhaps a thread (forum topic, Discord thread)."""

    channel: str
    chat: str
    thread: str | None = None

    @property
    def key(self) -> str:
        """The place as one word, unique in its channel."""
        return self.chat if self.thread is None else f"{self.chat}/{self.thread}"


def conversation_key(address: Address, surface: Surface, author_id: str) -> str:
    """Who talks where: the chat in private, the chat and the person in public."""
    return address.key if surface is Surface.PRIVATE else f"{address.key}#{author_id}"


class AttachmentKind(StrEnum):
    """What kinds of files are relayed. Everything else is refused by name."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    STICKER = "sticker"


class AttachmentState(StrEnum):
    """`pending`: named, not fetched yet. `stored`: in our own storage. `refused`: too large, wrong type, gone."""

    PENDING = "pending"
    STORED = "stored"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message, or with none one of our own. `source` is how its channel fetches it, `storage_key` where we
    keep it."""

    id: AttachmentId
    message_id: MessageId | None
    kind: AttachmentKind
    name: str
    media_type: str
    size: int | None
    channel: str
    source: str
    state: AttachmentState
    storage_key: str | None = None


class Direction(StrEnum):
    """`inbound` from the contact, `outbound` to them, `note` between responders only."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    NOTE = "note"


class AuthorKind(StrEnum):
    """Who wrote a message. `bystander`: somebody who answered in public and is nobody's contact or responder here."""

    CONTACT = "contact"
    BOT = "bot"
    VOLUNTEER = "volunteer"
    AGENT = "agent"
    BYSTANDER = "bystander"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, with the address its answers go to. `last_external_id`: to reply to in public. `blocked`: what
    the contact writes is kept, and goes to nobody."""

    id: ConversationId
    contact_id: ContactId
    address: Address
    key: str
    surface: Surface
    locale: Locale | None
    last_external_id: str | None = None
    blocked: bool = False

    @property
    def account(self) -> str:
        """Of a public one: the account that asked there."""
        return self.key.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. `action` (at most 64 bytes) comes back when it is tapped; or it opens `url`."""

    label: str
    action: str = ""
    url: str | None = None


ButtonRows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One utterance as stored. `version` counts edits from 1; a deleted message keeps its row, not its body."""

    id: MessageId
    conversation_id: ConversationId
    ticket_id: TicketId | None
    direction: Direction
    author: AuthorKind
    responder_id: ResponderId | None
    body: str
    masked: str | None
    created_at: datetime
    channel: str
    external_id: str | None = None
    version: int = 1
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    buttons: ButtonRows = ()
    attachments: tuple[Attachment, ...] = field(default=())
