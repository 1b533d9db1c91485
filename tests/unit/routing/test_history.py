"""What a history may hold, and how its mistakes are named."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import SettingsInvalid
from routing.history import Answered, Asked, parse_history

QUESTION = {
    "type": "question", "id": "1", "at": "2026-03-02T12:00:00Z", "author": "mia", "title": "Router",
    "text": "Red light", "tags": ["router", "led"],
}  # fmt: skip
ANSWER = {
    "type": "answer", "id": "2", "question": "1", "at": "2026-03-02T12:30:00Z", "author": "vera", "text": "Restart it",
    "score": 3, "accepted": True,
}  # fmt: skip


def lines(*events: Any) -> list[bytes]:
    """A file's lines."""
    return [json.dumps(event).encode() + b"\n" for event in events]


def refusal(*events: Any, raw: bytes | None = None) -> str:
    """What is said about a file with a mistake in it."""
    with pytest.raises(SettingsInvalid) as refused:
        parse_history([*lines(*events), *([raw] if raw is not None else [])], "h.jsonl")
    said = str(refused.value)
    assert "\n" not in said
    return said


def test_questions_and_answers_are_read() -> None:
    history = parse_history([*lines(QUESTION), b"\n", *lines(ANSWER)], "h.jsonl")
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert history.events == (
        Asked("1", noon, "mia", "Router", "Red light", ("router", "led")),
        Answered("2", "1", noon.replace(minute=30), "vera", len("Restart it"), 3.0, True),
    )
    assert history.left_out == 0


def test_ids_may_be_numbers_and_authors_unknown() -> None:
    history = parse_history(
        lines(QUESTION | {"id": 1, "author": None}, ANSWER | {"question": 1, "author": 7, "score": None}), "h.jsonl"
    )
    question, answer = history.events
    assert isinstance(question, Asked)
    assert isinstance(answer, Answered)
    assert (question.id, question.author) == ("1", None)
    assert (answer.question, answer.author, answer.score) == ("1", "7", 0.0)


def test_answers_to_questions_that_are_not_there_are_left_out() -> None:
    history = parse_history(lines(QUESTION, ANSWER, ANSWER | {"id": "3", "question": "99"}), "h.jsonl")
    assert [event.id for event in history.events] == ["1", "2"]
    assert history.left_out == 1


@pytest.mark.parametrize("key", ["id", "at", "author", "title", "text", "tags"])
def test_a_missing_key_of_a_question_is_named(key: str) -> None:
    broken = {name: value for name, value in QUESTION.items() if name != key}
    assert refusal(broken) == f'h.jsonl:1: has no "{key}"; add it'


@pytest.mark.parametrize("key", ["id", "question", "at", "author", "text", "score", "accepted"])
def test_a_missing_key_of_an_answer_is_named(key: str) -> None:
    broken = {name: value for name, value in ANSWER.items() if name != key}
    assert refusal(QUESTION, broken) == f'h.jsonl:2: has no "{key}"; add it'


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (ANSWER | {"at": "2026-03-02T11:59:59Z"}, "before the line above; sort the events by time"),
        (ANSWER | {"at": "2026-03-02T12:30:00"}, "write the time with its offset"),
        (ANSWER | {"at": 1772452800}, "write the time with its offset"),
        (ANSWER | {"at": "0001-01-01T00:00:00+23:59"}, "write a year from 1971 to 9998"),
        (ANSWER | {"at": "yesterday"}, "write the time with its offset"),
        (ANSWER | {"score": "3"}, '"score" is "3"; write a number'),
        (ANSWER | {"score": True}, '"score" is true; write a number'),
        (ANSWER | {"score": float("nan")}, '"score" is NaN; write a number'),
        (ANSWER | {"accepted": "yes"}, "write true or false"),
        (ANSWER | {"id": [1]}, '"id" is [1]; write an id'),
        (ANSWER | {"author": {}}, '"author" is {}; write an id'),
        (ANSWER | {"text": None}, '"text" is null; write a text'),
        (ANSWER | {"type": "comment"}, '"type" is "comment"; write "question" or "answer"'),
        (QUESTION, 'question "1" is there twice'),
        (QUESTION | {"id": "5", "tags": "router"}, '"tags" is "router"; write a list of texts'),
        ([1, 2], "is no JSON object"),
        ("x" * 5000, "is no JSON object"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_the_mend(event: Any, said: str) -> None:
    refused = refusal(QUESTION, event)
    assert refused.startswith("h.jsonl:2: ")
    assert said in refused
    assert len(refused) < 200


def test_an_answer_that_is_there_twice_is_named() -> None:
    assert refusal(QUESTION, ANSWER, ANSWER).startswith('h.jsonl:3: answer "2" is there twice')


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"type": "question"', "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"type": "question", "id": ' + b"9" * 5000 + b"}", "is not JSON"),
        (b'{"type": "\xff\xfe"}', "is not UTF-8"),
    ],
)
def test_lines_that_are_no_json_are_named(raw: bytes, said: str) -> None:
    assert refusal(QUESTION, raw=raw).startswith(f"h.jsonl:2: {said}")


def test_scores_beyond_all_measure_are_held_down() -> None:
    history = parse_history(lines(QUESTION, ANSWER | {"score": 10**400}), "h.jsonl")
    answer = history.events[1]
    assert isinstance(answer, Answered)
    assert answer.score == 1e6


def test_a_file_without_questions_is_refused() -> None:
    assert (
        refusal()
        == refusal(ANSWER)
        == 'h.jsonl: no question in it; write {"type": "question", "id": ..., "at": ..., ...} first, one event a line'
    )


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(ANSWER)), JUNK, st.sampled_from(sorted(QUESTION)), JUNK)
def test_whatever_stands_there_is_read_or_refused_in_one_line(key: str, value: Any, other: str, junk: Any) -> None:
    said = ""
    try:
        parse_history(lines(QUESTION, QUESTION | {"id": "q", other: junk}, ANSWER | {key: value}), "h.jsonl")
    except SettingsInvalid as error:
        said = str(error)
    assert "\n" not in said
