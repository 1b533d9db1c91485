"""Musters, calls and storm wishes in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from db import mapping
from db.queries import load
from db.session import Row, Session
from db.wishes import availability_of
from desk.errors import NotFound
from desk.incident import IncidentId
from desk.muster import Briefing, Muster, MusterFigures, MusterId, MusterState
from desk.muster_call import Call, Duty, Reply
from desk.people import Locale, Responder, ResponderId
from desk.store import NewMuster, OptedIn, Ready
from desk.storm_wishes import NEVER, Caps, StormWishes

_SQL = load("musters")


class Musters:
    """desk.store.MusterStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def storm_wishes(self, responder_id: ResponderId) -> StormWishes:
        """Nobody who never said so is called."""
        row = await self._session.one(_SQL["storm_wishes"], responder_id)
        return NEVER if row is None else StormWishes(**dict(row))

    async def save_storm_wishes(self, responder_id: ResponderId, wishes: StormWishes, *, now: datetime) -> None:
        """Instead of any before."""
        caps = (wishes.most_at_once, wishes.most_a_day)
        await self._session.run(
            _SQL["save_storm_wishes"], responder_id, wishes.is_called, wishes.outside_hours, *caps, now
        )

    async def opted_in(self) -> OptedIn:
        """Of how many active volunteers how many may be called."""
        row = await self._session.one(_SQL["opted_in"])
        assert row is not None  # noqa: S101 - counting gives a row
        return OptedIn(row["volunteers"], row["called"], row["outside_hours"])

    async def ready(
        self,
        topics: Sequence[str],
        languages: Sequence[Locale],
        *,
        now: datetime,
        beyond: MusterId | None = None,
        only: ResponderId | None = None,
    ) -> Sequence[Ready]:
        """Whom a muster may call, whatever the hour."""
        rows = await self._session.all(_SQL["ready"], list(topics), list(languages), now, beyond, only)
        return [_ready(row) for row in rows]

    async def call(self, muster: NewMuster, *, now: datetime) -> MusterId | None:
        """None: one is called for the incident already."""
        terms = muster.terms
        found = await self._session.value(
            _SQL["call"], muster.incident_id, muster.drill, list(muster.topics), list(terms.languages),
            terms.raised.at_once, terms.raised.a_day, round(terms.rest.total_seconds()), muster.called_by, now,
            now + terms.lasts, muster.alerted_at,
        )  # fmt: skip
        return None if found is None else MusterId(found)

    async def brief(self, muster_id: MusterId, locale: Locale, briefing: Briefing) -> None:
        """Instead of any before."""
        await self._session.run(
            _SQL["brief"], muster_id, locale, briefing.happened, briefing.dos, briefing.donts
        )  # fmt: skip

    async def briefings(self, muster_id: MusterId) -> Mapping[Locale, Briefing]:
        """In every language that has one."""
        return {
            Locale(row["locale"]): Briefing(row["happened"], row["dos"], row["donts"])
            for row in await self._session.all(_SQL["briefings"], muster_id)
        }

    async def muster(self, muster_id: MusterId) -> Muster:
        """Locked. Raises NotFound."""
        return _found(await self._session.one(_SQL["muster"], muster_id))

    async def seen(self, muster_id: MusterId) -> Muster:
        """Kept from ending. Raises NotFound."""
        return _found(await self._session.one(_SQL["seen"], muster_id))

    async def live(self) -> Sequence[Muster]:
        """Oldest first."""
        return [_muster(row) for row in await self._session.all(_SQL["live"])]

    async def of_incident(self, incident_id: IncidentId) -> Sequence[Muster]:
        """Newest first."""
        return [_muster(row) for row in await self._session.all(_SQL["of_incident"], incident_id)]

    async def move(self, muster_id: MusterId, into: IncidentId) -> None:
        """Nothing when the other incident has one."""
        await self._session.run(_SQL["move"], muster_id, into)

    async def add_calls(self, muster_id: MusterId, calls: Sequence[tuple[ResponderId, datetime]]) -> None:
        """Who was called already is not called again."""
        await self._session.run(_SQL["add_calls"], muster_id, [who for who, _at in calls], [at for _who, at in calls])

    async def take_due(self, *, now: datetime, limit: int) -> Sequence[Call]:
        """Locked; others skip them."""
        return [_call(row) for row in await self._session.all(_SQL["take_due"], now, limit)]

    async def put_off(self, call: Call, until: datetime | None) -> None:
        """None: never."""
        await self._session.run(_SQL["put_off"], call.muster_id, call.responder_id, until)

    async def told(self, muster_id: MusterId, whom: Sequence[ResponderId], *, now: datetime) -> None:
        """Calls went out."""
        await self._session.run(_SQL["told"], muster_id, list(whom), now)

    async def call_of(self, muster_id: MusterId, responder_id: ResponderId) -> Call | None:
        """Locked."""
        row = await self._session.one(_SQL["call_of"], muster_id, responder_id)
        return None if row is None else _call(row)

    async def calls(self, muster_id: MusterId) -> Sequence[tuple[Call, Responder]]:
        """Those who are in first, then by name."""
        return [(_call(row), mapping.responder(row)) for row in await self._session.all(_SQL["calls"], muster_id)]

    async def replies_of(self, responder_id: ResponderId) -> Sequence[Call]:
        """Of live musters, newest first."""
        return [_call(row) for row in await self._session.all(_SQL["replies_of"], responder_id)]

    async def reply(self, call: Call, reply: Reply, *, now: datetime) -> None:
        """Whoever locked it has asked the table."""
        await self._session.run(_SQL["reply"], call.muster_id, call.responder_id, reply, now)

    async def on_duty(self, responder_id: ResponderId, duty: Duty, *, any_hour: bool) -> None:
        """Asked first from now on."""
        caps = (duty.caps.at_once, duty.caps.a_day)
        await self._session.run(_SQL["on_duty"], duty.muster_id, responder_id, duty.until, any_hour, *caps)

    async def off_duty(self, responder_id: ResponderId, muster_id: MusterId | None = None) -> None:
        """Asked like anybody else."""
        await self._session.run(_SQL["off_duty"], muster_id, responder_id)

    async def extend(self, muster_id: MusterId, until: datetime) -> None:
        """For those who are in, too."""
        await self._session.run(_SQL["extend"], muster_id, until)

    async def end(
        self,
        muster_id: MusterId,
        state: MusterState,
        achieved: MusterFigures,
        *,
        by: ResponderId | None,
        now: datetime,
    ) -> None:
        """With what was achieved."""
        done = (achieved.answers, achieved.people, achieved.solved)
        await self._session.run(_SQL["end"], muster_id, state, now, by, *done)

    async def without_an_answer(self, muster_id: MusterId) -> Sequence[Responder]:
        """Those whom a call reached and who have not answered it."""
        return [mapping.responder(row) for row in await self._session.all(_SQL["without_an_answer"], muster_id)]

    async def take_unthanked(self, *, limit: int) -> Sequence[Call]:
        """Locked; others skip them."""
        return [_call(row) for row in await self._session.all(_SQL["take_unthanked"], limit)]

    async def thanked(self, call: Call, *, now: datetime, rest_until: datetime | None) -> None:
        """Once."""
        await self._session.run(_SQL["thanked"], call.muster_id, call.responder_id, now, rest_until)

    async def figures(self, muster_id: MusterId) -> MusterFigures:
        """What was achieved stands still when the muster has ended."""
        row = await self._session.one(_SQL["figures"], muster_id)
        assert row is not None  # noqa: S101 - counting gives a row
        figures = MusterFigures(**dict(row))
        kept = await self._session.one(_SQL["kept"], muster_id)
        return figures if kept is None else replace(figures, **dict(kept))

    async def note_first_answer(self, muster_id: MusterId) -> datetime | None:
        """None: nobody answered yet."""
        found: datetime | None = await self._session.value(_SQL["first_answer"], muster_id)
        if found is not None:
            await self._session.run(_SQL["note_first_answer"], muster_id, found)
        return found

    async def forget(self, responder_id: ResponderId, *, now: datetime) -> None:
        """Their calls stay as numbers."""
        await self._session.run(_SQL["forget"], responder_id, now)

    async def take_along(self, responder_id: ResponderId) -> Mapping[str, object]:
        """As plain data."""
        found: Mapping[str, object] = await self._session.value(_SQL["take_along"], responder_id)
        return found


