"""Conversations in PostgreSQL, and who writes where."""

from __future__ import annotations

from datetime import datetime

from db import mapping
from db.queries import load
from db.session import Row, Session
from desk.conversation import Address, Conversation, Surface
from desk.errors import NotFound
from desk.people import Author, ContactId
from desk.store import Whereabouts
from desk.ticket import ConversationId, TicketId

_SQL = load("conversations")


class Conversations:
    """desk.store.ConversationStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def whereabouts(self, author: Author, address: Address, key: str) -> Whereabouts:
        """The author as responder, the ticket of the staff thread, the conversation (now locked)."""
        row = await self._session.one(
            _SQL["whereabouts"],
            author.channel,
            author.external_id,
            address.channel,
            address.chat,
            address.thread,
            key,
        )
        assert row is not None  # noqa: S101 - the statement always has one row
        return Whereabouts(
            responder=None if row["r_id"] is None else mapping.responder(row, "r_"),
            staff_ticket_id=None if row["staff_ticket_id"] is None else TicketId(row["staff_ticket_id"]),
            conversation=None if row["id"] is None else mapping.conversation(row),
        )

    async def open(
        self, author: Author, address: Address, key: str, surface: Surface, *, now: datetime
    ) -> tuple[Conversation, bool]:
        """Creates conversation, identity and contact where they are missing; locks the conversation."""
        await self._session.run(_SQL["lock_author"], author.channel, author.external_id)
        row = await self._session.one(
            _SQL["open"],
            author.channel,
            author.external_id,
            author.name,
            key,
            address.chat,
            address.thread,
            surface,
            now,
            address.channel,
            author.locale,
        )
        assert row is not None  # noqa: S101 - the statement inserts or updates
        return mapping.conversation(row), row["is_new"]

    async def by_id(self, conversation_id: ConversationId) -> Conversation:
        """Raises NotFound."""
        row = await self._session.one(_SQL["by_id"], conversation_id)
        return _there(row, f"no conversation {conversation_id}")

    async def by_key(self, channel: str, key: str) -> Conversation | None:
        """The conversation, not locked: for reading only."""
        row = await self._session.one(_SQL["by_key"], channel, key)
        return None if row is None else mapping.conversation(row)

    async def private_of(self, contact_id: ContactId, channel: str) -> Conversation | None:
        """Where the contact talks to us alone on that channel and can be reached; not locked."""
        row = await self._session.one(_SQL["private_of"], contact_id, channel)
        return None if row is None else mapping.conversation(row)

    async def lock(self, conversation_id: ConversationId) -> Conversation:
        """Raises NotFound."""
        row = await self._session.one(_SQL["lock"], conversation_id)
        return _there(row, f"no conversation {conversation_id}")

    async def lock_of_ticket(self, ticket_id: TicketId) -> Conversation:
        """The conversation of a ticket, locked. Raises NotFound."""
        row = await self._session.one(_SQL["lock_of_ticket"], ticket_id)
        return _there(row, f"no ticket {ticket_id}")

    async def block(self, contact_id: ContactId, blocked: bool) -> None:
        """Puts all conversations of a contact on the block list, or takes them off."""
        await self._session.run(_SQL["block"], contact_id, blocked)

    async def set_last_external_id(self, conversation_id: ConversationId, external_id: str) -> None:
        """The message that answers in public refer to."""
        await self._session.run(_SQL["set_last_external_id"], conversation_id, external_id)

    async def move_chat(self, channel: str, old: str, new: str) -> None:
        """Rewrites a chat id everywhere it is kept."""
        await self._session.run(_SQL["move_conversations"], channel, old, new)
        await self._session.run(_SQL["move_rest"], channel, old, new)


def _there(row: Row | None, otherwise: str) -> Conversation:
    if row is None:
        raise NotFound(otherwise)
    return mapping.conversation(row)
