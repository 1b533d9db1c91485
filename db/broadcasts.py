"""Broadcasts, in PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from db.queries import load
from db.session import Row, Session
from desk.broadcast import (
    MEASURED,
    Broadcast,
    BroadcastId,
    BroadcastKind,
    BroadcastState,
    ChannelProgress,
    NewBroadcast,
    RowDone,
    SkippedWhy,
    Waiting,
)
from desk.errors import NotFound
from desk.incident import IncidentId
from desk.people import ResponderId
from desk.statement import StatementId
from desk.store.statements import UnderWay
from desk.ticket import TicketId

_SQL = load("broadcasts")
_PACE_NOT_USED = timedelta(seconds=1)


class Broadcasts:
    """desk.store.BroadcastStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def start(self, broadcast: NewBroadcast, *, now: datetime) -> BroadcastId:
        """Without anybody yet."""
        one = broadcast
        values = (one.incident_id, one.kind, one.statement_id, one.text_de, one.text_en, one.started_by, now)
        return BroadcastId(await self._session.value(_SQL["start"], *values))

    async def add_waiting(self, broadcast_id: BroadcastId) -> int:
        """How many are new."""
        return len(await self._session.all(_SQL["add_waiting"], broadcast_id))

    async def add_told(self, broadcast_id: BroadcastId) -> int:
        """How many are new."""
        return len(await self._session.all(_SQL["add_told"], broadcast_id))

    async def add_left_over(self, broadcast_id: BroadcastId, other: BroadcastId) -> int:
        """How many are new."""
        return len(await self._session.all(_SQL["add_left_over"], broadcast_id, other))

    async def forget(self, broadcast_id: BroadcastId) -> None:
        """One without rows."""
        await self._session.run(_SQL["forget"], broadcast_id)

    async def would_tell(
        self, incident_id: IncidentId, statement_id: StatementId | None
    ) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Those that wait, and those that got another one."""
        waiting = await self._session.all(_SQL["would_tell_waiting"], incident_id, statement_id)
        corrected = await self._session.all(_SQL["would_tell_corrected"], incident_id, statement_id)
        return {row["channel"]: row["many"] for row in waiting}, {row["channel"]: row["many"] for row in corrected}

    async def broadcast(self, broadcast_id: BroadcastId) -> Broadcast:
        """Locked. Raises NotFound."""
        row = await self._session.one(_SQL["broadcast"], broadcast_id)
        if row is None:
            raise NotFound("no such broadcast")
        return _broadcast(row)

    async def of_incident(self, incident_id: IncidentId) -> Sequence[Broadcast]:
        """Newest first."""
        return [_broadcast(row) for row in await self._session.all(_SQL["of_incident"], incident_id)]

    async def save_state(self, broadcast_id: BroadcastId, state: BroadcastState, *, now: datetime) -> None:
        """Whoever locked it has asked the table."""
        await self._session.run(_SQL["save_state"], broadcast_id, state, now)

    async def finish_told(self, *, now: datetime) -> int:
        """How many are finished."""
        return len(await self._session.all(_SQL["finish_told"], now))

    async def waited_for(self) -> Sequence[str]:
        """Channels."""
        return [row["channel"] for row in await self._session.all(_SQL["waited_for"])]

    async def take_pace(self, channel: str, *, now: datetime) -> datetime | None:
        """None: another process is at it."""
        await self._session.run(_SQL["know_pace"], channel, now - _PACE_NOT_USED)
        until: datetime | None = await self._session.value(_SQL["take_pace"], channel)
        return until

    async def backlog(self, channel: str, *, now: datetime, most: int) -> int:
        """Counted to `most`."""
        return int(await self._session.value(_SQL["backlog"], channel, now, most))

    async def use_pace(self, channel: str, until: datetime) -> None:
        """Whoever took it does."""
        await self._session.run(_SQL["use_pace"], channel, until)

    async def next_on(self, channel: str) -> Broadcast | None:
        """None: nobody waits there."""
        row = await self._session.one(_SQL["next_on"], channel)
        return None if row is None else _broadcast(row)

    async def take_rows(self, broadcast: Broadcast, channel: str, *, limit: int) -> Sequence[Waiting]:
        """Asked how they stand only when they are locked: until then others may tell them, or take them out."""
        taken = await self._session.all(_SQL["take_rows"], broadcast.id, channel, limit)
        tickets = [row["ticket_id"] for row in taken]
        facts = await self._session.all(_SQL["facts"], tickets, broadcast.incident_id, broadcast.statement_id)
        return [
            Waiting(
                ticket_id=TicketId(row["ticket_id"]),
                follows=row["follows"],
                is_over=row["is_over"],
                reachable=row["reachable"],
                blocked=row["blocked"],
                told=row["told"],
                corrects=row["corrects"],
            )
            for row in facts
        ]

    async def rows_done(self, broadcast_id: BroadcastId, rows: Sequence[RowDone], *, now: datetime) -> None:
        """In one statement."""
        tickets, messages = [row.ticket_id for row in rows], [row.message_id for row in rows]
        await self._session.run(_SQL["rows_done"], broadcast_id, tickets, messages, [row.why for row in rows], now)

    async def under_way(self) -> Sequence[UnderWay]:
        """All that are not over."""
        return [
            UnderWay(BroadcastState(row["state"]), row["broadcasts"], row["waiting"], row["told"])
            for row in await self._session.all(_SQL["under_way"])
        ]

    async def progress(self, broadcast_id: BroadcastId, *, now: datetime) -> Mapping[str, ChannelProgress]:
        """By channel."""
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        newly: dict[str, int] = defaultdict(int)
        for row in await self._session.all(_SQL["progress"], broadcast_id, now - MEASURED):
            counts[row["channel"]][row["outcome"]] = row["many"]
            if row["outcome"] in ("sent", "under_way", "failed"):
                newly[row["channel"]] += row["newly"]
        return {
            channel: ChannelProgress(
                **{name: count for name, count in found.items() if name not in set(SkippedWhy)},
                newly=newly[channel],
                skipped={why: found[why] for why in SkippedWhy if why in found},
            )
            for channel, found in counts.items()
        }


def _broadcast(row: Row) -> Broadcast:
    return Broadcast(
        id=BroadcastId(row["id"]),
        incident_id=IncidentId(row["incident_id"]),
        kind=BroadcastKind(row["kind"]),
        state=BroadcastState(row["state"]),
        statement_id=None if row["statement_id"] is None else StatementId(row["statement_id"]),
        text_de=row["text_de"],
        text_en=row["text_en"],
        started_by=ResponderId(row["started_by"]),
        started_at=row["started_at"],
        running_since=row["running_since"],
        ended_at=row["ended_at"],
        drill=row["drill"],
    )
