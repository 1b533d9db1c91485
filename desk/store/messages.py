"""Messages, their versions, files and readings: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.conversation import Attachment, AttachmentId, AuthorKind, ButtonRows, Direction, Message, MessageId
from desk.inbound import InboundFile
from desk.people import Locale, ResponderId
from desk.reading import Reading
from desk.ticket import ConversationId, TicketId


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to store. `to_read`: it shall be read by the NLU (the row is the job)."""

    conversation_id: ConversationId
    ticket_id: TicketId | None
    direction: Direction
    author: AuthorKind
    body: str
    channel: str
    created_at: datetime
    responder_id: ResponderId | None = None
    external_id: str | None = None
    masked: str | None = None
    buttons: ButtonRows = ()
    to_read: bool = False


@dataclass(frozen=True, slots=True)
class UnreadMessage:
    """A message claimed for reading. `attempts` counts this one too.

    `before`: the words that the contact is being asked about; these and the new ones are read together.
    """

    id: MessageId
    conversation_id: ConversationId
    ticket_id: TicketId
    body: str
    spoken: Locale | None
    attempts: int
    before: str | None = None


class MessageStore(Protocol):
    """Messages, their versions, files and readings."""

    async def add(self, message: NewMessage) -> MessageId | None:
        """Its id, or None when (channel, external_id) is there already."""

    async def add_inbound(self, message: NewMessage, *, most: int, since: datetime) -> tuple[MessageId, bool] | None:
        """Like `add`, for a contact's message. It is not to be read when the conversation had `most` inbound ones
        since then: the second value tells."""

    async def add_files(
        self, message_id: MessageId, channel: str, files: Sequence[InboundFile]
    ) -> Sequence[AttachmentId]: ...
    async def add_stored_file(
        self, message_id: MessageId, channel: str, file: InboundFile, *, storage_key: str
    ) -> AttachmentId:
        """A file that came with its bytes (web uploads)."""

    async def attachment(self, attachment_id: AttachmentId) -> Attachment | None: ...
    async def by_id(self, message_id: MessageId) -> Message: ...
    async def by_external_id(self, channel: str, external_id: str) -> Message | None: ...
    async def edit(self, message_id: MessageId, *, body: str, masked: str | None, at: datetime) -> int:
        """Keeps the old body as a version. Returns the new version's number."""

    async def delete(self, message_id: MessageId, *, at: datetime) -> None:
        """Empties body and versions, keeps the row."""

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[Message]:
        """All, oldest first, with attachments."""

    async def of_conversation(
        self, conversation_id: ConversationId, *, after: MessageId | None = None, limit: int = 200
    ) -> Sequence[Message]:
        """Inbound and outbound, no notes, oldest first, with attachments."""

    async def last_inbound(self, ticket_id: TicketId) -> Message | None: ...
    async def reading(self, message_id: MessageId) -> Reading | None:
        """As it was stored; None when there is none, or its words were deleted."""

    async def also_asked(self, ticket_id: TicketId) -> Sequence[str]:
        """The further requests in the contact's messages that stand, in the order they were made, each once."""

    async def save_reading(self, message_id: MessageId, reading: Reading, *, now: datetime) -> bool:
        """Stores it, fills `masked`, ends the claim; whoever wrote can be reached. False when it had been
        read already."""
