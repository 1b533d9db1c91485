"""What volunteers wish, and what is open to them: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desk.people import ResponderId
from desk.volunteering import Wishes


class VolunteerStore(Protocol):
    """Wishes, opened topics, departures."""

    async def wishes(self, responder_id: ResponderId) -> Wishes | None:
        """None: they never said any."""

    async def save_wishes(self, responder_id: ResponderId, wishes: Wishes, *, now: datetime) -> None:
        """Raises InputRejected for a time zone that the database does not know."""

    async def opened(self, responder_id: ResponderId) -> Mapping[str, str]:
        """The units that are open to them, each with how it was opened."""

    async def open_unit(self, responder_id: ResponderId, unit: str, how: str, *, now: datetime) -> None:
        """Nothing when it is open already."""

    async def waiting_for(self, unit: str, topics: Sequence[str]) -> Sequence[ResponderId]:
        """Volunteers who chose one of `topics`, which are of the unit, and to whom it is not open."""

    async def forget(self, responder_id: ResponderId, *, name: str) -> None:
        """Erases all that says who a volunteer is or what they wish; the row with its numbers stays, called `name`."""

    async def take_along(self, responder_id: ResponderId) -> Mapping[str, object]:
        """All that is kept of a volunteer, as plain data."""

    async def add_departure(self, token_hash: bytes, content: str, *, expires_at: datetime) -> None: ...
    async def departure(self, token_hash: bytes, *, now: datetime) -> str | None:
        """What somebody took along. None when the token is unknown or too old."""

    async def purge_departures(self, *, now: datetime) -> None:
        """Erases those that are too old, and what was written to leavers last."""
