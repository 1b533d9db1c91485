"""Answers in public in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.queries import load
from db.session import Row, Session
from desk.conversation import MessageId
from desk.people import Author, ContactId, ResponderId
from desk.public_answer import HowMarked, PublicAnswer, PublicLine, PublicMark
from desk.store.public_answers import Followed
from desk.ticket import TicketId

_SQL = load("public_answers")


class PublicAnswers:
    """desk.store.PublicAnswerStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def ticket_about(self, channel: str, external_id: str) -> Followed | None:
        """The live ticket that a message in public belongs to."""
        row = await self._session.one(_SQL["ticket_about"], channel, external_id)
        return None if row is None else Followed(TicketId(row["id"]), row["ours"])

    async def newest_question(self, channel: str, chat: str, thread: str | None, *, since: datetime) -> TicketId | None:
        """The newest live question that was asked there since then."""
        return _ticket(await self._session.value(_SQL["newest_question"], channel, chat, thread, since))

    async def is_asker(self, contact_id: ContactId, author: Author) -> bool:
        """Whether the account is one of the contact's."""
        return bool(await self._session.value(_SQL["is_asker"], contact_id, author.channel, author.external_id))

    async def add(self, answer: PublicAnswer) -> None:
        """Its message is there already."""
        await self._session.run(
            _SQL["add"],
            answer.message_id,
            answer.ticket_id,
            answer.author,
            answer.responder_id,
            answer.is_answer,
            answer.said_at,
        )

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[PublicAnswer]:
        """Oldest first; those deleted have no text."""
        return [_answer(row) for row in await self._session.all(_SQL["of_ticket"], ticket_id)]

    async def of_message(self, message_id: MessageId) -> PublicAnswer | None:
        """The one that is this message."""
        row = await self._session.one(_SQL["of_message"], message_id)
        return None if row is None else _answer(row)

    async def set_mark(self, mark: PublicMark) -> None:
        """The ticket's only one."""
        await self._session.run(_SQL["set_mark"], mark.ticket_id, mark.message_id, mark.how, mark.marked_at)

    async def mark(self, ticket_id: TicketId) -> PublicMark | None:
        """The ticket's, if there is one."""
        row = await self._session.one(_SQL["mark"], ticket_id)
        if row is None:
            return None
        return PublicMark(
            TicketId(row["ticket_id"]), MessageId(row["message_id"]), HowMarked(row["how"]), row["marked_at"]
        )

    async def drop_mark(self, ticket_id: TicketId) -> None:
        """None is no error."""
        await self._session.run(_SQL["drop_mark"], ticket_id)

    async def set_line(self, line: PublicLine) -> None:
        """The ticket's only one."""
        await self._session.run(_SQL["set_line"], line.ticket_id, line.message_id, list(line.shown))

    async def line(self, ticket_id: TicketId) -> PublicLine | None:
        """The ticket's, if there is one."""
        row = await self._session.one(_SQL["line"], ticket_id)
        if row is None:
            return None
        return PublicLine(TicketId(row["ticket_id"]), MessageId(row["message_id"]), tuple(map(MessageId, row["shown"])))

    async def note_hidden(self, message_id: MessageId, *, now: datetime) -> bool:
        """The desk takes it out of the public place. False: it did before."""
        return await self._session.value(_SQL["note_hidden"], message_id, now) is not None

    async def is_hidden(self, message_id: MessageId) -> bool:
        """Whether the desk took it out of the public place."""
        return bool(await self._session.value(_SQL["is_hidden"], message_id))

    async def invite(self, author: bytes, *, now: datetime) -> bool:
        """False: they were invited before."""
        return await self._session.value(_SQL["invite"], author, now) is not None

    async def set_ping(self, responder_id: ResponderId, wanted: bool, *, now: datetime) -> None:
        """Whether a volunteer wants to be pinged in public places."""
        if wanted:
            await self._session.run(_SQL["want_ping"], responder_id, now)
        else:
            await self._session.run(_SQL["want_no_ping"], responder_id)

    async def wants_ping(self, responder_ids: Sequence[ResponderId]) -> frozenset[ResponderId]:
        """Of these, who does."""
        rows = await self._session.all(_SQL["wants_ping"], list(responder_ids))
        return frozenset(ResponderId(row["responder_id"]) for row in rows)


def _ticket(value: int | None) -> TicketId | None:
    return None if value is None else TicketId(value)


def _answer(row: Row) -> PublicAnswer:
    return PublicAnswer(
        message_id=MessageId(row["message_id"]),
        ticket_id=TicketId(row["ticket_id"]),
        author=bytes(row["author"]),
        responder_id=None if row["responder_id"] is None else ResponderId(row["responder_id"]),
        is_answer=row["is_answer"],
        said_at=row["said_at"],
        text=row["text"],
    )
