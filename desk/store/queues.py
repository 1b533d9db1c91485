"""The queues that workers claim from, each call a statement of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from desk.conversation import Attachment, AttachmentId, OutboxId
from desk.outbound import OutboxRow
from desk.store.clocks import DueClock
from desk.store.messages import UnreadMessage


class Queues(Protocol):
    """The three queues and their answers; each call is a statement of its own. Claims skip what others hold."""

    async def claim_unread(self, *, limit: int, now: datetime, lease: timedelta) -> Sequence[UnreadMessage]:
        """Oldest first; of a conversation nothing that follows a message somebody else is reading."""

    async def claim_outbox(self, channel: str, *, limit: int, now: datetime, lease: timedelta) -> Sequence[OutboxRow]:
        """The first undelivered row of each stream that is due and not paused; rows whose lease ended come again.
        A row whose attachment is still pending is not due."""

    async def take_over(self, channel: str, *, at: datetime) -> None:
        """What another process, dead or stopping now, was sending may be claimed from then on."""

    async def confirm(self, outbox_id: OutboxId, external_id: str | None, *, now: datetime) -> None: ...
    async def postpone(self, outbox_id: OutboxId, *, until: datetime, error: str, counts: bool = True) -> None:
        """Later. Without `counts` this attempt was none: the platform never saw the message."""

    async def give_up(self, outbox_id: OutboxId, *, error: str) -> None: ...
    async def pause(self, channel: str, chat: str | None, *, until: datetime) -> None:
        """Holds back a chat, or with None the whole channel. Never shortens a pause."""

    async def claim_attachments(
        self, channel: str, *, limit: int, now: datetime, lease: timedelta
    ) -> Sequence[Attachment]: ...
    async def attachment_stored(self, attachment_id: AttachmentId, *, storage_key: str, size: int) -> None: ...
    async def attachment_refused(self, attachment_id: AttachmentId) -> None: ...
    async def attachment_postponed(self, attachment_id: AttachmentId, *, until: datetime) -> int:
        """Returns how often it was tried."""

    async def due_clocks(self, *, limit: int, now: datetime) -> Sequence[DueClock]: ...
    async def next_due(self, *, now: datetime) -> datetime | None:
        """When the next clock or postponed delivery comes due."""

    async def depth(self) -> Mapping[str, int]:
        """How much waits: unread, outbox, outbox_dead, clocks_due, attachments (for metrics)."""

    async def purge(self, *, before: datetime) -> None:
        """Forgets handled updates, used links and sessions that ended before then."""
