"""What a storm was, in figures: how soon it was seen and answered, who was told, who solved it, what it cost and saved.

Each question counts once, by whom it was solved: by staff when one of them wrote to the contact; else by a volunteer
when one did; else by the statement (or the outcome, one text to all) when the contact got it; else by itself. A
question that is not solved is open. Those that left the incident are another problem and count only as left.

    saved minutes = minutes a question x questions solved without staff (by volunteers or by the statement)
    spent minutes = minutes a question x questions that staff wrote to

Minutes a question and what an hour costs are the brand's own figures (`storm.cost` of the policy). Waiting is from the
first word of a question to the first answer: the statement, the outcome, a volunteer's or a staff member's words.

Pure: no I/O, no clock. Units: durations are timedelta, money is in the policy's currency.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.alert import Alert
from desk.incident import Incident
from desk.lesson import Lesson
from desk.ticket import Status, TicketId


class Step(StrEnum):
    """What happens in every storm, in the order in which one hopes for it."""

    BEGAN = "began"
    ALERTED = "alerted"
    ACKNOWLEDGED = "acknowledged"
    CONFIRMED = "confirmed"
    TOLD = "told"
    CALLED = "called"
    ANSWERED = "answered"
    RESOLVED = "resolved"


class SolvedBy(StrEnum):
    """By whom a question was solved. `ITSELF`: the contact found out, or fell silent; `NOBODY`: it is not solved."""

    STATEMENT = "statement"
    VOLUNTEERS = "volunteers"
    STAFF = "staff"
    ITSELF = "itself"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class StormQuestion:
    """A question that follows the incident, or did (`left`). Instants None: it never happened. `outcome_at`: when it
    got the one answer to all. `unreachable`: a text to all could not reach its contact."""

    ticket_id: TicketId
    status: Status
    opened_at: datetime
    left: bool = False
    told_at: datetime | None = None
    outcome_at: datetime | None = None
    volunteer_at: datetime | None = None
    staff_at: datetime | None = None
    unreachable: bool = False
    reopened: int = 0

    @property
    def solved_by(self) -> SolvedBy:
        """See the module's docstring."""
        if self.status not in (Status.SOLVED, Status.CLOSED):
            return SolvedBy.NOBODY
        if self.staff_at is not None:
            return SolvedBy.STAFF
        if self.volunteer_at is not None:
            return SolvedBy.VOLUNTEERS
        return SolvedBy.ITSELF if self.told_at is None and self.outcome_at is None else SolvedBy.STATEMENT

    @property
    def waited(self) -> timedelta | None:
        """Until the first answer; None: there is none yet."""
        answers = (self.told_at, self.outcome_at, self.volunteer_at, self.staff_at)
        first = min((at for at in answers if at is not None), default=None)
        return None if first is None else max(first - self.opened_at, timedelta(0))


@dataclass(frozen=True, slots=True)
class Span:
    """What was read from `at` on: all messages, and those of the storm (on its topic, or in its questions)."""

    at: datetime
    messages: int
    negatives: int
    storm_messages: int
    storm_negatives: int


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what. `name`: of a member of staff; None for the machine, and for volunteers, who are not named."""

    at: datetime
    kind: str
    name: str | None


@dataclass(frozen=True, slots=True)
class MusterCount:
    """What all calls to volunteers for the incident came to."""

    called_at: datetime | None = None
    told: int = 0
    came: int = 0
    first_answer_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What an answer of staff takes, and what an hour of it costs."""

    minutes: float
    an_hour: float
    currency: str


