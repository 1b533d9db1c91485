"""Volunteers' wishes, opened topics and departures in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from db.queries import load
from db.session import Session
from db.wishes import columns, wishes_of
from desk.errors import InputRejected, NotFound
from desk.people import ResponderId
from desk.volunteering import Wishes

_SQL = load("volunteers")


class Volunteers:
    """desk.store.VolunteerStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def wishes(self, responder_id: ResponderId) -> Wishes | None:
        """None: they never said any."""
        row = await self._session.one(_SQL["wishes"], responder_id)
        return None if row is None else wishes_of(row)

    async def save_wishes(self, responder_id: ResponderId, wishes: Wishes, *, now: datetime) -> None:
        """Raises InputRejected for a time zone that the database does not know."""
        zone = wishes.availability.zone
        before = await self.wishes(responder_id)
        if before is None or before.availability.zone != zone:
            await check_zone(self._session, zone)
        await self._session.run(_SQL["save_wishes"], responder_id, *columns(wishes), now)

    async def opened(self, responder_id: ResponderId) -> Mapping[str, str]:
        """The units that are open to them, each with how it was opened."""
        return {row["unit"]: row["how"] for row in await self._session.all(_SQL["opened"], responder_id)}

    async def open_unit(self, responder_id: ResponderId, unit: str, how: str, *, now: datetime) -> None:
        """Nothing when it is open already."""
        await self._session.run(_SQL["open_unit"], responder_id, unit, how, now)

    async def waiting_for(self, unit: str, topics: Sequence[str]) -> Sequence[ResponderId]:
        """Volunteers who chose one of `topics`, which are of the unit, and to whom it is not open."""
        rows = await self._session.all(_SQL["waiting_for"], unit, list(topics))
        return [ResponderId(row["responder_id"]) for row in rows]

    async def forget(self, responder_id: ResponderId, *, name: str) -> None:
        """Erases all that says who a volunteer is or what they wish; the row with its numbers stays, called `name`."""
        await self._session.run(_SQL["forget_wishes"], responder_id)
        await self._session.run(_SQL["forget_letters"], responder_id)
        await self._session.run(_SQL["forget_ways"], responder_id)
        await self._session.run(_SQL["forget_name"], responder_id, name)

    async def take_along(self, responder_id: ResponderId) -> Mapping[str, object]:
        """All that is kept of a volunteer, as plain data. Raises NotFound."""
        found: Mapping[str, object] | None = await self._session.value(_SQL["take_along"], responder_id)
        if found is None:
            raise NotFound(f"no responder {responder_id}")
        return found

    async def add_departure(self, token_hash: bytes, content: str, *, expires_at: datetime) -> None:
        """What somebody takes along, until then."""
        await self._session.run(_SQL["add_departure"], token_hash, content, expires_at)

    async def departure(self, token_hash: bytes, *, now: datetime) -> str | None:
        """What somebody took along. None when the token is unknown or too old."""
        content: str | None = await self._session.value(_SQL["departure"], token_hash, now)
        return content

    async def purge_departures(self, *, now: datetime) -> None:
        """Erases those that are too old, and what was written to leavers last."""
        await self._session.run(_SQL["forget_late_letters"])
        await self._session.run(_SQL["purge_departures"], now)


async def check_zone(session: Session, zone: str) -> None:
    """Raises InputRejected when the database does not know it: asking who may be asked now would fail for all."""
    if not await session.value(_SQL["knows_zone"], zone):
        raise InputRejected("zone: expected a time zone such as Europe/Berlin")
