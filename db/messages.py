"""Messages, their versions, files and readings in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db import mapping
from db.queries import load
from db.readings import details_of, reading_of
from db.session import Row, Session
from desk.conversation import (
    Attachment,
    AttachmentId,
    AuthorKind,
    Direction,
    Message,
    MessageId,
)
from desk.errors import NotFound
from desk.inbound import InboundFile
from desk.people import ResponderId
from desk.reading import Reading
from desk.store import NewMessage
from desk.ticket import ConversationId, TicketId

_SQL = load("messages")


class Messages:
    """desk.store.MessageStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, message: NewMessage) -> MessageId | None:
        """Its id, or None when (channel, external_id) is there already."""
        added = await self._session.value(_SQL["add"], *_columns(message))
        return None if added is None else MessageId(added)

    async def add_inbound(self, message: NewMessage, *, most: int, since: datetime) -> tuple[MessageId, bool] | None:
        """Its id and whether it is to be read; None when (channel, external_id) is there already."""
        row = await self._session.one(_SQL["add_inbound"], *_columns(message), most, since)
        return None if row is None else (MessageId(row["id"]), row["to_read"])

    async def add_files(
        self, message_id: MessageId, channel: str, files: Sequence[InboundFile]
    ) -> Sequence[AttachmentId]:
        """Files to be fetched, in this order."""
        if not files:
            return ()
        rows = await self._session.all(
            _SQL["add_files"],
            message_id,
            channel,
            [file.kind for file in files],
            [file.name for file in files],
            [file.media_type for file in files],
            [file.size for file in files],
            [file.source for file in files],
        )
        return [AttachmentId(row["id"]) for row in rows]

    async def add_stored_file(
        self, message_id: MessageId, channel: str, file: InboundFile, *, storage_key: str
    ) -> AttachmentId:
        """A file that came with its bytes."""
        added = await self._session.value(
            _SQL["add_stored_file"],
            message_id,
            channel,
            file.kind,
            file.name,
            file.media_type,
            file.size,
            file.source,
            storage_key,
        )
        return AttachmentId(added)

    async def attachment(self, attachment_id: AttachmentId) -> Attachment | None:
        """One file."""
        file = await self._session.value(_SQL["attachment"], attachment_id)
        return None if file is None else mapping.attachment(file)

    async def by_id(self, message_id: MessageId) -> Message:
        """Raises NotFound."""
        row = await self._session.one(_SQL["by_id"], message_id)
        if row is None:
            raise NotFound(f"no message {message_id}")
        return _message(row)

    async def by_external_id(self, channel: str, external_id: str) -> Message | None:
        """What the channel knows by this id."""
        row = await self._session.one(_SQL["by_external_id"], channel, external_id)
        return None if row is None else _message(row)

    async def edit(self, message_id: MessageId, *, body: str, masked: str | None, at: datetime) -> int:
        """Keeps the old body as a version. Returns the new version's number. Raises NotFound."""
        version = await self._session.value(_SQL["edit"], message_id, body, masked, at)
        if version is None:
            raise NotFound(f"no message {message_id}")
        return int(version)

    async def delete(self, message_id: MessageId, *, at: datetime) -> None:
        """Empties body and versions, keeps the row."""
        await self._session.run(_SQL["delete"], message_id, at)

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[Message]:
        """All, oldest first, with attachments."""
        return [_message(row) for row in await self._session.all(_SQL["of_ticket"], ticket_id)]

    async def of_conversation(
        self, conversation_id: ConversationId, *, after: MessageId | None = None, limit: int = 200
    ) -> Sequence[Message]:
        """Inbound and outbound, no notes, oldest first, with attachments."""
        rows = await self._session.all(_SQL["of_conversation"], conversation_id, after or 0, limit)
        return [_message(row) for row in rows]

    async def last_inbound(self, ticket_id: TicketId) -> Message | None:
        """The contact's newest one."""
        row = await self._session.one(_SQL["last_inbound"], ticket_id)
        return None if row is None else _message(row)

    async def reading(self, message_id: MessageId) -> Reading | None:
        """As it was stored; None when there is none, or its words were deleted."""
        row = await self._session.one(_SQL["reading"], message_id)
        return None if row is None else reading_of(row)

    async def also_asked(self, ticket_id: TicketId) -> Sequence[str]:
        """The further requests in the contact's messages that stand, each once."""
        rows = await self._session.all(_SQL["also_asked"], ticket_id)
        return list(dict.fromkeys(row["intent"] for row in rows))

    async def save_reading(self, message_id: MessageId, reading: Reading, *, now: datetime) -> bool:
        """Stores it, fills `masked`, ends the claim. False when it had been read already."""
        fresh: bool = await self._session.value(
            _SQL["save_reading"],
            message_id,
            reading.masked,
            reading.engine,
            reading.model,
            reading.language,
            reading.intent,
            reading.confidence,
            reading.sentiment,
            reading.urgency,
            reading.wants_human,
            reading.out_of_scope,
            details_of(reading),
            now,
        )
        return fresh


def _columns(message: NewMessage) -> tuple[object, ...]:
    return (
        message.conversation_id,
        message.ticket_id,
        message.direction,
        message.author,
        message.body,
        message.channel,
        message.created_at,
        message.responder_id,
        message.external_id,
        message.masked,
        mapping.buttons_json(message.buttons),
        message.to_read,
    )


def _message(row: Row) -> Message:
    return Message(
        id=MessageId(row["id"]),
        conversation_id=ConversationId(row["conversation_id"]),
        ticket_id=None if row["ticket_id"] is None else TicketId(row["ticket_id"]),
        direction=Direction(row["direction"]),
        author=AuthorKind(row["author"]),
        responder_id=None if row["responder_id"] is None else ResponderId(row["responder_id"]),
        body=row["body"],
        masked=row["masked"],
        created_at=row["created_at"],
        channel=row["channel"],
        external_id=row["external_id"],
        version=row["version"],
        edited_at=row["edited_at"],
        deleted_at=row["deleted_at"],
        buttons=mapping.buttons(row["buttons"]),
        attachments=tuple(mapping.attachment(file) for file in row["files"] or ()),
    )
