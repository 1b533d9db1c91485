"""Thanks, help, profiles, perks, months told: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from desk.conversation import AttachmentId
from desk.honours import Help, Month, Perk, PerkId, Profile, Thanks
from desk.people import ResponderId, TrustLevel
from desk.ticket import TicketId


class HonourStore(Protocol):
    """What a volunteer's help is worth."""

    async def give_thanks(self, thanks: Thanks) -> bool:
        """Once a ticket and volunteer; words may be added later, once. False when nothing is new."""

    async def thanks_of(self, ticket_id: TicketId) -> Sequence[Thanks]: ...
    async def help_of(
        self, responder_id: ResponderId, *, begins_at: datetime | None = None, ends_at: datetime | None = None
    ) -> Help:
        """What their answers did, in all or in that span. Words newest first, a few."""

    async def profile(self, responder_id: ResponderId) -> Profile: ...
    async def unnamed(self) -> frozenset[ResponderId]:
        """Who does not want to be named."""

    async def save_profile(self, profile: Profile) -> None: ...
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
        """`texts`: German, English."""

    async def perk(self, perk_id: PerkId) -> Perk | None: ...
    async def end_perk(self, perk_id: PerkId, *, now: datetime) -> bool:
        """False when it had ended."""

    async def perks(self, *, now: datetime) -> Sequence[Perk]:
        """All in force, newest first."""

    async def perks_of(
        self, responder_id: ResponderId, levels: Sequence[TrustLevel], *, now: datetime
    ) -> Sequence[Perk]:
        """Theirs, and those of the levels."""

    async def untold(self, month: Month, *, after: ResponderId, limit: int) -> Sequence[ResponderId]:
        """Active volunteers who helped somebody or were thanked then, want the picture, and were not told yet; by
        number, those after `after`."""

    async def told(self, responder_id: ResponderId, first: date, *, now: datetime) -> bool:
        """Notes that they are told of the month that began on `first`. False: they were before."""

    async def keep_picture(
        self, responder_id: ResponderId, first: date, *, name: str, storage_key: str, size: int
    ) -> AttachmentId:
        """The picture as a file that goes to them."""

    async def pictures(self, responder_id: ResponderId) -> Sequence[tuple[date, AttachmentId]]:
        """Of which months there are, newest first."""

    async def take_along(self, responder_id: ResponderId) -> Mapping[str, object]:
        """What is kept of their record, as plain data."""

    async def forget(self, responder_id: ResponderId) -> Sequence[str]:
        """Erases words, choices and perks of theirs; numbers stay. Returns where their pictures were kept."""
