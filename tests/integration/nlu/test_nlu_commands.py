"""`zuruf nlu`: JSON for machines, a table for people, one line for mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.nlu_commands import nlu
from tests.integration.nlu.test_embedded import written

KEYS = set(
    """accuracy macro_f1 oos_recall oos_precision ece train_seconds latency_ms_p50 latency_ms_p99
    messages_per_second""".split()  # noqa: SIM905
)
READING = set(
    """language intent confidence runners_up also entities sentiment urgency wants_human out_of_scope personal_data
    masked engine decision""".split()  # noqa: SIM905
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Training files and the model made of them, for all tests here."""
    return tmp_path_factory.mktemp("commands")


@pytest.fixture
def data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZURUF_DATA_DIR", str(folder / "data"))
    monkeypatch.delenv("ZURUF_RASA_URL", raising=False)
    return written(folder)


def test_evaluate_prints_one_json_object_and_nothing_else(data: Path) -> None:
    result = CliRunner().invoke(nlu, ["evaluate", "--train", str(data), "--test", str(data), "--json"])
    assert result.exit_code == 0, result.stderr
    figures = json.loads(result.stdout)
    assert set(figures) >= KEYS
    assert figures["accuracy"] > 0.9
    assert "Trained in" in result.stderr


def test_evaluate_prints_a_table_for_people(data: Path) -> None:
    result = CliRunner().invoke(nlu, ["evaluate", "--train", str(data), "--test", str(data)])
    assert "accuracy in scope" in result.stdout
    assert all(intent in result.stdout for intent in ("cancel", "where", "broken"))


def test_read_tells_all_of_the_contract_and_the_decision(data: Path) -> None:
    result = CliRunner().invoke(nlu, ["read", "wo ist tablet? ruf an 0176 1234567", "--train", str(data)])
    assert result.exit_code == 0, result.stderr
    reading = json.loads(result.stdout)
    assert set(reading) >= READING
    assert (reading["intent"], reading["language"], reading["engine"]) == ("where", "de", "embedded")
    assert reading["masked"] == "wo ist tablet? ruf an [Telefon]"
    assert reading["personal_data"] == [{"start": 22, "end": 34, "kind": "phone"}]
    assert set(reading["decision"]) == {"lane", "unit", "priority", "reasons"}
    assert all(isinstance(reason, str) for reason in reading["decision"]["reasons"])


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        ([], b"wo ist tablet\n\n\xff\xfe\nrouter kaputt\r\n"),
        (["--jsonl"], b'{"text": "wo ist tablet"}\n{"text": ""}\n{"text": "?"}\n{"text": "router kaputt", "id": 1}\n'),
    ],
)
def test_read_takes_one_message_a_line(data: Path, options: list[str], lines: bytes) -> None:
    result = CliRunner().invoke(nlu, ["read", "-", "--train", str(data), *options], input=lines)
    assert result.exit_code == 0, result.stderr
    intents = [json.loads(line)["intent"] for line in result.stdout.splitlines()]
    assert len(intents) == 4
    assert (intents[0], intents[3]) == ("where", "broken")


@pytest.mark.parametrize("line", ["{", "[]", '{"txt": "x"}', '{"text": 7}', "[" * 100_000])
def test_a_wrong_line_is_named(data: Path, line: str) -> None:
    result = CliRunner().invoke(
        nlu, ["read", "-", "--jsonl", "--train", str(data)], input='{"text": "a"}\n' + line + "\n"
    )
    assert result.exit_code == 2
    assert "line 2" in result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_files_end_with_one_line_and_status_two(data: Path, tmp_path: Path) -> None:
    for arguments in (
        ["evaluate", "--train", str(tmp_path / "none.yml"), "--test", str(data)],
        ["read", "x", "--train", str(tmp_path / "none.yml")],
    ):
        result = CliRunner().invoke(nlu, arguments)
        assert result.exit_code == 2
        assert "none.yml: no such training file" in result.stderr
        assert "Traceback" not in result.stderr
