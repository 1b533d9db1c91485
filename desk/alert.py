"""The alert: the early warning to people, one a storm.

An alert is raised once when the level of a series of messages leaves calm; while it lasts only its level, peak and
reasons change. People are called again, and others with them, until somebody acknowledges it; it ends when the series
is calm again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from desk.incident import IncidentId
from desk.people import Locale, ResponderId

AlertId = NewType("AlertId", int)

ALL = "all"
"""The series of every message, whatever its topic. Else `topic:INTENT` or `cluster:NUMBER`."""


@dataclass(frozen=True, slots=True)
class NewAlert:
    """To be raised. `level`: a routing.storm.StormLevel. `peak`: the detector's score. `reasons`: in the brand's
    language. `call_at`: when people are called about it, None for nobody."""

    key: str
    level: str
    peak: float
    reasons: Sequence[str]
    began_at: datetime
    call_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert and its life. `calls`: how often people were called; `call_at`: when they are called next."""

    id: AlertId
    key: str
    level: str
    incident_id: IncidentId | None
    peak: float
    reasons: tuple[str, ...]
    began_at: datetime
    raised_at: datetime
    ended_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: ResponderId | None
    calls: int
    call_at: datetime | None


@dataclass(frozen=True, slots=True)
class StormScene:
    """What the picture of an alert shows, in one language: messages and negative ones in each `step` of time from
    `since` on, how many negative ones are usual in each, and when the alert was raised. `zone`: whose clock it
    shows."""

    locale: Locale
    subject: str
    since: datetime
    step: timedelta
    messages: Sequence[int]
    negatives: Sequence[int]
    usual: Sequence[float]
    raised_at: datetime
    zone: str
