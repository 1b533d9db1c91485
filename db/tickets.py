"""Tickets, decisions and staff threads in PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from db.conversations import Conversations
from db.queries import load
from db.session import Row, Session
from desk.conversation import Address, Conversation, MessageId
from desk.errors import NotFound
from desk.people import ContactId, Locale, Reachability, ResponderId
from desk.queue_wait import QueuePlace
from desk.store import TicketFilter, TicketRow
from desk.ticket import ConversationId, Lane, Priority, Status, Ticket, TicketId

_SQL = load("tickets")
_NUMBER = re.compile(r"\s*(?:z-?)?([0-9]{1,18})\s*", re.IGNORECASE | re.ASCII)


class Tickets:
    """desk.store.TicketStore."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._conversations = Conversations(session)

    async def live(self, conversation_id: ConversationId) -> Ticket | None:
        """The one that is not closed."""
        row = await self._session.one(_SQL["live"], conversation_id)
        return None if row is None else _ticket(row)

    async def latest_closed(self, conversation_id: ConversationId) -> Ticket | None:
        """The newest closed one."""
        row = await self._session.one(_SQL["latest_closed"], conversation_id)
        return None if row is None else _ticket(row)

    async def open(
        self, conversation: Conversation, *, locale: Locale, follow_up_of: TicketId | None, now: datetime
    ) -> Ticket:
        """A new ticket, waiting since now."""
        row = await self._session.one(_SQL["open"], conversation.id, conversation.contact_id, locale, follow_up_of, now)
        return _there(row, "the ticket was not opened")

    async def by_id(self, ticket_id: TicketId) -> Ticket:
        """Raises NotFound."""
        return _there(await self._session.one(_SQL["by_id"], ticket_id), f"no ticket {ticket_id}")

    async def by_number(self, number: str) -> Ticket:
        """`Z-1042`, `z1042` or `1042`. Raises NotFound."""
        digits = _digits(number)
        row = None if digits is None else await self._session.one(_SQL["by_number"], digits)
        return _there(row, f"no ticket {number}")

    async def lock(self, ticket_id: TicketId) -> tuple[Ticket, Conversation]:
        """Locks its conversation, then reads it. Raises NotFound."""
        conversation = await self._conversations.lock_of_ticket(ticket_id)
        return await self.by_id(ticket_id), conversation

    async def continue_in(self, ticket_id: TicketId, conversation_id: ConversationId) -> None:
        """The ticket goes on in another conversation."""
        await self._session.run(_SQL["continue_in"], ticket_id, conversation_id)

    async def save(self, ticket: Ticket) -> None:
        """Writes every column that can change."""
        await self._session.run(
            _SQL["save"],
            ticket.id,
            ticket.status,
            ticket.lane,
            ticket.unit,
            ticket.priority,
            ticket.intent,
            ticket.locale,
            ticket.assignee_id,
            ticket.lease_expires_at,
            ticket.rejections,
            ticket.follow_up_of,
            ticket.waiting_since,
            ticket.answered_at,
            ticket.solved_at,
            ticket.wave,
            ticket.csat,
        )

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
    ) -> None:
        """Keeps a decision with its reasons."""
        await self._session.run(_SQL["add_decision"], ticket_id, message_id, lane, unit, priority, list(reasons), now)

    async def reasons(self, ticket_id: TicketId) -> Sequence[str]:
        """Of the newest decision."""
        return tuple(await self._session.value(_SQL["reasons"], ticket_id) or ())

    async def held_by(self, responder_id: ResponderId) -> Sequence[Ticket]:
        """Assigned to them and not solved or closed, newest assignment last."""
        return [_ticket(row) for row in await self._session.all(_SQL["held_by"], responder_id)]

    async def place_in_queue(self, ticket: Ticket, *, since: datetime, now: datetime) -> QueuePlace:
        """Of its unit's: more urgent first, then longest waiting."""
        waiting_since = ticket.waiting_since or now
        values = (ticket.id, ticket.priority, waiting_since, since, ticket.unit)
        row = await self._session.one(_SQL["place_in_queue"], *values)
        return QueuePlace(row["before"], row["taken_up"]) if row else QueuePlace(0, 0)

    async def list(self, wanted: TicketFilter) -> Sequence[TicketRow]:
        """Most urgent first, then longest waiting. `before_id`: what follows that ticket in this order."""
        rows = await self._session.all(
            _SQL["list"],
            wanted.statuses,
            wanted.units,
            wanted.lane,
            wanted.assignee_id,
            wanted.unassigned,
            None if not wanted.search else f"%{_literal(wanted.search)}%",
            None if not wanted.search else _digits(wanted.search),
            wanted.before_id,
            wanted.limit,
        )
        return [_line(row) for row in rows]

    async def staff_threads(self, ticket_id: TicketId) -> Sequence[Address]:
        """Where staff talk about it, oldest first."""
        rows = await self._session.all(_SQL["staff_threads"], ticket_id)
        return [Address(row["channel"], row["chat"], row["thread"]) for row in rows]

    async def ticket_of_thread(self, address: Address) -> TicketId | None:
        """What the staff thread is about; None for any other place."""
        found = await self._session.value(_SQL["ticket_of_thread"], address.channel, address.chat, address.thread)
        return None if found is None else TicketId(found)

    async def add_staff_thread(self, ticket_id: TicketId, address: Address, *, now: datetime) -> None:
        """Keeps a thread; it replaces the ticket's thread in the same room."""
        await self._session.run(_SQL["add_staff_thread"], ticket_id, address.channel, address.chat, address.thread, now)

    async def drop_staff_thread(self, address: Address) -> None:
        """Forgets it. Unknown is no error."""
        await self._session.run(_SQL["drop_staff_thread"], address.channel, address.chat, address.thread)


def _digits(number: str) -> int | None:
    found = _NUMBER.fullmatch(number)
    return None if found is None else int(found[1])


def _literal(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _there(row: Row | None, otherwise: str) -> Ticket:
    if row is None:
        raise NotFound(otherwise)
    return _ticket(row)


def _ticket(row: Row) -> Ticket:
    return Ticket(
        id=TicketId(row["id"]),
        number=f"Z-{row['number']}",
        conversation_id=ConversationId(row["conversation_id"]),
        contact_id=ContactId(row["contact_id"]),
        status=Status(row["status"]),
        lane=None if row["lane"] is None else Lane(row["lane"]),
        unit=row["unit"],
        priority=Priority(row["priority"]),
        intent=row["intent"],
        locale=Locale(row["locale"]),
        assignee_id=None if row["assignee_id"] is None else ResponderId(row["assignee_id"]),
        lease_expires_at=row["lease_expires_at"],
        rejections=row["rejections"],
        follow_up_of=None if row["follow_up_of"] is None else TicketId(row["follow_up_of"]),
        opened_at=row["opened_at"],
        waiting_since=row["waiting_since"],
        answered_at=row["answered_at"],
        solved_at=row["solved_at"],
        wave=row["wave"],
        csat=row["csat"],
    )


def _line(row: Row) -> TicketRow:
    return TicketRow(
        ticket=_ticket(row),
        contact_name=row["contact_name"],
        channel=row["channel"],
        excerpt=row["excerpt"],
        assignee_name=row["assignee_name"],
        reachability=Reachability(row["reachability"]),
        message_count=row["message_count"],
        asked=row["asked"],
    )
