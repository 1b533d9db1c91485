"""Tickets, decisions, staff threads, and lists of them: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.conversation import Address, Conversation, MessageId
from desk.people import Locale, Reachability, ResponderId
from desk.queue_wait import QueuePlace
from desk.ticket import ConversationId, Priority, Status, Ticket, TicketId


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A line of a ticket list. `excerpt` is the first inbound text, unmasked: staff only.

    `asked`: the contact is being asked what they mean.
    """

    ticket: Ticket
    contact_name: str
    channel: str
    excerpt: str
    assignee_name: str | None
    reachability: Reachability
    message_count: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets a list shows. None: no condition. `unassigned`: nobody has it."""

    statuses: tuple[Status, ...] | None = None
    units: tuple[str, ...] | None = None
    lane: str | None = None
    assignee_id: ResponderId | None = None
    unassigned: bool = False
    search: str | None = None
    before_id: TicketId | None = None
    limit: int = 50


class TicketStore(Protocol):
    """Tickets, decisions, staff threads. Callers hold the conversation's lock before they save."""

    async def live(self, conversation_id: ConversationId) -> Ticket | None: ...
    async def latest_closed(self, conversation_id: ConversationId) -> Ticket | None: ...
    async def open(
        self, conversation: Conversation, *, locale: Locale, follow_up_of: TicketId | None, now: datetime
    ) -> Ticket: ...
    async def by_id(self, ticket_id: TicketId) -> Ticket:
        """Raises NotFound."""

    async def by_number(self, number: str) -> Ticket:
        """`Z-1042`, `z1042` or `1042`. Raises NotFound."""

    async def lock(self, ticket_id: TicketId) -> tuple[Ticket, Conversation]:
        """Locks its conversation, then reads it. Raises NotFound."""

    async def continue_in(self, ticket_id: TicketId, conversation_id: ConversationId) -> None:
        """The ticket goes on in another conversation of its contact, where none is live. Both are locked."""

    async def save(self, ticket: Ticket) -> None:
        """Writes every column that can change."""

    async def add_decision(
        self,
        ticket_id: TicketId,
        message_id: MessageId | None,
        *,
        lane: str,
        unit: str,
        priority: Priority,
        reasons: Sequence[str],
        now: datetime,
    ) -> None: ...
    async def reasons(self, ticket_id: TicketId) -> Sequence[str]:
        """Of the newest decision."""

    async def held_by(self, responder_id: ResponderId) -> Sequence[Ticket]:
        """Assigned to them and not solved or closed, newest assignment last."""

    async def place_in_queue(self, ticket: Ticket, *, since: datetime, now: datetime) -> QueuePlace:
        """How many questions of its unit wait for staff before this one, and how many staff took up since then."""

    async def list(self, wanted: TicketFilter) -> Sequence[TicketRow]:
        """Most urgent first, then longest waiting."""

    async def staff_threads(self, ticket_id: TicketId) -> Sequence[Address]: ...
    async def ticket_of_thread(self, address: Address) -> TicketId | None: ...
    async def add_staff_thread(self, ticket_id: TicketId, address: Address, *, now: datetime) -> None: ...
    async def drop_staff_thread(self, address: Address) -> None: ...
