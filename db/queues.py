"""The queues of desk.store.Queues in PostgreSQL: each call is one statement, committed when it returns.

Claims lock with FOR UPDATE SKIP LOCKED and take only the first row of a conversation or stream: two workers never
get the same row, nor one what follows the other's. A claim is a lease, so what a killed worker held comes again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from db import mapping
from db.outbox import outbox_row
from db.queries import load
from db.session import Session
from desk.conversation import Attachment, AttachmentId, MessageId, OutboxId
from desk.outbound import OutboxRow
from desk.store import ClockKind, DueClock, UnreadMessage
from desk.ticket import ConversationId, TicketId

_SQL = load("queues")
_OUTBOX = load("outbox")
_CLOCKS = load("clocks")
_WHOLE_CHANNEL = ""


class PostgresQueues:
    """desk.store.Queues over a pool."""

    def __init__(self, pool: Session) -> None:
        self._pool = pool

    async def claim_unread(self, *, limit: int, now: datetime, lease: timedelta) -> Sequence[UnreadMessage]:
        """The first unread message of each conversation that nobody reads now, oldest first."""
        rows = await self._pool.all(_SQL["claim_unread"], limit, now, now + lease)
        return [
            UnreadMessage(
                id=MessageId(row["id"]),
                conversation_id=ConversationId(row["conversation_id"]),
                ticket_id=TicketId(row["ticket_id"]),
                body=row["body"],
                spoken=mapping.locale(row["locale"]),
                attempts=row["read_attempts"],
                before=row["before"] or None,
            )
            for row in rows
        ]

    async def claim_outbox(self, channel: str, *, limit: int, now: datetime, lease: timedelta) -> Sequence[OutboxRow]:
        """The first undelivered row of each stream that is due and not paused."""
        rows = await self._pool.all(_OUTBOX["claim"], channel, limit, now, now + lease)
        return [outbox_row(row) for row in rows]

    async def take_over(self, channel: str, *, at: datetime) -> None:
        """What another process, dead or stopping now, was sending may be claimed from then on."""
        await self._pool.run(_SQL["take_over"], channel, at)

    async def confirm(self, outbox_id: OutboxId, external_id: str | None, *, now: datetime) -> None:
        """The platform took it."""
        await self._pool.run(_OUTBOX["confirm"], outbox_id, external_id, now)

    async def postpone(self, outbox_id: OutboxId, *, until: datetime, error: str, counts: bool = True) -> None:
        """Later. Without `counts` this attempt was none."""
        await self._pool.run(_OUTBOX["postpone"], outbox_id, until, error, counts)

    async def give_up(self, outbox_id: OutboxId, *, error: str) -> None:
        """Never: a dead letter."""
        await self._pool.run(_OUTBOX["give_up"], outbox_id, error)

    async def pause(self, channel: str, chat: str | None, *, until: datetime) -> None:
        """Holds back a chat, or with None the whole channel. Never shortens a pause."""
        await self._pool.run(_OUTBOX["pause"], channel, _WHOLE_CHANNEL if chat is None else chat, until)

    async def claim_attachments(
        self, channel: str, *, limit: int, now: datetime, lease: timedelta
    ) -> Sequence[Attachment]:
        """Files to fetch, oldest first."""
        rows = await self._pool.all(_SQL["claim_attachments"], channel, limit, now, now + lease)
        return [mapping.attachment(row["file"]) for row in rows]

    async def attachment_stored(self, attachment_id: AttachmentId, *, storage_key: str, size: int) -> None:
        """It is in our own storage."""
        await self._pool.run(_SQL["attachment_stored"], attachment_id, storage_key, size)

    async def attachment_refused(self, attachment_id: AttachmentId) -> None:
        """It will never be."""
        await self._pool.run(_SQL["attachment_refused"], attachment_id)

    async def attachment_postponed(self, attachment_id: AttachmentId, *, until: datetime) -> int:
        """Returns how often it was tried."""
        return int(await self._pool.value(_SQL["attachment_postponed"], attachment_id, until) or 0)

    async def due_clocks(self, *, limit: int, now: datetime) -> Sequence[DueClock]:
        """Longest due first."""
        return [
            DueClock(row["id"], ClockKind(row["kind"]), TicketId(row["ticket_id"]), row["due_at"])
            for row in await self._pool.all(_CLOCKS["due"], now, limit)
        ]

    async def next_due(self, *, now: datetime) -> datetime | None:
        """When the next clock or postponed delivery comes due."""
        due: datetime | None = await self._pool.value(_SQL["next_due"], now)
        return due

    async def depth(self) -> Mapping[str, int]:
        """How much waits: unread, outbox, outbox_dead, clocks_due, attachments."""
        return dict(await self._pool.one(_SQL["depth"]) or {})

    async def purge(self, *, before: datetime) -> None:
        """Forgets handled updates, used links, sessions and pauses that ended before then."""
        await self._pool.run(_SQL["purge"], before)