def _found(row: Row | None) -> Muster:
    if row is None:
        raise NotFound("no such muster")
    return _muster(row)


def _muster(row: Row) -> Muster:
    return Muster(
        id=MusterId(row["id"]),
        incident_id=IncidentId(row["incident_id"]),
        state=MusterState(row["state"]),
        drill=row["drill"],
        topics=tuple(row["topics"]),
        languages=tuple(Locale(one) for one in row["languages"]),
        raised=Caps(row["most_at_once"], row["most_a_day"]),
        rest=timedelta(seconds=row["rest_seconds"]),
        called_by=ResponderId(row["called_by"]),
        called_at=row["called_at"],
        until=row["until"],
        alerted_at=row["alerted_at"],
        first_answer_at=row["first_answer_at"],
        ended_at=row["ended_at"],
        ended_by=None if row["ended_by"] is None else ResponderId(row["ended_by"]),
    )


def _call(row: Row) -> Call:
    return Call(
        MusterId(row["muster_id"]),
        ResponderId(row["responder_id"]),
        Reply(row["reply"]),
        row["call_at"],
        row["told_at"],
        row["replied_at"],
    )


def _ready(row: Row) -> Ready:
    wishes = StormWishes(row["is_called"], row["outside_hours"], row["storm_at_once"], row["storm_a_day"])
    said = row["zone"] is not None
    usual = Caps(row["most_at_once"], row["most_a_day"]) if said else None
    return Ready(mapping.responder(row), wishes, availability_of(row) if said else None, usual)