@dataclass(frozen=True)
class StormRecord:
    """All that is known of an incident. `step`: how long a span is. `examples`: masked."""

    incident: Incident
    alerts: Sequence[Alert]
    questions: Sequence[StormQuestion]
    spans: Sequence[Span]
    step: timedelta
    deeds: Sequence[Deed]
    statement_at: datetime | None
    muster: MusterCount
    lessons: Sequence[Lesson]
    examples: Sequence[str]
    cost: Cost
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step, when it came, and how long after the beginning. None: not, or not yet."""

    step: Step
    at: datetime | None
    after: timedelta | None


@dataclass(frozen=True)
class StormFigures:
    """The storm in numbers. `waits` sorted; `peak`: most messages of the storm in one span."""

    milestones: Sequence[Milestone]
    questions: int
    left: int
    told: int
    unreachable: int
    reopened: int
    solved: dict[SolvedBy, int]
    waits: Sequence[timedelta]
    unanswered: int
    peak: int
    spent_minutes: float
    saved_minutes: float
    cost: Cost

    def wait(self, share: float) -> timedelta | None:
        """The wait that `share` (0 to 1) of the answered questions did not exceed."""
        if not self.waits:
            return None
        return self.waits[min(int(share * len(self.waits)), len(self.waits) - 1)]

    def money(self, minutes: float) -> float:
        """What so many minutes of staff cost."""
        return minutes / 60 * self.cost.an_hour


def storm_figures(record: StormRecord) -> StormFigures:
    """The figures of a record."""
    staying = [one for one in record.questions if not one.left]
    solved = dict.fromkeys(SolvedBy, 0)
    for one in staying:
        solved[one.solved_by] += 1
    waits = sorted(one.waited for one in staying if one.waited is not None)
    without_staff = solved[SolvedBy.STATEMENT] + solved[SolvedBy.VOLUNTEERS]
    return StormFigures(
        milestones=milestones(record),
        questions=len(staying),
        left=len(record.questions) - len(staying),
        told=sum(one.told_at is not None or one.outcome_at is not None for one in staying),
        unreachable=sum(one.unreachable for one in staying),
        reopened=sum(one.reopened > 0 for one in staying),
        solved=solved,
        waits=waits,
        unanswered=len(staying) - len(waits),
        peak=max((span.storm_messages for span in record.spans), default=0),
        spent_minutes=record.cost.minutes * sum(one.staff_at is not None for one in staying),
        saved_minutes=record.cost.minutes * without_staff,
        cost=record.cost,
    )


def milestones(record: StormRecord) -> tuple[Milestone, ...]:
    """Every step, in the order of `Step`. What was before the beginning took no time."""
    incident, alerts = record.incident, record.alerts
    began = min([incident.began_at, *(alert.began_at for alert in alerts)])
    came: dict[Step, datetime | None] = {
        Step.BEGAN: began,
        Step.ALERTED: min((alert.raised_at for alert in alerts), default=None),
        Step.ACKNOWLEDGED: min((alert.acknowledged_at for alert in alerts if alert.acknowledged_at), default=None),
        Step.CONFIRMED: incident.decided_at,
        Step.TOLD: record.statement_at,
        Step.CALLED: record.muster.called_at,
        Step.ANSWERED: record.muster.first_answer_at or _first_volunteer(record.questions),
        Step.RESOLVED: incident.resolved_at,
    }
    return tuple(
        Milestone(step, at, None if at is None else max(at - began, timedelta(0))) for step, at in came.items()
    )


def _first_volunteer(questions: Sequence[StormQuestion]) -> datetime | None:
    return min((one.volunteer_at for one in questions if one.volunteer_at is not None and not one.left), default=None)


STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60, 180, 360, 1440))
_MOST_SPANS = 120


def step_for(length: timedelta) -> timedelta:
    """How long the spans of a picture are, so that there are not too many."""
    return next((step for step in STEPS if length / step <= _MOST_SPANS), STEPS[-1])


def window_of(incident: Incident, alerts: Sequence[Alert], now: datetime) -> tuple[datetime, datetime]:
    """What the pictures show: the storm, and a quarter as much (an hour at least) before and after it."""
    began = min([incident.began_at, *(alert.began_at for alert in alerts)])
    ends = [alert.ended_at or now for alert in alerts]
    ended = incident.resolved_at or max(ends, default=now)
    around = max(timedelta(hours=1), (ended - began) / 4)
    return began - around, min(ended + around, max(now, ended))
