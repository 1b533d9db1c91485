"""The drill: a storm is played against the real paths in a room of its own, and what came of it is told.

Time is turned by hand, a step at a time, so that an hour passes in seconds; with a speed, no faster than that many
seconds a second. Units: durations in seconds, from the true beginning of the storm.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.drill_people import Company
from app.drill_room import DrillRoom, drill_room
from app.drill_traffic import DrillMessage, DrillTraffic
from app.settings import Settings
from desk.alert import Alert
from desk.classifying import Classifier, TextToRead
from desk.conversation import MessageId
from desk.incident import IncidentId
from desk.reading import Sentiment
from desk.storm_report import SolvedBy, Step, StormRecord, storm_figures
from routing.storm_detector import Detector
from workflows.storm_mind import frozen
from workflows.storm_record import record_of

STEP = timedelta(seconds=30)
RESOLVED_AFTER = timedelta(minutes=5)
LAST_WORDS = timedelta(minutes=20)
_READ_AT_ONCE = 200

Progress = Callable[[str], None]


@dataclass(frozen=True)
class DrillFigures:
    """What came of it. Seconds from the storm's beginning; None: it did not happen. `false_alarms`: people were called
    in the calm before; None when nobody said where the storm begins."""

    detection_seconds: float | None
    acknowledged_seconds: float | None
    confirmed_seconds: float | None
    statement_seconds: float | None
    muster_seconds: float | None
    first_volunteer_seconds: float | None
    false_alarms: int | None
    calm_minutes: float
    storm_messages: int
    questions: int
    told: int
    solved_by_statement: int
    solved_by_volunteers: int
    not_solved: int
    called: int
    came: int
    messages: int
    sent: int
    played_minutes: float
    took_seconds: float

    def as_dict(self) -> dict[str, float | int | None]:
        """For --json."""
        return {key: round(said, 1) if isinstance(said, float) else said for key, said in asdict(self).items()}


@dataclass(frozen=True)
class Played:
    """A drill that was played. `record`: of its largest incident, for a report; None: nothing was confirmed."""

    figures: DrillFigures
    record: StormRecord | None


async def play(
    settings: Settings,
    classifier: Classifier,
    traffic: DrillTraffic,
    *,
    volunteers: int,
    speed: float | None,
    seed: int,
    progress: Progress,
) -> Played:
    """Raises SettingsInvalid, StorageUnavailable."""
    began = time.perf_counter()
    async with drill_room(settings, classifier, traffic.starts_at) as room:
        storm_at = traffic.storm_at or traffic.starts_at
        company = Company(room, storm_at, seed)
        await company.gathers(volunteers)
        progress(f"learning from {len(traffic.history)} messages")
        await _learn(room, classifier, traffic.history)
        await _passes(room, company, traffic, speed, progress)
        return await _told(room, company, traffic, took=time.perf_counter() - began)


async def _learn(room: DrillRoom, classifier: Classifier, history: Sequence[DrillMessage]) -> None:
    """What is usual, as if the weeks before had been watched."""
    if not history:
        return
    texts = sorted({one.text for one in history})
    read = dict[str, tuple[str, bool]]()
    for start in range(0, len(texts), _READ_AT_ONCE):
        some = texts[start : start + _READ_AT_ONCE]
        readings = await classifier.read([TextToRead(text) for text in some])
        for text, reading in zip(some, readings, strict=True):
            read[text] = reading.intent, reading.sentiment is Sentiment.NEGATIVE
    kept = await asyncio.to_thread(_learned, history, read, ZoneInfo(room.desk.zone))
    async with room.desk.store.begin() as work:
        await work.storms.put_in_place(MessageId(0), kept, now=room.clock.now())


def _learned(history: Sequence[DrillMessage], read: dict[str, tuple[str, bool]], zone: ZoneInfo) -> bytes:
    detector = Detector(zone)
    for one in history:
        detector.observe(one.at, *read[one.text], one.author)
    return frozen(detector)


async def _passes(
    room: DrillRoom, company: Company, traffic: DrillTraffic, speed: float | None, progress: Progress
) -> None:
    """From the first message to the last words after the storm."""
    over_at = traffic.storm_ends_at + RESOLVED_AFTER
    left = list(reversed(traffic.messages))
    now, shown, resolved = traffic.starts_at, traffic.starts_at, False
    started = time.perf_counter()
    while now < over_at + LAST_WORDS:
        room.clock.time = now
        while left and left[-1].at <= now:
            await company.says(left.pop())
        await company.acts()
        if now >= over_at and not resolved:
            await company.resolves()
            resolved = True
        await room.work(now + STEP)
        if now - shown >= timedelta(minutes=10):
            progress(f"{now:%H:%M}, {len(traffic.messages) - len(left)} of {len(traffic.messages)} messages")
            shown = now
        now += STEP
        if speed:
            ahead = (now - traffic.starts_at).total_seconds() / speed - (time.perf_counter() - started)
            await asyncio.sleep(max(0.0, ahead))


async def _told(room: DrillRoom, company: Company, traffic: DrillTraffic, *, took: float) -> Played:
    async with room.desk.store.begin() as work:
        alerts = await work.alerts.alerts(traffic.starts_at - timedelta(days=1), limit=1000)
    called = [one for one in alerts if one.calls]
    record = await _largest(room, company.confirmed)
    storm_at = traffic.storm_at or (min((one.began_at for one in called), default=traffic.starts_at))
    figures = _figures(room, traffic, called, record, storm_at, took)
    return Played(figures, record)


async def _largest(room: DrillRoom, confirmed: Sequence[IncidentId]) -> StormRecord | None:
    records = [await record_of(room.desk, incident_id) for incident_id in confirmed]
    return max(records, key=lambda record: len(record.questions), default=None)


def _figures(
    room: DrillRoom,
    traffic: DrillTraffic,
    called: Sequence[Alert],
    record: StormRecord | None,
    storm_at: datetime,
    took: float,
) -> DrillFigures:
    def since(at: datetime | None) -> float | None:
        return None if at is None else (at - storm_at).total_seconds()

    raised = min((one.raised_at for one in called if one.raised_at >= storm_at), default=None)
    found = storm_figures(record) if record else None
    reached = {one.step: one.at for one in found.milestones} if found else {}
    solved = found.solved if found else dict.fromkeys(SolvedBy, 0)
    return DrillFigures(
        detection_seconds=since(raised),
        acknowledged_seconds=since(reached.get(Step.ACKNOWLEDGED)),
        confirmed_seconds=since(reached.get(Step.CONFIRMED)),
        statement_seconds=since(reached.get(Step.TOLD)),
        muster_seconds=since(reached.get(Step.CALLED)),
        first_volunteer_seconds=since(reached.get(Step.ANSWERED)),
        false_alarms=sum(one.raised_at < storm_at for one in called) if traffic.storm_at else None,
        calm_minutes=(storm_at - traffic.starts_at).total_seconds() / 60,
        storm_messages=sum(one.of_storm for one in traffic.messages),
        questions=found.questions if found else 0,
        told=found.told if found else 0,
        solved_by_statement=solved[SolvedBy.STATEMENT],
        solved_by_volunteers=solved[SolvedBy.VOLUNTEERS],
        not_solved=solved[SolvedBy.NOBODY],
        called=record.muster.told if record else 0,
        came=record.muster.came if record else 0,
        messages=len(traffic.messages),
        sent=room.channel.sent,
        played_minutes=(room.clock.now() - traffic.starts_at).total_seconds() / 60,
        took_seconds=took,
    )
