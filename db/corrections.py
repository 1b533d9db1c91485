"""Corrections of readings in PostgreSQL, and the readings they correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from db.queries import load
from db.session import Row, Session
from desk.conversation import MessageId
from desk.learning import (
    Correction,
    CorrectionId,
    CorrectionSource,
    CorrectionState,
    LearnedText,
    NewCorrection,
    ReadAs,
)
from desk.people import ResponderId
from desk.reading import OUT_OF_SCOPE
from desk.ticket import TicketId

_SQL = load("corrections")


class Corrections:
    """desk.store.CorrectionStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def readings_of(self, ticket_id: TicketId) -> Mapping[MessageId, ReadAs]:
        """What the contact's messages of a ticket were read as, without those no engine read."""
        return {
            MessageId(row["message_id"]): _read_as(row)
            for row in await self._session.all(_SQL["readings_of"], ticket_id)
        }

    async def propose(self, correction: NewCorrection) -> bool:
        """Puts it on the review list. False: it gives way to what staff said."""
        return (
            await self._session.value(
                _SQL["propose"],
                correction.message_id,
                correction.source,
                correction.text,
                correction.language,
                correction.intent_read,
                correction.confidence,
                correction.engine,
                correction.model,
                correction.intent,
                correction.responder_id,
                correction.at,
            )
            is not None
        )

    async def withdraw(self, message_id: MessageId) -> None:
        """Takes what still waits for review about this message from the list."""
        await self._session.run(_SQL["withdraw"], message_id)

    async def listed(self, state: CorrectionState, *, limit: int) -> Sequence[Correction]:
        """Oldest first."""
        return [_correction(row) for row in await self._session.all(_SQL["listed"], state, limit)]

    async def decide(
        self,
        ids: Sequence[CorrectionId],
        state: CorrectionState,
        *,
        intent: str | None,
        by: ResponderId | None,
        now: datetime,
    ) -> Sequence[CorrectionId]:
        """Accepts pending ones, or rejects pending or accepted ones. Returns those it was done to."""
        if state is CorrectionState.ACCEPTED:
            rows = await self._session.all(_SQL["accept"], list(ids), intent, by, now)
        else:
            rows = await self._session.all(_SQL["reject"], list(ids), by, now)
        return sorted(CorrectionId(row["id"]) for row in rows)

    async def accepted(self) -> Sequence[LearnedText]:
        """All accepted ones that still have words, in the order of their ids."""
        return [_learned(row) for row in await self._session.all(_SQL["accepted"])]

    async def texts(self, ids: Sequence[CorrectionId]) -> Sequence[LearnedText]:
        """The same of these ids."""
        return [_learned(row) for row in await self._session.all(_SQL["texts"], list(ids))] if ids else []

    async def waiting(self) -> int:
        """How many wait for review."""
        return int(await self._session.value(_SQL["waiting"]))


def _read_as(row: Row) -> ReadAs:
    guesses = (guess["intent"] for guess in row["runners_up"] or ())
    others = tuple(intent for intent in guesses if intent not in (OUT_OF_SCOPE, row["intent"]))
    return ReadAs(row["intent"], row["confidence"], others, row["corrected"])


def _correction(row: Row) -> Correction:
    return Correction(
        id=CorrectionId(row["id"]),
        message_id=MessageId(row["message_id"]),
        ticket_number=row["ticket_number"],
        source=CorrectionSource(row["source"]),
        text=row["text"],
        language=row["language"],
        intent_read=row["intent_read"],
        confidence=row["confidence"],
        engine=row["engine"],
        model=row["model"],
        intent=row["intent"],
        by=row["by_name"],
        at=row["at"],
        state=CorrectionState(row["state"]),
        reviewed_at=row["reviewed_at"],
    )


def _learned(row: Row) -> LearnedText:
    return LearnedText(CorrectionId(row["id"]), row["text"], row["intent"], row["language"])
