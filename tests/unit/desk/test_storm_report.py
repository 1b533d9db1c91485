"""The figures of a storm, on a made-up one whose numbers can be counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.alert import Alert, AlertId
from desk.incident import Incident, IncidentId, IncidentState
from desk.people import ResponderId
from desk.storm_report import (
    STEPS,
    Cost,
    MusterCount,
    SolvedBy,
    Span,
    Step,
    StormQuestion,
    StormRecord,
    step_for,
    storm_figures,
    window_of,
)
from desk.ticket import Status, TicketId

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GUS = ResponderId(1)


def at(minutes: float) -> datetime:
    return BEGAN + timedelta(minutes=minutes)


def incident(**told: object) -> Incident:
    values: dict[str, object] = {
        "id": IncidentId(1), "state": IncidentState.RESOLVED, "title": "Internet weg", "topic": "outage", "reasons": (),
        "drill": False, "began_at": at(1), "proposed_at": at(4), "proposed_by": None, "decided_at": at(10),
        "decided_by": GUS, "resolved_at": at(120), "resolved_by": GUS, "joined_into": None, "tickets": 5,
    }  # fmt: skip
    return Incident(**{**values, **told})  # type: ignore[arg-type]


ALERT = Alert(AlertId(1), "topic:outage", "calm", IncidentId(1), 2.0, (), BEGAN, at(3), at(150), at(8), GUS, 2, None)


def question(number: int, status: Status, **told: object) -> StormQuestion:
    return StormQuestion(TicketId(number), status, at(number), **told)  # type: ignore[arg-type]


QUESTIONS = (
    question(1, Status.SOLVED, told_at=at(21)),
    question(2, Status.CLOSED, volunteer_at=at(32), told_at=at(42), reopened=2),
    question(3, Status.SOLVED, staff_at=at(63), volunteer_at=at(33)),
    question(4, Status.SOLVED),
    question(5, Status.OPEN, unreachable=True),
    question(6, Status.SOLVED, outcome_at=at(126)),
    question(7, Status.SOLVED, left=True, staff_at=at(9)),
)


def record(**told: object) -> StormRecord:
    spans = [Span(at(0), 20, 5, 8, 4), Span(at(5), 30, 20, 25, 19)]
    values: dict[str, object] = {
        "incident": incident(), "alerts": [ALERT], "questions": QUESTIONS, "spans": spans,
        "step": timedelta(minutes=5), "deeds": [], "statement_at": at(20),
        "muster": MusterCount(at(15), told=9, came=4, first_answer_at=at(30)), "lessons": [], "examples": [],
        "cost": Cost(6, 50, "EUR"), "made_at": at(200),
    }  # fmt: skip
    return StormRecord(**{**values, **told})  # type: ignore[arg-type]


def test_each_question_counts_once_by_whom_it_was_solved() -> None:
    figures = storm_figures(record())
    assert figures.solved == {
        SolvedBy.STATEMENT: 2,
        SolvedBy.VOLUNTEERS: 1,
        SolvedBy.STAFF: 1,
        SolvedBy.ITSELF: 1,
        SolvedBy.NOBODY: 1,
    }
    assert (figures.questions, figures.left, figures.told, figures.unreachable, figures.reopened) == (6, 1, 3, 1, 1)
    assert figures.peak == 25


def test_the_clock_runs_from_the_beginning_not_from_the_alert() -> None:
    after = {one.step: one.after for one in storm_figures(record()).milestones}
    minutes = {Step.BEGAN: 0, Step.ALERTED: 3, Step.ACKNOWLEDGED: 8, Step.CONFIRMED: 10, Step.TOLD: 20}
    minutes |= {Step.CALLED: 15, Step.ANSWERED: 30, Step.RESOLVED: 120}
    assert after == {step: timedelta(minutes=value) for step, value in minutes.items()}


def test_what_never_happened_has_no_time() -> None:
    by_hand = record(
        incident=incident(decided_at=None, resolved_at=None), alerts=[], statement_at=None, muster=MusterCount()
    )
    times = {one.step: one.after for one in storm_figures(by_hand).milestones}
    assert times.pop(Step.BEGAN) == timedelta(0)
    assert times.pop(Step.ANSWERED) == timedelta(minutes=31)  # a volunteer answered without being called
    assert set(times.values()) == {None}


def test_waiting_ends_with_the_first_answer_whoever_gave_it() -> None:
    figures = storm_figures(record())
    assert [wait.total_seconds() / 60 for wait in figures.waits] == [20, 30, 30, 120]
    assert figures.unanswered == 2
    assert figures.wait(0.5) == timedelta(minutes=30)
    assert figures.wait(1) == timedelta(minutes=120)
    assert storm_figures(record(questions=())).wait(0.5) is None


def test_what_it_saved_is_what_staff_did_not_have_to_answer() -> None:
    figures = storm_figures(record())
    assert (figures.saved_minutes, figures.spent_minutes) == (18, 6)
    assert figures.money(figures.saved_minutes) == 15


@given(st.timedeltas(timedelta(seconds=1), timedelta(days=60)))
def test_a_picture_never_has_too_many_spans(length: timedelta) -> None:
    step = step_for(length)
    assert step in STEPS
    assert length / step <= 120


def test_the_picture_shows_what_was_around_the_storm_and_nothing_of_the_future() -> None:
    since, until = window_of(incident(), [ALERT], at(500))
    assert (since, until) == (at(-60), at(180))
    assert window_of(incident(resolved_at=None), [], at(30))[1] == at(30)
