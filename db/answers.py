"""Answers of volunteers in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from db import mapping
from db.queries import load
from db.session import Row, Session
from desk.answer import Answer, AnswerId, AnswerKind, AnswerPart, AnswerState
from desk.conversation import AttachmentKind, MessageId
from desk.inbound import InboundFile
from desk.people import Responder, ResponderId, TrustLevel
from desk.store import Awaited, AwaitedWords
from desk.ticket import Ticket, TicketId
from desk.trust import may_review

_SQL = load("answers")
_WITH_STANDING = [level.value for level in TrustLevel if may_review(level)]

ENDORSED_WITHIN = timedelta(days=7)
"""How old an answer may be that experts are shown."""


class Answers:
    """desk.store.AnswerStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, ticket_id: TicketId, author_id: ResponderId, *, now: datetime) -> Answer:
        """An empty draft."""
        return _answer(next(iter(await self._session.all(_SQL["add"], ticket_id, author_id, now))))

    async def by_id(self, answer_id: AnswerId) -> Answer | None:
        """One answer."""
        return _or_none(await self._session.one(_SQL["by_id"], answer_id))

    async def under_way(self, ticket_id: TicketId) -> Answer | None:
        """The one that the contact has not seen and may still see."""
        return _or_none(await self._session.one(_SQL["under_way"], ticket_id))

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[Answer]:
        """All, oldest first."""
        return [_answer(row) for row in await self._session.all(_SQL["of_ticket"], ticket_id)]

    async def of_message(self, message_id: MessageId) -> Answer | None:
        """The answer that a message is."""
        return _or_none(await self._session.one(_SQL["of_message"], message_id))

    async def last_sent_by(self, responder_id: ResponderId) -> Answer | None:
        """The newest answer of theirs that a contact has, and that was not recalled."""
        return _or_none(await self._session.one(_SQL["last_sent_by"], responder_id))

    async def save(self, answer: Answer, *, now: datetime) -> None:
        """Writes every column that can change."""
        await self._session.run(
            _SQL["save"],
            answer.id,
            answer.kind,
            answer.state,
            answer.body,
            list(answer.rules),
            answer.to_replace,
            answer.message_id,
            answer.submitted_at,
            answer.reviewed_by,
            answer.note,
            answer.endorsed_by,
            answer.recalled_by,
            answer.recall_reason,
            now,
        )

    async def parts(self, answer_id: AnswerId) -> Sequence[AnswerPart]:
        """What it is made of, in the order it was written."""
        return [_part(row) for row in await self._session.all(_SQL["parts"], answer_id)]

    async def part(self, channel: str, external_id: str) -> AnswerPart | None:
        """The part that a platform's message is."""
        row = await self._session.one(_SQL["part"], channel, external_id)
        return None if row is None else _part(row)

    async def add_part(self, part: AnswerPart) -> bool:
        """False: it was there before."""
        files = [_file_as_json(file) for file in part.files]
        added = await self._session.value(
            _SQL["add_part"], part.answer_id, part.channel, part.external_id, part.body, files
        )
        return added is not None

    async def edit_part(self, channel: str, external_id: str, body: str) -> None:
        """Other words for it."""
        await self._session.run(_SQL["edit_part"], channel, external_id, body)

    async def drop_parts(self, answer_id: AnswerId, *, external_id: str | None = None) -> None:
        """All, or the one with that id."""
        await self._session.run(_SQL["drop_parts"], answer_id, external_id)

    async def reviewers(
        self, ticket: Ticket, author_id: ResponderId, *, now: datetime, limit: int
    ) -> Sequence[Responder]:
        """Volunteers with standing who may look it over now, those who were asked longest ago first."""
        rows = await self._session.all(
            _SQL["reviewers"],
            ticket.id,
            ticket.contact_id,
            author_id,
            [topic for topic in (ticket.unit, ticket.intent) if topic],
            ticket.locale,
            now,
            _WITH_STANDING,
            limit,
        )
        return [mapping.responder(row) for row in rows]

    async def ask_reviewers(self, answer_id: AnswerId, responder_ids: Sequence[ResponderId], *, now: datetime) -> None:
        """They are asked to look it over."""
        await self._session.run(_SQL["ask_reviewers"], answer_id, list(responder_ids), now)

    async def asked_reviewers(self, answer_id: AnswerId) -> Sequence[ResponderId]:
        """Who was asked to look it over."""
        rows = await self._session.all(_SQL["asked_reviewers"], answer_id)
        return [ResponderId(row["responder_id"]) for row in rows]

    async def to_review(self, responder_id: ResponderId) -> Sequence[Answer]:
        """What they are asked to look over now, oldest first."""
        return [_answer(row) for row in await self._session.all(_SQL["to_review"], responder_id)]

    async def to_endorse(self, responder: Responder, *, now: datetime, limit: int) -> Sequence[Answer]:
        """Others' answers of the last days on their topics that nobody endorsed or recalled, newest first."""
        rows = await self._session.all(
            _SQL["to_endorse"],
            responder.id,
            list(responder.topics),
            list(responder.languages),
            limit,
            now - ENDORSED_WITHIN,
        )
        return [_answer(row) for row in rows]

    async def forget(self, responder_id: ResponderId) -> None:
        """Somebody leaves: what they wrote and no contact got is erased, and where they wrote the rest."""
        await self._session.run(_SQL["forget"], responder_id)

    async def await_words(self, responder_id: ResponderId, words: AwaitedWords | None) -> None:
        """Replaces what their next message means; None: nothing special."""
        if words is None:
            await self._session.run(_SQL["stop_awaiting"], responder_id)
        else:
            await self._session.run(_SQL["await_words"], responder_id, words.purpose, words.about, words.since)

    async def awaited_words(self, responder_id: ResponderId) -> AwaitedWords | None:
        """What their next message means."""
        row = await self._session.one(_SQL["awaited_words"], responder_id)
        return None if row is None else AwaitedWords(Awaited(row["purpose"]), row["about"], row["since"])


