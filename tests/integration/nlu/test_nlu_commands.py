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


def test_read_explains_itself_in_words(data: Path) -> None:
    result = CliRunner().invoke(
        nlu, ["read", "wo ist mein tablet? ruf an 0176 1234567", "--train", str(data), "--explain"]
    )
    assert result.exit_code == 0, result.stderr
    assert "“wo ist mein tablet? ruf an [Telefon]”" in result.stdout
    assert "Nearest examples" in result.stdout
    assert "Decision: " in result.stdout
    assert "1234567" not in result.stdout


def test_read_explains_itself_to_machines_beside_the_contract(data: Path) -> None:
    arguments = ["read", "-", "--train", str(data), "--explain", "--json"]
    result = CliRunner().invoke(nlu, arguments, input="wo ist tablet\nrouter kaputt\n")
    assert result.exit_code == 0, result.stderr
    first, _second = (json.loads(line) for line in result.stdout.splitlines())
    assert set(first) >= READING
    told = first["explanation"]
    assert told["best"]["intent"] == "where"
    assert {"without", "features", "nearest", "heads", "doubts", "rules"} <= set(told)


def test_evaluate_writes_a_report_in_the_language_asked_for(data: Path, tmp_path: Path) -> None:
    arguments = [
        "evaluate",
        "--train",
        str(data),
        "--test",
        str(data),
        "--report",
        str(tmp_path / "new"),
        "--locale",
        "de",
    ]
    result = CliRunner().invoke(nlu, [*arguments, "--json"])
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["language_accuracy"] is not None
    page = (tmp_path / "new" / "index.html").read_text(encoding="utf-8")
    assert "Wie gut Nachrichten gelesen werden" in page
    assert (tmp_path / "new" / "confusion.png").stat().st_size > 3_000


def test_a_report_that_cannot_be_written_ends_with_one_line(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    arguments = ["evaluate", "--train", str(data), "--test", str(data), "--report", str(tmp_path / "file")]
    result = CliRunner().invoke(nlu, arguments)
    assert result.exit_code == 1
    assert "cannot be written there" in result.stderr
    assert "Traceback" not in result.stderr


def test_check_of_files_with_errors_ends_with_one_and_names_places(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "de" / "nlu.yml"
    path.parent.mkdir()
    path.write_text(
        "nlu:\n- intent: refund\n  examples: |\n    - geld zurück\n"
        "- intent: returns\n  examples: |\n    - Geld zurück!\n"
    )
    result = CliRunner().invoke(nlu, ["check", str(path)])
    assert result.exit_code == 1, result.stderr
    assert "error: contradiction (1)" in result.stdout
    assert f"{path}:4" in result.stdout
    assert f"{path}:7" in result.stdout


def test_check_of_files_with_warnings_only_ends_with_zero(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text("nlu:\n- intent: a\n  examples: |\n    - geld zurück\n- intent: b\n  examples: |\n    - retoure\n")
    result = CliRunner().invoke(nlu, ["check", str(path), "--no-policy", "--json"])
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert (found["examples"], found["intents"], found["errors"]) == (2, 2, 0)
    assert {finding["kind"] for finding in found["findings"]} == {"thin_intent"}
    assert found["warnings"] == 2


def test_our_own_files_hold_nothing_that_must_be_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZURUF_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(nlu, ["check", "--json", "--no-near"])
    errors = [finding for finding in json.loads(result.stdout)["findings"] if finding["severity"] == "error"]
    assert not errors
    assert result.exit_code == 0
