"""Answers in public, marks and pings: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.conversation import MessageId
from desk.people import Author, ContactId, ResponderId
from desk.public_answer import PublicAnswer, PublicLine, PublicMark
from desk.ticket import TicketId


@dataclass(frozen=True, slots=True)
class Followed:
    """The ticket that a public message belongs to. `ours`: the message is the desk's own."""

    ticket_id: TicketId
    ours: bool


class PublicAnswerStore(Protocol):
    """What others write under public questions. Changes are made under the conversation's lock."""

    async def ticket_about(self, channel: str, external_id: str) -> Followed | None:
        """The live ticket that a public message belongs to: the question, an answer, or the desk's own words."""

    async def newest_question(self, channel: str, chat: str, thread: str | None, *, since: datetime) -> TicketId | None:
        """The newest live question that was asked there since then."""

    async def is_asker(self, contact_id: ContactId, author: Author) -> bool:
        """Whether the account is one of the contact's."""

    async def add(self, answer: PublicAnswer) -> None: ...
    async def of_ticket(self, ticket_id: TicketId) -> Sequence[PublicAnswer]:
        """Oldest first; those deleted have no text."""

    async def of_message(self, message_id: MessageId) -> PublicAnswer | None: ...
    async def set_mark(self, mark: PublicMark) -> None:
        """The ticket's only one; replaces an earlier one."""

    async def mark(self, ticket_id: TicketId) -> PublicMark | None: ...
    async def drop_mark(self, ticket_id: TicketId) -> None: ...
    async def set_line(self, line: PublicLine) -> None:
        """The ticket's only one; replaces an earlier one."""

    async def line(self, ticket_id: TicketId) -> PublicLine | None: ...
    async def note_hidden(self, message_id: MessageId, *, now: datetime) -> bool:
        """The desk takes it out of the public place; its deletion there is no change of mind. False: it did before."""

    async def is_hidden(self, message_id: MessageId) -> bool: ...
    async def invite(self, author: bytes, *, now: datetime) -> bool:
        """Notes that a bystander was invited to volunteer. False: they were before."""

    async def set_ping(self, responder_id: ResponderId, wanted: bool, *, now: datetime) -> None:
        """Whether a volunteer wants to be pinged in public places."""

    async def wants_ping(self, responder_ids: Sequence[ResponderId]) -> frozenset[ResponderId]:
        """Of these, who does."""
