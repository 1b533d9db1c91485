"""Entrance tests as coordinators write them, and what passes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.application import TRANSITIONS, ApplicationState, ApplicationTrigger, after
from desk.entrance_test import (
    EntranceTest,
    Question,
    Sitting,
    SittingId,
    may_try_at,
    parse_questions,
    passes,
    right_answers,
    written,
)
from desk.errors import IllegalTransition, InputRejected
from desk.people import Locale, ResponderId

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
words = st.text("abcäöüß ,.?+-", max_size=12).map(lambda said: f"x{said}".strip())


@st.composite
def questions(draw: st.DrawFn) -> tuple[Question, ...]:
    made = []
    for _number in range(draw(st.integers(1, 4))):
        size = draw(st.integers(2, 4))
        text = {locale: draw(words) for locale in Locale}
        choices = tuple({locale: draw(words) for locale in Locale} for _choice in range(size))
        made.append(Question(text, choices, draw(st.integers(0, size - 1))))
    return tuple(made)


def a_test(asked: tuple[Question, ...], percent: int) -> EntranceTest:
    return EntranceTest("logistics", 1, asked, percent, timedelta(hours=24), ResponderId(1), NOW)


@settings(max_examples=40)
@given(questions())
def test_what_is_written_is_read_as_the_same(asked: tuple[Question, ...]) -> None:
    assert parse_questions({locale: written(asked, locale) for locale in Locale}) == asked


@settings(max_examples=40)
@given(questions(), st.integers(1, 100), st.data())
def test_enough_right_answers_pass_and_no_fewer(asked: tuple[Question, ...], percent: int, data: st.DataObject) -> None:
    test = a_test(asked, percent)
    answers = [data.draw(st.integers(0, len(one.choices) - 1)) for one in asked]
    right = right_answers(test, answers)
    assert passes(test, answers) == (right * 100 >= percent * len(asked))
    assert not passes(test, answers[:-1])
    assert passes(test, [one.right for one in asked])


def test_no_words_are_no_questions() -> None:
    assert parse_questions({}) == ()
    assert parse_questions({Locale.GERMAN: " \n\n", Locale.ENGLISH: ""}) == ()


@pytest.mark.parametrize(
    ("german", "said"),
    [
        ("+ Ja", "before the first question"),
        ("? Wo?\n+ A\n+ B", "a second right choice"),
        ("? Wo?\n- A\n- B", "no right choice"),
        ("? Wo?\n+ A", "expected 2 to 6 choices"),
        ("? Wo?\n+ A\n-", "line 3"),
        ("Wo?\n+ A\n- B", "line 1"),
        ("? " + "x" * 501 + "\n+ A\n- B", "too long"),
        ("? Wo?\n+ A\n- B\n" * 11, "at most 10"),
        ("? Wo?\n+ A\n- B\n- C", "not in the same order"),
        ("? Wo?\n- A\n+ B", "not in the same order"),
        ("", "expected 0 questions"),
    ],
)
def test_what_is_no_test_is_said_with_its_line(german: str, said: str) -> None:
    with pytest.raises(InputRejected, match=said):
        parse_questions({Locale.GERMAN: german, Locale.ENGLISH: "? Where?\n+ A\n- B"})


def test_after_failing_one_waits_and_after_passing_never() -> None:
    test = a_test((), 80)
    failed = Sitting(SittingId(1), ResponderId(2), "logistics", 1, (), NOW, NOW, passed=False)
    assert may_try_at(test, None) is None
    assert may_try_at(test, failed) == NOW + timedelta(hours=24)
    assert may_try_at(test, Sitting(SittingId(1), ResponderId(2), "logistics", 1, (), NOW)) is None


@given(st.sampled_from(ApplicationState), st.sampled_from(ApplicationTrigger))
def test_an_application_goes_only_where_the_table_says(state: ApplicationState, trigger: ApplicationTrigger) -> None:
    if (state, trigger) in TRANSITIONS:
        assert after(state, trigger) is TRANSITIONS[state, trigger]
    else:
        with pytest.raises(IllegalTransition):
            after(state, trigger)
