"""The outbox: what the desk asks of its storage. Its workers' side stands in queues.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.conversation import MessageId, OutboxId
from desk.outbound import OutboxEntry, OutboxRow
from desk.people import ResponderId
from desk.ticket import TicketId


class OutboxStore(Protocol):
    """What is decided and not yet delivered."""

    async def put(self, entries: Sequence[OutboxEntry], *, now: datetime) -> Sequence[OutboxId]: ...
    async def deliveries(self, message_id: MessageId) -> Sequence[OutboxRow]:
        """The `send` rows of a message, oldest first."""

    async def withdraw(self, message_id: MessageId) -> None:
        """Whatever of a message was not claimed for sending yet is never sent."""

    async def by_external_id(self, channel: str, external_id: str) -> OutboxRow | None: ...
    async def to_responders(self, responder_ids: Sequence[ResponderId], ticket_id: TicketId) -> Sequence[OutboxRow]:
        """The `send` rows to some responders about a ticket, oldest first."""

    async def about_no_ticket(self, responder_ids: Sequence[ResponderId], *, since: datetime) -> Sequence[OutboxRow]:
        """The `send` rows to some responders that are about no ticket, oldest first."""

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[OutboxRow]:
        """The `send` rows of the messages of a ticket, oldest first."""

    async def dead(self, *, limit: int = 100) -> Sequence[OutboxRow]: ...
    async def retry(self, outbox_id: OutboxId) -> bool:
        """Queues a dead letter again. False when it is not dead."""
