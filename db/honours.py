"""Thanks, people helped, profiles, perks and the pictures of the month in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from db.queries import load
from db.session import Row, Session
from desk.conversation import AttachmentId
from desk.honours import Help, Month, Perk, PerkId, Profile, Thanks, TopicHelp
from desk.people import ResponderId, TrustLevel
from desk.ticket import TicketId

_SQL = load("honours")
WORDS_SHOWN = 5


class Honours:
    """desk.store.HonourStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def give_thanks(self, thanks: Thanks) -> bool:
        """False when nothing is new."""
        new = await self._session.value(
            _SQL["give_thanks"], thanks.ticket_id, thanks.responder_id, thanks.words, thanks.sent_at
        )
        return new is not None

    async def thanks_of(self, ticket_id: TicketId) -> Sequence[Thanks]:
        """For the answers to a ticket."""
        return [
            Thanks(TicketId(row["ticket_id"]), ResponderId(row["responder_id"]), row["words"], row["sent_at"])
            for row in await self._session.all(_SQL["thanks_of"], ticket_id)
        ]

    async def help_of(
        self, responder_id: ResponderId, *, begins_at: datetime | None = None, ends_at: datetime | None = None
    ) -> Help:
        """In all, or in that span."""
        span = (responder_id, begins_at, ends_at)
        whole, *topics = await self._session.all(_SQL["people_helped"], *span)
        return Help(
            people=whole["people"],
            topics=[TopicHelp(row["topic"], row["people"]) for row in topics],
            thanks=await self._session.value(_SQL["thanks_count"], *span),
            words=[row["words"] for row in await self._session.all(_SQL["thanks_words"], *span, WORDS_SHOWN)],
        )

    async def profile(self, responder_id: ResponderId) -> Profile:
        """As it is without a choice of theirs."""
        row = await self._session.one(_SQL["profile"], responder_id)
        return Profile(responder_id) if row is None else Profile(responder_id, row["named"], row["monthly"])

    async def unnamed(self) -> frozenset[ResponderId]:
        """Who does not want to be named."""
        return frozenset(ResponderId(row["responder_id"]) for row in await self._session.all(_SQL["unnamed"]))

    async def save_profile(self, profile: Profile) -> None:
        """From now on."""
        await self._session.run(_SQL["save_profile"], profile.responder_id, profile.named, profile.monthly)

    async def grant(
        self,
        *,
        responder_id: ResponderId | None,
        level: TrustLevel | None,
        texts: tuple[str, str],
        until: datetime | None,
        by: ResponderId,
        now: datetime,
    ) -> PerkId:
        """A perk for one volunteer or a level."""
        number = await self._session.value(_SQL["grant"], responder_id, level, *texts, until, by, now)
        return PerkId(number)

    async def perk(self, perk_id: PerkId) -> Perk | None:
        """None: there is none, or it ended."""
        row = await self._session.one(_SQL["perk"], perk_id)
        return None if row is None else _perk(row)

    async def end_perk(self, perk_id: PerkId, *, now: datetime) -> bool:
        """False when it had ended."""
        return await self._session.value(_SQL["end_perk"], perk_id, now) is not None

    async def perks(self, *, now: datetime) -> Sequence[Perk]:
        """All in force."""
        return [_perk(row) for row in await self._session.all(_SQL["perks"], now)]

    async def perks_of(
        self, responder_id: ResponderId, levels: Sequence[TrustLevel], *, now: datetime
    ) -> Sequence[Perk]:
        """Theirs and the levels'."""
        return [_perk(row) for row in await self._session.all(_SQL["perks_of"], responder_id, list(levels), now)]

    async def untold(self, month: Month, *, after: ResponderId, limit: int) -> Sequence[ResponderId]:
        """By number, those after `after`."""
        rows = await self._session.all(_SQL["untold"], month.first, month.begins_at, month.ends_at, after, limit)
        return [ResponderId(row["id"]) for row in rows]

    async def told(self, responder_id: ResponderId, first: date, *, now: datetime) -> bool:
        """False: they were before."""
        return await self._session.value(_SQL["told"], responder_id, first, now) is not None

    async def keep_picture(
        self, responder_id: ResponderId, first: date, *, name: str, storage_key: str, size: int
    ) -> AttachmentId:
        """As a file that no message has."""
        added = AttachmentId(await self._session.value(_SQL["add_picture"], name, size, storage_key))
        await self._session.run(_SQL["keep_picture"], responder_id, first, added)
        return added

    async def pictures(self, responder_id: ResponderId) -> Sequence[tuple[date, AttachmentId]]:
        """Newest month first."""
        rows = await self._session.all(_SQL["pictures"], responder_id)
        return [(row["month"], AttachmentId(row["attachment_id"])) for row in rows]

    async def take_along(self, responder_id: ResponderId) -> Mapping[str, object]:
        """What is kept of their record, as plain data."""
        found: Mapping[str, object] = await self._session.value(_SQL["take_along"], responder_id)
        return found

    async def forget(self, responder_id: ResponderId) -> Sequence[str]:
        """Where their pictures were kept."""
        return [row["storage_key"] for row in await self._session.all(_SQL["forget"], responder_id)]


def _perk(row: Row) -> Perk:
    return Perk(
        id=PerkId(row["id"]),
        responder_id=None if row["responder_id"] is None else ResponderId(row["responder_id"]),
        level=None if row["level"] is None else TrustLevel(row["level"]),
        text_de=row["text_de"],
        text_en=row["text_en"],
        until=row["until"],
        granted_at=row["granted_at"],
    )
