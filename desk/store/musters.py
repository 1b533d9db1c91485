"""Musters, calls and what volunteers wish for storms: what the desk asks of their storage.

Lock order: the muster's row, then its calls. No ticket is locked below them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.incident import IncidentId
from desk.muster import Briefing, Muster, MusterFigures, MusterId, MusterState, MusterTerms
from desk.muster_call import Call, Duty, Reply
from desk.people import Locale, Responder, ResponderId
from desk.storm_wishes import Caps, StormWishes
from desk.volunteering import Availability


@dataclass(frozen=True, slots=True)
class NewMuster:
    """To be called. `alerted_at`: from when the first answer is timed."""

    incident_id: IncidentId
    drill: bool
    topics: tuple[str, ...]
    terms: MusterTerms
    called_by: ResponderId
    alerted_at: datetime


@dataclass(frozen=True, slots=True)
class Ready:
    """A volunteer whom a muster may call. Their own wishes, None where they never said any: `availability`, `usual`."""

    responder: Responder
    wishes: StormWishes
    availability: Availability | None
    usual: Caps | None


@dataclass(frozen=True, slots=True)
class OptedIn:
    """Of how many active volunteers how many may be called in storms, and outside their hours."""

    volunteers: int
    called: int
    outside_hours: int


class MusterStore(Protocol):
    """Calls to volunteers in a storm."""

    async def storm_wishes(self, responder_id: ResponderId) -> StormWishes:
        """Nobody who never said so is called."""

    async def save_storm_wishes(self, responder_id: ResponderId, wishes: StormWishes, *, now: datetime) -> None: ...
    async def opted_in(self) -> OptedIn: ...
    async def ready(
        self,
        topics: Sequence[str],
        languages: Sequence[Locale],
        *,
        now: datetime,
        beyond: MusterId | None = None,
        only: ResponderId | None = None,
    ) -> Sequence[Ready]:
        """Active, unpaused, reachable, not suspended volunteers who opted in and cover one of the topics (none: any)
        in one of the languages. `beyond`: without those whom this muster called; `only`: this one, if they are. Their
        hours are not looked at."""

    async def call(self, muster: NewMuster, *, now: datetime) -> MusterId | None:
        """None: one is called for the incident already."""

    async def brief(self, muster_id: MusterId, locale: Locale, briefing: Briefing) -> None: ...
    async def briefings(self, muster_id: MusterId) -> Mapping[Locale, Briefing]: ...
    async def muster(self, muster_id: MusterId) -> Muster:
        """Locked. Raises NotFound."""

    async def seen(self, muster_id: MusterId) -> Muster:
        """Kept from ending until the transaction is over; any number may look at once. Raises NotFound."""

    async def live(self) -> Sequence[Muster]:
        """Oldest first, not locked."""

    async def of_incident(self, incident_id: IncidentId) -> Sequence[Muster]:
        """Newest first, not locked."""

    async def move(self, muster_id: MusterId, into: IncidentId) -> None:
        """Its incident was joined into another, which has none."""

    async def add_calls(self, muster_id: MusterId, calls: Sequence[tuple[ResponderId, datetime]]) -> None:
        """Each with the time from which the call may reach them. Who was called already is not called again."""

    async def take_due(self, *, now: datetime, limit: int) -> Sequence[Call]:
        """Calls whose time has come, locked; others skip them."""

    async def put_off(self, call: Call, until: datetime | None) -> None:
        """The call goes out later; None: never."""

    async def told(self, muster_id: MusterId, whom: Sequence[ResponderId], *, now: datetime) -> None: ...
    async def call_of(self, muster_id: MusterId, responder_id: ResponderId) -> Call | None:
        """Locked."""

    async def calls(self, muster_id: MusterId) -> Sequence[tuple[Call, Responder]]:
        """Those who are in first, then by name."""

    async def replies_of(self, responder_id: ResponderId) -> Sequence[Call]:
        """Of live musters, newest first."""

    async def reply(self, call: Call, reply: Reply, *, now: datetime) -> None: ...
    async def on_duty(self, responder_id: ResponderId, duty: Duty, *, any_hour: bool) -> None:
        """They are asked first from now on. `any_hour`: outside their hours, too."""

    async def off_duty(self, responder_id: ResponderId, muster_id: MusterId | None = None) -> None:
        """They are asked like anybody else. None: whatever muster they are in."""

    async def extend(self, muster_id: MusterId, until: datetime) -> None: ...
    async def end(
        self,
        muster_id: MusterId,
        state: MusterState,
        achieved: MusterFigures,
        *,
        by: ResponderId | None,
        now: datetime,
    ) -> None:
        """Whoever locked it has asked the table. Whoever was not told is spared; nobody is asked first any more."""

    async def without_an_answer(self, muster_id: MusterId) -> Sequence[Responder]: ...
    async def take_unthanked(self, *, limit: int) -> Sequence[Call]:
        """Of those who came to musters that ended, locked; others skip them."""

    async def thanked(self, call: Call, *, now: datetime, rest_until: datetime | None) -> None: ...
    async def figures(self, muster_id: MusterId) -> MusterFigures:
        """What was achieved stands still when the muster has ended."""

    async def note_first_answer(self, muster_id: MusterId) -> datetime | None:
        """Keeps when the first volunteer answered about the storm; None: nobody did yet."""

    async def forget(self, responder_id: ResponderId, *, now: datetime) -> None:
        """Erases what a leaver wished; they are in no muster any more."""

    async def take_along(self, responder_id: ResponderId) -> Mapping[str, object]: ...
