"""Outcomes of volunteers' answers and their standing in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from db import mapping
from db.queries import load
from db.session import Row, Session
from desk.errors import NotFound
from desk.people import Locale, ResponderId, TrustLevel
from desk.record import LOWEST_GOOD_RATING, WINDOW, AnswerVerdict, Exclusion, Outcome, Quality
from desk.store.records import ChangeKind, RosterLine, TrustChange
from desk.ticket import TicketId
from desk.trust import Standing

_SQL = load("records")


class Records:
    """desk.store.RecordStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def note(self, outcome: Outcome) -> None:
        """A later verdict on the same ticket replaces it."""
        await self._session.run(
            _SQL["note"],
            outcome.ticket_id,
            outcome.responder_id,
            outcome.topic,
            outcome.locale,
            outcome.verdict,
            outcome.csat,
            outcome.excluded,
            outcome.at,
        )

    async def take_back(self, ticket_id: TicketId, responder_id: ResponderId) -> bool:
        """False when there was none."""
        return await self._session.value(_SQL["take_back"], ticket_id, responder_id) is not None

    async def rate(self, ticket_id: TicketId, csat: int) -> Sequence[ResponderId]:
        """Whose outcome it changed."""
        return [ResponderId(row["responder_id"]) for row in await self._session.all(_SQL["rate"], ticket_id, csat)]

    async def exclude(
        self, ticket_id: TicketId, responder_id: ResponderId, why: Exclusion | None, *, by: ResponderId | None
    ) -> bool:
        """False when nothing changed."""
        if by is None:
            changed = await self._session.value(_SQL["exclude_by_rule"], ticket_id, responder_id, why)
        else:
            changed = await self._session.value(_SQL["exclude_by_hand"], ticket_id, responder_id, why, by)
        return changed is not None

    async def of_ticket(self, ticket_id: TicketId) -> Sequence[Outcome]:
        """Oldest first."""
        return [_outcome(row) for row in await self._session.all(_SQL["of_ticket"], ticket_id)]

    async def newest(self, responder_id: ResponderId, *, limit: int) -> Sequence[Outcome]:
        """Newest first, those left out too."""
        return [_outcome(row) for row in await self._session.all(_SQL["newest"], responder_id, limit)]

    async def judged(self, responder_id: ResponderId, *, since: datetime | None) -> Sequence[Outcome]:
        """The newest that count."""
        return [_outcome(row) for row in await self._session.all(_SQL["judged"], responder_id, since, WINDOW)]

    async def lock_standing(self, responder_id: ResponderId, *, now: datetime) -> Standing:
        """Raises NotFound."""
        await self._session.run(_SQL["begin_standing"], responder_id)
        return _standing(await self._session.one(_SQL["lock_standing"], responder_id))

    async def standing(self, responder_id: ResponderId) -> Standing:
        """Raises NotFound."""
        return _standing(await self._session.one(_SQL["standing"], responder_id))

    async def save_standing(self, responder_id: ResponderId, standing: Standing) -> None:
        """Its row is locked."""
        await self._session.run(
            _SQL["save_standing"], responder_id, standing.level, standing.since, standing.by_hand, standing.warned_at
        )

    async def add_change(self, change: TrustChange) -> None:
        """Kept for ever."""
        await self._session.run(
            _SQL["add_change"],
            change.responder_id,
            change.kind,
            change.level,
            change.quality.good,
            change.quality.counted,
            change.set_by,
            change.reason,
            change.at,
        )

    async def changes(self, responder_id: ResponderId, *, limit: int) -> Sequence[TrustChange]:
        """Newest first."""
        return [_change(row) for row in await self._session.all(_SQL["changes"], responder_id, limit)]

    async def warned_before(self, at: datetime) -> Sequence[ResponderId]:
        """Those whose notice may be over."""
        return [ResponderId(row["responder_id"]) for row in await self._session.all(_SQL["warned_before"], at)]

    async def qualities(self) -> Mapping[ResponderId, Quality]:
        """Of every active volunteer with an outcome that counts."""
        rows = await self._session.all(_SQL["qualities"], WINDOW, LOWEST_GOOD_RATING)
        return {ResponderId(row["id"]): Quality(row["good"], row["counted"]) for row in rows}

    async def roster(self, search: str, *, limit: int) -> Sequence[RosterLine]:
        """Volunteers by name, active ones first."""
        rows = await self._session.all(_SQL["roster"], WINDOW, LOWEST_GOOD_RATING, search, limit)
        return [
            RosterLine(
                mapping.responder(row),
                row["created_at"],
                _standing(row),
                Quality(row["good"], row["counted"]),
                row["load"],
                row["last_offer_at"],
            )
            for row in rows
        ]


def _outcome(row: Row) -> Outcome:
    return Outcome(
        responder_id=ResponderId(row["responder_id"]),
        ticket_id=TicketId(row["ticket_id"]),
        ticket_number=row["number"],
        topic=row["topic"],
        locale=Locale(row["locale"]),
        verdict=AnswerVerdict(row["verdict"]),
        csat=row["csat"],
        excluded=None if row["excluded"] is None else Exclusion(row["excluded"]),
        at=row["at"],
    )


def _standing(row: Row | None) -> Standing:
    if row is None:
        raise NotFound("no such volunteer")
    return Standing(TrustLevel(row["level"]), row["since"], row["by_hand"], row["warned_at"])


def _change(row: Row) -> TrustChange:
    return TrustChange(
        responder_id=ResponderId(row["responder_id"]),
        kind=ChangeKind(row["kind"]),
        level=TrustLevel(row["level"]),
        quality=Quality(row["good"], row["counted"]),
        at=row["at"],
        set_by=None if row["set_by"] is None else ResponderId(row["set_by"]),
        set_by_name=row["set_by_name"],
        reason=row["reason"],
    )
