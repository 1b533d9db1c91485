"""Backtests: what the early warning would have said, on a series of numbers or on messages.

What is told is what was known at the time: an alert starts when it is raised, never earlier, and nothing later changes
that. Values of a series have no topic; their alerts concern all.

Pure: records (routing/storm_records.py) come in, rows and alerts go out; the caller measures the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from math import exp

from desk.alert import ALL
from desk.phrases import marked as _
from routing.reasons import Reason
from routing.storm import StormLevel
from routing.storm_alert import StormAlert
from routing.storm_detector import Detector
from routing.storm_records import MessageRecord, ValueRecord
from routing.storm_series import SPEAKS, Judged, SeriesDetector

OFF = _("The value is {value}; about {expected} would be usual at this hour.")
RARE = _("Over an hour, so far off once in {times} values or more rarely; an alarm is raised from once in {threshold}.")

_MOST_SURPRISE, _MOST_COUNTED = 20.0, 1e6


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alert as a backtest tells it. `end` is None while it lasts. `peak`: the highest score over the threshold."""

    start: datetime
    end: datetime | None
    level: StormLevel
    topic: str
    topics: tuple[str, ...]
    peak: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One row of the scores: `score` from 0 to 1."""

    written: str
    value: float
    score: float
    level: StormLevel


class SeriesBacktest:
    """Backtest of one series."""

    def __init__(self, false_alarms_a_week: float) -> None:
        self._detector = SeriesDetector(false_alarms_a_week)
        self.alarms: list[Alarm] = []

    def feed(self, records: Iterable[ValueRecord]) -> list[ScoredRow]:
        """The next values."""
        rows = []
        for record in records:
            judged = self._detector.judge(record.at, record.value)
            rows.append(ScoredRow(record.written, record.value, judged.score, judged.level))
            if judged.opens:
                self.alarms.append(self._alarm(judged))
            elif self.alarms and judged.rarity > SPEAKS and self._detector.stormy:
                self._last_goes_on(judged)
        return rows

    def _alarm(self, judged: Judged) -> Alarm:
        threshold = self._detector.threshold
        reasons = (
            Reason(OFF, {"value": f"{judged.value:g}", "expected": f"{judged.expected or 0.0:.4g}"}),
            Reason(RARE, {"times": _times(judged.rarity), "threshold": _times(threshold)}),
        )
        return Alarm(judged.at, judged.at, StormLevel.STORM, ALL, (ALL,), judged.rarity / threshold, reasons)

    def _last_goes_on(self, judged: Judged) -> None:
        last = self.alarms[-1]
        peak = max(last.peak, judged.rarity / self._detector.threshold)
        self.alarms[-1] = replace(last, end=judged.at, peak=peak)


class MessageBacktest:
    """Backtest of messages. Raised alerts change as time goes on; each stands once, as it was last."""

    def __init__(self, false_alarms_a_week: float, zone: tzinfo) -> None:
        self._detector = Detector(zone, false_alarms_a_week)
        self._alerts: dict[int, StormAlert] = {}

    @property
    def alarms(self) -> list[Alarm]:
        """All alerts so far. One ends when the wave is over: what follows is recovery."""
        return [
            Alarm(
                start=alert.raised_at,
                end=alert.eased_at,
                level=StormLevel.STORM,
                topic=alert.topic or ALL,
                topics=tuple(topic or ALL for topic in alert.topics),
                peak=alert.peak,
                reasons=alert.reasons,
            )
            for alert in self._alerts.values()
        ]

    def feed(self, records: Iterable[MessageRecord]) -> list[ScoredRow]:
        """The next messages."""
        detector, rows = self._detector, []
        for record in records:
            for alert in detector.observe(record.at, record.topic, record.negative, record.contact):
                self._alerts[alert.number] = alert
            heat = detector.heat
            rows.append(
                ScoredRow(record.written, float(record.negative), heat / (heat + 1), detector.level(record.topic))
            )
        for alert in detector.alerts():
            self._alerts[alert.number] = alert
        return rows


def _times(surprise: float) -> str:
    """How many values it takes; beyond a million nobody counts."""
    return f"{min(exp(min(surprise, _MOST_SURPRISE)), _MOST_COUNTED):.0f}"
