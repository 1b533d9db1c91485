"""The outbox in PostgreSQL: what the desk puts in and looks up. Workers claim in db/queues.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db import mapping
from db.queries import load
from db.session import Row, Session
from desk.conversation import Address, AttachmentId, MessageId, OutboxId
from desk.delivery import DeliveryState
from desk.outbound import Operation, OutboxEntry, OutboxRow, Ping
from desk.people import ResponderId
from desk.ticket import TicketId

_SQL = load("outbox")


class Outbox:
    """desk.store.OutboxStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, entries: Sequence[OutboxEntry], *, now: datetime) -> Sequence[OutboxId]:
        """Their ids, in the same order."""
        if not entries:
            return ()
        rows = await self._session.all(_SQL["put"], *_columns(entries), now, [_pings_text(entry) for entry in entries])
        return [OutboxId(row["id"]) for row in rows]

    async def deliveries(self, message_id: MessageId) -> Sequence[OutboxRow]:
        """The `send` rows of a message, oldest first."""
        return [outbox_row(row) for row in await self._session.all(_SQL["deliveries"], message_id)]

    async def withdraw(self, message_id: MessageId) -> None:
        """Whatever of a message was not claimed for sending yet is never sent."""
        await self._session.run(_SQL["withdraw"], message_id)

    async def by_external_id(self, channel: str, external_id: str) -> OutboxRow | None:
        """The row that became this platform message."""
        row = await self._session.one(_SQL["by_external_id"], channel, external_id)
        return None if row is None else outbox_row(row)

    async def to_responders(self, responder_ids: Sequence[ResponderId], ticket_id: TicketId) -> Sequence[OutboxRow]:
        """The `send` rows to some responders about a ticket, oldest first."""
        rows = await self._session.all(_SQL["to_responders"], list(responder_ids), ticket_id)
        return [outbox_row(row) for row in rows]

    async def about_no_ticket(self, responder_ids: Sequence[ResponderId], *, since: datetime) -> Sequence[OutboxRow]:
        """The `send` rows to some responders that are about no ticket, oldest first."""
        rows = await self._session.all(_SQL["about_no_ticket"], list(responder_ids), since)
        return [outbox_row(row) for row in rows]

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[OutboxRow]:
        """The `send` rows of the messages of a ticket, oldest first."""
        return [outbox_row(row) for row in await self._session.all(_SQL["of_ticket"], ticket_id)]

    async def dead(self, *, limit: int = 100) -> Sequence[OutboxRow]:
        """Dead letters, newest first."""
        return [outbox_row(row) for row in await self._session.all(_SQL["dead"], limit)]

    async def retry(self, outbox_id: OutboxId) -> bool:
        """Queues a dead letter again. False when it is not dead."""
        return await self._session.value(_SQL["retry"], outbox_id) is not None


def _columns(entries: Sequence[OutboxEntry]) -> tuple[list[object], ...]:
    return (
        [entry.stream for entry in entries],
        [entry.address.channel for entry in entries],
        [entry.address.chat for entry in entries],
        [entry.address.thread for entry in entries],
        [entry.operation for entry in entries],
        [entry.text for entry in entries],
        [_buttons_text(entry) for entry in entries],
        [entry.attachment_id for entry in entries],
        [entry.reply_to for entry in entries],
        [entry.message_id for entry in entries],
        [entry.ticket_id for entry in entries],
        [entry.staff_ticket_id for entry in entries],
        [entry.responder_id for entry in entries],
        [entry.target_id for entry in entries],
    )


def _buttons_text(entry: OutboxEntry) -> str | None:
    return mapping.json_text(mapping.buttons_json(entry.buttons)) if entry.buttons else None


def _pings_text(entry: OutboxEntry) -> str | None:
    """A JSON array of "account name", or None."""
    return mapping.json_text([f"{one.account} {one.name}" for one in entry.pings]) if entry.pings else None


def _ping(kept: str) -> Ping:
    account, _space, name = kept.partition(" ")
    return Ping(account, name)


def outbox_row(row: Row) -> OutboxRow:
    """A row of the outbox, with its file and the place and id of what it changes."""
    target = None
    if row["target_chat"] is not None:
        target = Address(row["target_channel"], row["target_chat"], row["target_thread"])
    return OutboxRow(
        id=OutboxId(row["id"]),
        entry=_entry(row),
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        external_id=row["external_id"],
        error=row["error"],
        created_at=row["created_at"],
        attachment=None if row["file"] is None else mapping.attachment(row["file"]),
        target_external_id=row["target_external_id"],
        target_address=target,
    )


def _entry(row: Row) -> OutboxEntry:
    return OutboxEntry(
        stream=row["stream"],
        address=Address(row["channel"], row["chat"], row["thread"]),
        operation=Operation(row["operation"]),
        text=row["text"],
        buttons=mapping.buttons(row["buttons"]),
        attachment_id=None if row["attachment_id"] is None else AttachmentId(row["attachment_id"]),
        reply_to=row["reply_to"],
        message_id=None if row["message_id"] is None else MessageId(row["message_id"]),
        ticket_id=None if row["ticket_id"] is None else TicketId(row["ticket_id"]),
        staff_ticket_id=None if row["staff_ticket_id"] is None else TicketId(row["staff_ticket_id"]),
        responder_id=None if row["responder_id"] is None else ResponderId(row["responder_id"]),
        target_id=None if row["target_id"] is None else OutboxId(row["target_id"]),
        pings=tuple(_ping(one) for one in row["pings"]),
    )
