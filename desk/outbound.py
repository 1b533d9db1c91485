"""What goes out to a channel: one outbox row is one platform message (or one edit, deletion, thread).

Long texts are split when they are put on the outbox, so that a crash between two parts repeats one part at
most. The parts of a conversation, and all that follows them, leave in order of their stream.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from desk.conversation import Address, Attachment, AttachmentId, ButtonRows, MessageId, OutboxId
from desk.delivery import DeliveryState
from desk.people import ResponderId
from desk.splitting import split
from desk.ticket import TicketId


@dataclass(frozen=True, slots=True)
class ChannelLimits:
    """What a platform takes: characters of a text and of a caption; messages per second in all, per chat and in a
    staff room (all its threads together); bytes of a file."""

    characters: int
    caption: int
    per_second: float
    per_chat_second: float
    file_bytes: int
    room_per_second: float = 1.0
    buttons_per_row: int = 3


class Operation(StrEnum):
    """What an outbox row does on the platform.

    go_private   finds out where the bot may write to the author of a public message alone (`text`: their account),
                 so that what the message held is moved there
    hide         takes somebody's public message (`reply_to`: its external id) away, where the bot may
    """

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"
    CLOSE_THREAD = "close_thread"
    GO_PRIVATE = "go_private"
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class Ping:
    """Somebody to be notified by a public message, because they asked for that."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """A text, or one attachment with the text as its caption. `idempotency_key` (at most 25 characters) is the
    same at every attempt: platforms that know such keys drop the second one. `pings` stand before the text; nobody
    else is ever notified, whatever the text says."""

    text: str
    buttons: ButtonRows = ()
    attachment: Attachment | None = None
    reply_to: str | None = None
    idempotency_key: str = ""
    pings: tuple[Ping, ...] = ()


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """To be put on the outbox. `staff_ticket_id`: goes to that ticket's thread in the staff room `address`, which is
    opened when it is missing. `target_id`: the outbox row whose platform message is edited or deleted."""

    stream: str
    address: Address
    operation: Operation = Operation.SEND
    text: str = ""
    buttons: ButtonRows = ()
    attachment_id: AttachmentId | None = None
    reply_to: str | None = None
    message_id: MessageId | None = None
    ticket_id: TicketId | None = None
    staff_ticket_id: TicketId | None = None
    responder_id: ResponderId | None = None
    target_id: OutboxId | None = None
    pings: tuple[Ping, ...] = ()


def one_a_message(
    whole: OutboxEntry, attachments: Sequence[AttachmentId], *, characters: int, further: str = ""
) -> list[OutboxEntry]:
    """One entry a platform message: the parts of the text, of at most `characters`, then the attachments. The first
    replies, the last part of the text has the buttons. `further` stands over every part but the first, and over every
    attachment: what is from the community is marked wherever it is cut."""
    first, *rest = split(whole.text, characters - len(further)) or [""]
    parts = [first, *(f"{further}{part}" for part in rest)] if first else []
    contents: list[tuple[str, AttachmentId | None]] = [(part, None) for part in parts]
    contents += [(further.rstrip("\n"), attachment) for attachment in attachments]
    last_text = max(len(parts) - 1, 0)
    return [
        replace(
            whole,
            text=text,
            attachment_id=attachment,
            buttons=whole.buttons if index == last_text else (),
            reply_to=whole.reply_to if index == 0 else None,
            pings=whole.pings if index == 0 else (),
        )
        for index, (text, attachment) in enumerate(contents)
    ]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A row of the outbox as a delivery worker, or the console, sees it."""

    id: OutboxId
    entry: OutboxEntry
    state: DeliveryState
    attempts: int
    external_id: str | None
    error: str | None
    created_at: datetime
    attachment: Attachment | None = None
    target_external_id: str | None = None
    target_address: Address | None = None
