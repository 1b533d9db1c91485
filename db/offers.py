"""Offers in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from db import mapping
from db.queries import load
from db.session import Row, Session
from desk.expertise import day_part
from desk.offer import Offer, OfferId, OfferState
from desk.people import ResponderId
from desk.store import Carried, ClaimTerms
from desk.ticket import TicketId

_SQL = load("offers")


class Offers:
    """desk.store.OfferStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(
        self,
        ticket_id: TicketId,
        responder_ids: Sequence[ResponderId],
        *,
        wave: int,
        reasons: Sequence[Sequence[str]],
        now: datetime,
        expires_at: datetime,
    ) -> Sequence[Offer]:
        """One statement for the whole wave. Somebody asked before about this ticket is left out."""
        said = [mapping.json_text(list(why)) for _, why in zip(responder_ids, reasons, strict=True)]
        rows = await self._session.all(_SQL["add"], ticket_id, list(responder_ids), wave, said, now, expires_at)
        return [_offer(row) for row in rows]

    async def hold(self, responder_ids: Sequence[ResponderId], *, now: datetime) -> Mapping[ResponderId, Carried]:
        """Those to whom no other wave is being offered now, with what they carry; held until the transaction ends."""
        held = [row["id"] for row in await self._session.all(_SQL["hold"], list(responder_ids))]
        return {
            ResponderId(row["id"]): Carried(row["load"], row["open_offers"], row["offers_today"])
            for row in (await self._session.all(_SQL["carried"], held, now) if held else ())
        }

    async def claim_terms(self, responder_id: ResponderId, *, now: datetime) -> ClaimTerms:
        """What limits a claim of theirs; they can claim nothing else until the transaction ends."""
        row = await self._session.one(_SQL["claim_terms"], responder_id, now)
        if row is None:
            return ClaimTerms(None, is_suspended=True)
        return ClaimTerms(row["most_at_once"], row["is_suspended"], row["in_storm"])

    async def by_id(self, offer_id: OfferId) -> Offer | None:
        """One offer."""
        row = await self._session.one(_SQL["by_id"], offer_id)
        return None if row is None else _offer(row)

    async def open_of_ticket(self, ticket_id: TicketId) -> Sequence[Offer]:
        """Unanswered, oldest first."""
        return [_offer(row) for row in await self._session.all(_SQL["open_of_ticket"], ticket_id)]

    async def open_of_responder(self, responder_id: ResponderId) -> Sequence[Offer]:
        """Unanswered, oldest first."""
        return [_offer(row) for row in await self._session.all(_SQL["open_of_responder"], responder_id)]

    async def save_state(self, offer_ids: Sequence[OfferId], state: OfferState, *, now: datetime) -> None:
        """How they ended; those answered or let go by become part of the habits of whoever had them."""
        if not offer_ids:
            return
        counted = await self._session.all(_SQL["save_state"], list(offer_ids), state, now, day_part(now))
        if state in (OfferState.ACCEPTED, OfferState.PASSED):
            await self.seen([ResponderId(row["responder_id"]) for row in counted], now=now)

    async def seen(self, responder_ids: Sequence[ResponderId], *, now: datetime) -> None:
        """They gave a sign of life."""
        await self._session.run(_SQL["seen"], list(responder_ids), now)

    async def ignored_in_a_row(self, responder_id: ResponderId) -> int:
        """How many of their newest offers expired unanswered, back to the last answered one."""
        return int(await self._session.value(_SQL["ignored_in_a_row"], responder_id))


def _offer(row: Row) -> Offer:
    return Offer(
        id=OfferId(row["id"]),
        ticket_id=TicketId(row["ticket_id"]),
        responder_id=ResponderId(row["responder_id"]),
        wave=row["wave"],
        state=OfferState(row["state"]),
        reasons=tuple(row["reasons"]),
        expires_at=row["expires_at"],
    )
