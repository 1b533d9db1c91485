"""`zuruf routing evaluate`: JSON for machines, a table for people, one line for mistakes, and no long wait."""

from __future__ import annotations

import json
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main

KEYS = ["mrr", "success_at_1", "success_at_5", "success_at_5_all", "questions", "questions_known", "gini_of_offers"]
TOPICS = {
    "router": ("vera", "The router blinks red and has no connection"),
    "invoice": ("viktor", "There is a charge on my invoice that I do not understand"),
    "returns": ("yusuf", "I want to send the shoes back, where is the label"),
}
START = datetime(2026, 3, 2, 12, tzinfo=UTC)


def written(path: Path, questions: int, people: int = 0) -> Path:
    """A history in which each topic has its volunteer; with `people`, others answer as well, seldom."""
    chance = random.Random(4)
    rows: list[dict[str, object]] = []
    for number in range(questions):
        tag, (who, text) = chance.choice(list(TOPICS.items()))
        at = START + timedelta(minutes=40 * number)
        question = {"type": "question", "id": f"q{number}", "at": at.isoformat(), "author": f"asker{number % 97}"}
        rows.append(question | {"title": tag, "text": text, "tags": [tag]})
        answerers = [who, *(f"other{chance.randrange(people)}" for _ in range(2) if people)]
        for place, one in enumerate(answerers):
            later = (at + timedelta(minutes=place + 5)).isoformat()
            answer = {"type": "answer", "id": f"a{number}.{place}", "question": f"q{number}", "at": later}
            rows.append(answer | {"author": one, "text": "Try this. " * 20, "score": 3 - place, "accepted": not place})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def evaluated(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["routing", "evaluate", *map(str, arguments)])


def test_json_is_one_object_with_the_figures_and_nothing_else(tmp_path: Path) -> None:
    result = evaluated(written(tmp_path / "h.jsonl", 120), "--json")
    assert result.exit_code == 0, result.stderr
    figures = json.loads(result.stdout)
    assert list(figures) == KEYS
    assert figures["questions"] == figures["questions_known"] == 78
    assert figures["success_at_5_all"] == figures["success_at_5"] == 1.0
    assert "120 of 120 questions replayed" in result.stderr


def test_the_table_names_each_figure_and_why_says_what_speaks_for_whom(tmp_path: Path) -> None:
    path = written(tmp_path / "h.jsonl", 120)
    result = evaluated(path, "--why", "q119")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    mrr = json.loads(evaluated(path, "--json").stdout)["mrr"]
    assert lines[0].split() == ["mean", "reciprocal", "rank", f"{mrr:.3f}"]
    asked = lines[len(KEYS) :]
    assert len(asked) == 5
    assert asked[0].split(":")[0] in {who for who, _text in TOPICS.values()}
    assert "active lately +" in asked[0]


def test_each_topic_goes_to_who_answers_it(tmp_path: Path) -> None:
    """Three are equally active: the text and the tags must decide."""
    figures = json.loads(evaluated(written(tmp_path / "h.jsonl", 300), "--json").stdout)
    assert figures["success_at_1"] > 0.5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no question in it"),
        (b"{}\n", ':1: "type" is null; write "question" or "answer"'),
        (b"not json\n", ':1: is not JSON; write {"type": "question"'),
        (b"\xff\n", ":1: is not UTF-8"),
    ],
)
def test_a_wrong_file_ends_with_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "h.jsonl"
    path.write_bytes(content)
    result = evaluated(path)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"zuruf: {path}")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_no_file_and_no_such_question_are_named(tmp_path: Path) -> None:
    missing, folder = evaluated(tmp_path / "none.jsonl"), evaluated(tmp_path)
    for result in (missing, folder):
        assert result.exit_code == 2
        assert "cannot be read" in result.stderr
    unknown = evaluated(written(tmp_path / "h.jsonl", 3), "--why", "q9")
    assert unknown.exit_code == 2
    assert "no question 'q9'" in unknown.stderr


def test_too_little_to_measure_is_null_and_a_dash(tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    path.write_text(
        '{"type": "question", "id": 1, "at": "2026-03-02T12:00:00Z", "author": 1, "title": "", "text": "",'
        ' "tags": []}\n'
        '{"type": "answer", "id": 1, "question": 7, "at": "2026-03-02T12:00:00Z", "author": 1, "text": "", "score": 0,'
        ' "accepted": false}\n'
    )
    result = evaluated(path, "--json")
    assert json.loads(result.stdout)["mrr"] is None
    assert "1 answers left out" in result.stderr
    assert evaluated(path).stdout.splitlines()[0].endswith(" -")


def test_six_thousand_events_are_replayed_in_less_than_a_minute(tmp_path: Path) -> None:
    path = written(tmp_path / "h.jsonl", 1500, people=1000)
    began = time.perf_counter()
    result = evaluated(path, "--json")
    assert result.exit_code == 0, result.stderr
    assert time.perf_counter() - began < 60
    assert json.loads(result.stdout)["questions"] == 975
    assert "500 of 1500 questions replayed" in result.stderr