def _or_none(row: Row | None) -> Answer | None:
    return None if row is None else _answer(row)


def _answer(row: Row) -> Answer:
    return Answer(
        id=AnswerId(row["id"]),
        ticket_id=TicketId(row["ticket_id"]),
        author_id=ResponderId(row["author_id"]),
        kind=AnswerKind(row["kind"]),
        state=AnswerState(row["state"]),
        body=row["body"],
        written_at=row["written_at"],
        rules=tuple(row["rules"]),
        to_replace=row["to_replace"],
        message_id=_message_id(row["message_id"]),
        submitted_at=row["submitted_at"],
        reviewed_by=_responder_id(row["reviewed_by"]),
        note=row["note"],
        endorsed_by=_responder_id(row["endorsed_by"]),
        recalled_by=_responder_id(row["recalled_by"]),
        recall_reason=row["recall_reason"],
    )


def _message_id(value: int | None) -> MessageId | None:
    return None if value is None else MessageId(value)


def _responder_id(value: int | None) -> ResponderId | None:
    return None if value is None else ResponderId(value)


def _part(row: Row) -> AnswerPart:
    return AnswerPart(
        answer_id=AnswerId(row["answer_id"]),
        channel=row["channel"],
        external_id=row["external_id"],
        body=row["body"],
        files=tuple(_file(file) for file in row["files"]),
    )


def _file_as_json(file: InboundFile) -> Mapping[str, Any]:
    return {
        "kind": file.kind,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "source": file.source,
        "storage_key": file.storage_key,
    }


def _file(file: Mapping[str, Any]) -> InboundFile:
    return InboundFile(
        kind=AttachmentKind(file["kind"]),
        name=file["name"],
        media_type=file["media_type"],
        size=file["size"],
        source=file["source"],
        storage_key=file["storage_key"],
    )
