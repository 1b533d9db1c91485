"""What is measured when a history is replayed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.answer_record import Floats, Signs
from routing.history import Answered, Asked, History
from routing.ranking import Learner
from routing.replay import Replay, gini, true_answerers

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
Given = tuple[str | None, float, bool]


def history(*questions: tuple[str | None, list[Given]]) -> History:
    """One question an hour: who asks, and the answers (who, score, accepted) a minute apart."""
    events: list[Asked | Answered] = []
    for number, (asker, answers) in enumerate(questions):
        at = NOON + number * HOUR
        events.append(Asked(f"q{number}", at, asker, "", "", ()))
        for place, (who, score, accepted) in enumerate(answers):
            later = at + timedelta(minutes=place + 1)
            events.append(Answered(f"q{number}.{place}", f"q{number}", later, who, 400, score, accepted))
    return History(tuple(events), 0)


def by(*who: str | None) -> list[Given]:
    return [(one, 1.0, False) for one in who]


def replay(of: History) -> Replay:
    return Replay(of, np.ones((len(of.questions), 2)), Learner())


def test_the_true_answerer_is_the_accepted_else_the_best_scored_else_the_first() -> None:
    told = history(
        ("a", [("x", 9, False), ("y", 1, True)]),
        ("a", [("x", 1, False), ("y", 2, False)]),
        ("a", [("x", 1, False), ("y", 1, False)]),
        ("a", [(None, 3, True), ("x", 1, False)]),
        ("a", []),
    )
    assert true_answerers(told) == {"q0": "y", "q1": "y", "q2": "x", "q3": None}


def test_who_always_answers_is_found_at_once() -> None:
    figures = replay(history(*[(f"new{n}", by("vera")) for n in range(20)])).run()
    assert (figures.questions, figures.questions_known) == (13, 13)
    assert figures.mrr == figures.success_at_1 == figures.success_at_5 == figures.success_at_5_all == 1.0


def test_only_questions_after_the_first_third_and_a_bit_are_measured() -> None:
    walk = replay(history(*[(f"new{n}", by("vera")) for n in range(100)]))
    assert walk.run().questions == 65


def test_newcomers_count_among_all_and_not_among_the_known() -> None:
    told = history(*[("mia", by("vera")) for _ in range(10)], *[("mia", by(f"new{n}")) for n in range(5)])
    figures = replay(told).run()
    assert (figures.questions, figures.questions_known) == (10, 5)
    assert figures.mrr == 1.0
    assert figures.success_at_5_all == 0.5


def test_from_the_fourth_answer_on_somebody_is_known() -> None:
    told = history(*[("mia", by("x")) for _ in range(10)], *[("mia", by("late")) for _ in range(5)])
    walk = replay(told)
    known = []
    for event in told.events:
        walk.step(event)
        known.append(walk.figures().questions_known)
    figures = walk.figures()
    assert figures.questions - figures.questions_known == 3


def test_nobody_is_measured_by_answering_themselves_and_unknown_people_are_left_out() -> None:
    told = history(*[("vera", by("vera")) for _ in range(10)], *[("mia", by(None)) for _ in range(5)])
    figures = replay(told).run()
    assert figures.questions == figures.questions_known == 0
    assert figures.mrr is None
    assert figures.success_at_1 is None
    assert figures.success_at_5_all is None
    assert figures.gini_of_offers is None


def test_offers_that_fall_on_the_same_five_of_ten_have_a_gini_of_a_half() -> None:
    often, seldom = [f"often{n}" for n in range(5)], [f"seldom{n}" for n in range(5)]
    told = history(
        *[("mia", by(*seldom)) for _ in range(3)],
        *[(None, by(*often)) for _ in range(60)],
    )
    figures = replay(told).run()
    assert figures.success_at_5 == 1.0
    assert figures.gini_of_offers == pytest.approx(0.5)


def test_a_history_without_answers_is_no_mistake() -> None:
    figures = replay(history(("mia", []), ("mia", []))).run()
    assert (figures.questions, figures.mrr) == (0, None)


def test_at_each_question_the_watch_sees_only_what_was_before() -> None:
    seen: list[int] = []

    def watch(question: Asked, signs: Signs, weights: Floats) -> None:
        seen.append(int(signs.answers.sum()))

    told = history(("a", by("x", "y")), ("b", by("x")), ("c", by("x")))
    Replay(told, np.ones((3, 2)), Learner(), watch).run()
    assert seen == [0, 2, 3]


def test_progress_is_told_question_by_question() -> None:
    told: list[int] = []
    replay(history(("a", by("x")), ("b", []), ("c", by("x")))).run(told.append)
    assert told == [1, 2, 3]


@pytest.mark.parametrize(
    ("counts", "expected"), [([], None), ([0, 0], None), ([4, 4, 4], 0.0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25)]
)
def test_gini_of_plain_cases(counts: list[int], expected: float | None) -> None:
    assert gini(counts) == (None if expected is None else pytest.approx(expected))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=12).filter(any))
def test_gini_is_half_the_mean_difference_over_the_mean(counts: list[int]) -> None:
    pairs = [abs(one - other) for one in counts for other in counts]
    expected = sum(pairs) / len(pairs) / 2 / (sum(counts) / len(counts))
    assert gini(counts) == pytest.approx(expected, abs=1e-9)
