"""Alerts: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.alert import Alert, AlertId, NewAlert
from desk.incident import IncidentId
from desk.people import ResponderId


class AlertStore(Protocol):
    """Early warnings."""

    async def raise_or_change(self, alert: NewAlert, *, now: datetime) -> tuple[AlertId, bool]:
        """A new alert (True), or the open one of its key goes on: level and reasons anew, the higher peak."""

    async def end(self, key: str, *, now: datetime) -> Alert | None:
        """The open one of this key ends. None: there was none."""

    async def alert(self, alert_id: AlertId) -> Alert:
        """Locked. Raises NotFound."""

    async def open(self) -> Sequence[Alert]:
        """Oldest first."""

    async def alerts(self, since: datetime, *, limit: int) -> Sequence[Alert]:
        """Raised since then, newest first."""

    async def of_incident(self, incident_id: IncidentId) -> Sequence[Alert]:
        """Oldest first."""

    async def belongs_to(self, alert_id: AlertId, incident_id: IncidentId) -> None: ...
    async def acknowledge(self, alert_id: AlertId, *, by: ResponderId, now: datetime) -> bool:
        """False: somebody did before. Nobody is called about it any more."""

    async def take_due_call(self, *, now: datetime) -> Alert | None:
        """One that nobody acknowledged and whose time to call has come, locked; others skip it."""

    async def rekey(self, key: str, new_key: str) -> Alert | None:
        """The open alert of a series goes on as another's. None: there was none, or the other series has one."""

    async def call_at(self, alert_id: AlertId, at: datetime) -> None:
        """People are called then, unless somebody looks at it or it is over."""

    async def called(self, alert_id: AlertId, *, next_at: datetime | None) -> None:
        """People were called once more."""
