"""Conversations, and who writes where: what the desk asks of their storage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.conversation import Address, Conversation, Surface
from desk.people import Author, ContactId, Responder
from desk.ticket import ConversationId, TicketId


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Who writes where, in one look: the author as responder (while active), the ticket of the staff thread, the
    conversation (its row now locked). Each None when there is none."""

    responder: Responder | None
    staff_ticket_id: TicketId | None
    conversation: Conversation | None


class ConversationStore(Protocol):
    """Conversations, and who writes where."""

    async def whereabouts(self, author: Author, address: Address, key: str) -> Whereabouts: ...
    async def open(
        self, author: Author, address: Address, key: str, surface: Surface, *, now: datetime
    ) -> tuple[Conversation, bool]:
        """Creates conversation, identity and contact where they are missing; locks the conversation. Safe in a race.
        True: nobody had spoken here before. The author's locale is a first hint of the contact's."""

    async def by_id(self, conversation_id: ConversationId) -> Conversation: ...
    async def by_key(self, channel: str, key: str) -> Conversation | None:
        """The conversation, not locked: for reading only."""

    async def private_of(self, contact_id: ContactId, channel: str) -> Conversation | None:
        """Where the contact talks to us alone on that channel and can be reached; not locked."""

    async def lock(self, conversation_id: ConversationId) -> Conversation: ...
    async def block(self, contact_id: ContactId, blocked: bool) -> None:
        """Puts all conversations of a contact on the block list, or takes them off."""

    async def set_last_external_id(self, conversation_id: ConversationId, external_id: str) -> None: ...
    async def move_chat(self, channel: str, old: str, new: str) -> None:
        """Rewrites a chat id everywhere it is kept (conversations, keys, accounts, staff threads, outbox)."""
