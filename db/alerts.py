"""Alerts, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.queries import load
from db.session import Row, Session
from desk.alert import Alert, AlertId, NewAlert
from desk.errors import NotFound
from desk.incident import IncidentId
from desk.people import ResponderId

_SQL = load("alerts")


class Alerts:
    """desk.store.AlertStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def raise_or_change(self, alert: NewAlert, *, now: datetime) -> tuple[AlertId, bool]:
        """True: it is new."""
        values = (alert.key, alert.level, alert.peak, list(alert.reasons), alert.began_at, alert.call_at, now)
        [row] = await self._session.all(_SQL["raise_or_change"], *values)
        return AlertId(row["id"]), row["new"]

    async def end(self, key: str, *, now: datetime) -> Alert | None:
        """None: there was none."""
        return _maybe(await self._session.one(_SQL["end"], key, now))

    async def alert(self, alert_id: AlertId) -> Alert:
        """Locked. Raises NotFound."""
        row = await self._session.one(_SQL["alert"], alert_id)
        if row is None:
            raise NotFound("no such alert")
        return _alert(row)

    async def open(self) -> Sequence[Alert]:
        """Oldest first."""
        return [_alert(row) for row in await self._session.all(_SQL["open"])]

    async def alerts(self, since: datetime, *, limit: int) -> Sequence[Alert]:
        """Newest first."""
        return [_alert(row) for row in await self._session.all(_SQL["alerts"], since, limit)]

    async def of_incident(self, incident_id: IncidentId) -> Sequence[Alert]:
        """Oldest first."""
        return [_alert(row) for row in await self._session.all(_SQL["of_incident"], incident_id)]

    async def belongs_to(self, alert_id: AlertId, incident_id: IncidentId) -> None:
        """Instead of any before."""
        await self._session.run(_SQL["belongs_to"], alert_id, incident_id)

    async def acknowledge(self, alert_id: AlertId, *, by: ResponderId, now: datetime) -> bool:
        """False: somebody did before."""
        return await self._session.value(_SQL["acknowledge"], alert_id, by, now) is not None

    async def take_due_call(self, *, now: datetime) -> Alert | None:
        """Locked."""
        return _maybe(await self._session.one(_SQL["due_call"], now))

    async def rekey(self, key: str, new_key: str) -> Alert | None:
        """None: there was none, or the other series has one."""
        return _maybe(await self._session.one(_SQL["rekey"], key, new_key))

    async def call_at(self, alert_id: AlertId, at: datetime) -> None:
        """Unless somebody looks at it."""
        await self._session.run(_SQL["call_at"], alert_id, at)

    async def called(self, alert_id: AlertId, *, next_at: datetime | None) -> None:
        """Once more."""
        await self._session.run(_SQL["called"], alert_id, next_at)


def _maybe(row: Row | None) -> Alert | None:
    return None if row is None else _alert(row)


def _alert(row: Row) -> Alert:
    return Alert(
        id=AlertId(row["id"]),
        key=row["key"],
        level=row["level"],
        incident_id=row["incident_id"],
        peak=row["peak"],
        reasons=tuple(row["reasons"]),
        began_at=row["began_at"],
        raised_at=row["raised_at"],
        ended_at=row["ended_at"],
        acknowledged_at=row["acknowledged_at"],
        acknowledged_by=row["acknowledged_by"],
        calls=row["calls"],
        call_at=row["call_at"],
    )
