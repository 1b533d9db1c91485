"""`zuruf storm cluster` with the real encoder: JSON for machines, a table for people, one line for mistakes."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOLD = {
    "outage": [
        "Internet seit heute morgen weg in Köln",
        "No internet in Cologne since this morning",
        "Ist in Köln das Internet ausgefallen?",
        "internet is down in Cologne, when will it be back",
    ],
    "glass": [
        "Im Kaffee waren Glassplitter",
        "there was glass in my coffee",
        "Glas im Kaffee gefunden, ruft an: 0170 1234567",
        "pieces of glass in the coffee",
    ],
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two events, told in turn, and one message that says nothing."""
    rows = [{"at": START.isoformat(), "text": "👋"}]
    for number, pair in enumerate(zip(*TOLD.values(), strict=True)):
        for label, text in zip(TOLD, pair, strict=True):
            at = START + timedelta(minutes=number + 1)
            rows.append({"at": at.isoformat(), "text": text, "label": label})
    path = tmp_path_factory.mktemp("told") / "told.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def clustered(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["storm", "cluster", *map(str, arguments)])


def test_json_is_one_object_and_assignments_name_the_cluster_of_each_line(told: Path, tmp_path: Path) -> None:
    result = clustered(told, "--json", "--assignments", tmp_path / "out.csv")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    outage, glass, alone = found["clusters"]
    assert (outage["id"], outage["size"], glass["id"], glass["size"]) == (2, 4, 3, 4)
    assert outage["first"] == (START + timedelta(minutes=1)).isoformat()
    assert glass["example"] == TOLD["glass"][0]
    assert (alone["id"], alone["size"]) == (1, 1)
    assert [found[key] for key in ("b3_precision", "b3_recall", "b3_f1", "messages")] == [1.0, 1.0, 1.0, 9]
    assert found["messages_per_second"] > 0
    rows = list(csv.reader((tmp_path / "out.csv").read_text().splitlines()))
    assert rows == [["line", "cluster"], ["1", "1"], *([str(n), str(2 + n % 2)] for n in range(2, 10))]
    assert "9 of 9 messages clustered" in result.stderr


def test_the_table_masks_personal_data_and_says_how_late_messages_are_taken(told: Path, tmp_path: Path) -> None:
    mixed = tmp_path / "mixed.jsonl"
    lines = told.read_text(encoding="utf-8").splitlines(keepends=True)
    mixed.write_text("".join([lines[6], *lines[7:], *lines[1:6]]), encoding="utf-8")
    result = clustered(mixed)
    assert result.exit_code == 0, result.stderr
    assert "0170" not in result.stdout
    assert "B3 F1" in result.stdout
    assert "1 messages stand after a later one" in result.stderr


def test_a_wrong_file_ends_with_one_line(tmp_path: Path) -> None:
    result = clustered(tmp_path / "none.jsonl")
    assert result.exit_code == 2
    assert result.stderr.startswith("zuruf: ")
    assert "none.jsonl: cannot be read" in result.stderr
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("{}\n")
    assert "wrong.jsonl:1: " in clustered(wrong).stderr
    good = tmp_path / "good.jsonl"
    good.write_text('{"at": "2026-03-02T12:00:00Z", "text": "a"}\n')
    unwritable = clustered(good, "--assignments", tmp_path / "no" / "out.csv")
    assert (unwritable.exit_code, "cannot be written" in unwritable.stderr) == (2, True)
