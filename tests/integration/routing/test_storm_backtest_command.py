"""`zuruf storm backtest`: JSON for machines, a table for people, scores a row, one line for mistakes."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main

START = datetime(2026, 3, 2, tzinfo=UTC)
QUIET_DAYS = 9


def replayed(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["storm", "backtest", *map(str, arguments)])


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine quiet days, a message every six minutes, then an hour of outage."""
    rows = [
        {"at": (START + timedelta(minutes=6 * number)).isoformat(), "topic": "login", "negative": number % 5 == 0}
        for number in range(QUIET_DAYS * 240)
    ]
    begun = START + timedelta(days=QUIET_DAYS)
    rows += [
        {
            "at": (begun + timedelta(minutes=number)).isoformat(),
            "topic": "outage",
            "negative": True,
            "contact": f"c{number}",
        }
        for number in range(60)
    ]
    path = tmp_path_factory.mktemp("made") / "m.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_json_is_one_object_with_one_alert_a_storm(messages: Path, tmp_path: Path) -> None:
    result = replayed(messages, "--json", "--scores", tmp_path / "s.csv", "--timezone", "Europe/Berlin")
    assert result.exit_code == 0, result.stderr
    figures = json.loads(result.stdout)
    (alert,) = figures["alerts"]
    assert {"start", "end", "level", "topic", "peak", "reasons"} <= set(alert)
    assert (alert["topic"], alert["level"], alert["end"]) == ("outage", "storm", None)
    delay = datetime.fromisoformat(alert["start"]) - START - timedelta(days=QUIET_DAYS)
    assert timedelta() < delay < timedelta(minutes=15)
    assert "people wrote something negative on “outage”" in alert["reasons"][0]
    assert figures["updates_per_second"] > 1000
    with (tmp_path / "s.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == figures["updates"] == QUIET_DAYS * 240 + 60
    assert list(rows[0]) == ["timestamp", "value", "anomaly_score", "level"]
    assert all(0 <= float(row["anomaly_score"]) <= 1 for row in rows)
    assert (rows[0]["level"], rows[-1]["level"]) == ("calm", "storm")
    assert float(rows[-1]["anomaly_score"]) > 0.5


def test_the_table_says_why_and_a_lower_budget_warns_later(messages: Path) -> None:
    result = replayed(messages)
    assert result.exit_code == 0, result.stderr
    assert "1 alerts, 2220 updates" in result.stdout
    assert "to now  outage  peak" in result.stdout
    strict = replayed(messages, "--json", "--false-alarms", "0.001")
    assert (
        json.loads(strict.stdout)["alerts"][0]["start"]
        > json.loads(replayed(messages, "--json").stdout)["alerts"][0]["start"]
    )


def test_a_series_keeps_its_own_timestamps(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    rows = [
        f"2026-03-{2 + hour // 24:02} {hour % 24:02}:00:00,{100 + hour * 7 % 5 + 900 * (hour > 600)}"
        for hour in range(610)
    ]
    path.write_text("timestamp,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    result = replayed(path, "--json", "--scores", tmp_path / "s.csv")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["alerts"][-1]["start"] == "2026-03-27T01:00:00+00:00"
    with (tmp_path / "s.csv").open(encoding="utf-8") as lines:
        scores = list(csv.DictReader(lines))
    assert scores[601]["timestamp"] == "2026-03-27 01:00:00"
    assert max(scores, key=lambda row: float(row["anomaly_score"])) is scores[601]


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        (b"", (), "is neither JSON nor the head"),
        (b"timestamp,value\n", (), "no record in it"),
        (b'{"at": "2026-01-01T00:00:00Z", "topic": "a", "negative": true}\n{"at"', (), ":2: is not JSON"),
        (b"timestamp,value\n2026-01-01,\xff\n", (), "is not UTF-8"),
        (b"timestamp,value\n2026-01-01,1\n", ("--timezone", "Mars/Base"), "no such zone"),
        (b"timestamp,value\n2026-01-01,1\n", ("--false-alarms", "0"), "write a number above 0"),
        (None, (), "cannot be opened"),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, content: bytes | None, arguments: tuple[str, ...], said: str) -> None:
    path = tmp_path / "f"
    if content is not None:
        path.write_bytes(content)
    result = replayed(path, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
