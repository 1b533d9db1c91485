"""What comes in from a channel: the five things an adapter tells the desk, as plain data.

Each carries `channel` and an `external_id` that is unique within it, so that a redelivered update changes
nothing. Adapters only translate; who the author is and what follows is decided in workflows/.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.conversation import Address, AttachmentKind, MessageId, Surface
from desk.people import Author, Reachability


@dataclass(frozen=True, slots=True)
class InboundFile:
    """A file the update names. Fetched later by `Channel.fetch(source)`; `size` in bytes when known.
    `storage_key`: it came with its bytes (a web upload) and is in our own storage already."""

    kind: AttachmentKind
    name: str
    media_type: str
    size: int | None
    source: str
    storage_key: str | None = None


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """Somebody wrote. `reply_to`: external id of the message it answers. `unsupported`: the platform's name for
    content nobody can relay (poll, dice, ...): the message is kept and the author told by name.
    `title`: of a forum post. `thread_root`: external id of the message below which it stands. `calls_bot`: the author
    turned to the bot by name. `overheard`: nobody did, it was heard because it may answer somebody's question; else it
    is none of the desk's business."""

    channel: str
    external_id: str
    address: Address
    surface: Surface
    author: Author
    text: str
    sent_at: datetime
    files: tuple[InboundFile, ...] = ()
    reply_to: str | None = None
    album: str | None = None
    title: str | None = None
    unsupported: str | None = None
    thread_root: str | None = None
    calls_bot: bool = False
    overheard: bool = False

    @property
    def is_empty(self) -> bool:
        """True when there is nothing in it that could be passed on."""
        return not self.text.strip() and not self.files


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """Somebody typed or chose a command: `/help`, `/start CODE`, ... `name` without the slash, lower case.

    `shows_notice`: the adapter shows Receipt.notice itself (a slash command's own answer); otherwise the desk
    sends it to `address`. `about`: the message that the command was given on, or in reply to.
    """

    channel: str
    external_id: str
    address: Address
    surface: Surface
    author: Author
    name: str
    argument: str
    sent_at: datetime
    shows_notice: bool = False
    about: InboundMessage | None = None


@dataclass(frozen=True, slots=True)
class ButtonTapped:
    """Somebody tapped a button. `action` is hostile: anybody can send any.
    `message_external_id`: the message it is under."""

    channel: str
    external_id: str
    address: Address
    surface: Surface
    author: Author
    action: str
    message_external_id: str | None = None


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """A message was changed on its platform. `external_id` is the message's own."""

    channel: str
    external_id: str
    address: Address
    author: Author
    text: str
    edited_at: datetime


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """A message was deleted on its platform. `external_id` is the message's own."""

    channel: str
    external_id: str
    address: Address


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody put the sign for *this solved it* on a public message, or took it away (`added` False)."""

    channel: str
    address: Address
    author: Author
    message_external_id: str
    added: bool


@dataclass(frozen=True, slots=True)
class ReachabilityChanged:
    """An account blocked the bot, left, or came back."""

    channel: str
    author: Author
    reachability: Reachability


InboundEvent = (
    InboundMessage | CommandGiven | ButtonTapped | MessageEdited | MessageDeleted | Reacted | ReachabilityChanged
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The event is committed. `duplicate`: it was before. `notice`: a short text to show to the author at once
    (a button's answer, a slash command's answer); `alert`: it wants to be noticed. `message_id`: as stored.
    `ignored`: it was none of the desk's business, nothing was kept."""

    duplicate: bool = False
    notice: str | None = None
    alert: bool = False
    message_id: MessageId | None = None
    ignored: bool = False
