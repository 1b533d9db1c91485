"""Answers of volunteers, who looks them over, and whose next words are waited for: what the desk asks of their
storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.answer import Answer, AnswerId, AnswerPart
from desk.conversation import MessageId
from desk.people import Responder, ResponderId
from desk.ticket import Ticket, TicketId


class Awaited(StrEnum):
    """What a responder's next private message means, when a button asked them for words."""

    STAFF_REASON = "staff_reason"
    REVIEW_CHANGE = "review_change"
    REVIEW_NOTE = "review_note"
    RECALL_REASON = "recall_reason"


@dataclass(frozen=True, slots=True)
class AwaitedWords:
    """`about`: the id of the ticket or the answer it is about."""

    purpose: Awaited
    about: int
    since: datetime


class AnswerStore(Protocol):
    """Answers. Callers hold the lock of the ticket's conversation before they change one."""

    async def add(self, ticket_id: TicketId, author_id: ResponderId, *, now: datetime) -> Answer:
        """An empty draft."""

    async def by_id(self, answer_id: AnswerId) -> Answer | None: ...
    async def under_way(self, ticket_id: TicketId) -> Answer | None:
        """The one that the contact has not seen and may still see."""

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[Answer]:
        """All, oldest first."""

    async def of_message(self, message_id: MessageId) -> Answer | None: ...
    async def last_sent_by(self, responder_id: ResponderId) -> Answer | None:
        """The newest answer of theirs that a contact has, and that was not recalled."""

    async def save(self, answer: Answer, *, now: datetime) -> None:
        """Writes every column that can change."""

    async def parts(self, answer_id: AnswerId) -> Sequence[AnswerPart]:
        """What it is made of, in the order it was written."""

    async def part(self, channel: str, external_id: str) -> AnswerPart | None: ...
    async def add_part(self, part: AnswerPart) -> bool:
        """False: it was there before."""

    async def edit_part(self, channel: str, external_id: str, body: str) -> None: ...
    async def drop_parts(self, answer_id: AnswerId, *, external_id: str | None = None) -> None:
        """All, or the one with that id."""

    async def reviewers(
        self, ticket: Ticket, author_id: ResponderId, *, now: datetime, limit: int
    ) -> Sequence[Responder]:
        """Volunteers with standing who may look it over now, those who were asked longest ago first: never its author,
        nobody who is the contact, nobody who held the ticket or wrote about it."""

    async def ask_reviewers(
        self, answer_id: AnswerId, responder_ids: Sequence[ResponderId], *, now: datetime
    ) -> None: ...
    async def asked_reviewers(self, answer_id: AnswerId) -> Sequence[ResponderId]: ...
    async def to_review(self, responder_id: ResponderId) -> Sequence[Answer]:
        """What they are asked to look over now, oldest first."""

    async def to_endorse(self, responder: Responder, *, now: datetime, limit: int) -> Sequence[Answer]:
        """Others' answers of the last days on their topics that nobody endorsed or recalled, newest first."""

    async def forget(self, responder_id: ResponderId) -> None:
        """Somebody leaves: what they wrote and no contact got is erased, and where they wrote the rest."""

    async def await_words(self, responder_id: ResponderId, words: AwaitedWords | None) -> None:
        """Replaces what their next message means; None: nothing special."""

    async def awaited_words(self, responder_id: ResponderId) -> AwaitedWords | None: ...
