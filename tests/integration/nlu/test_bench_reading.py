"""`zuruf bench read`: the same texts read by the engine and by the encoder's package alone, both counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import bench_reading
from app.bench_commands import bench
from nlu.sentence_vectors import sentence_vectors
from tests.integration.nlu.test_embedded import written

FIGURES = set(
    """messages messages_per_second floor_messages_per_second ratio latency_ms_p50 latency_ms_p99
    floor_latency_ms_p50 floor_latency_ms_p99 latency_ratio""".split()  # noqa: SIM905
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = written(tmp_path)
    monkeypatch.setenv("ZURUF_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(bench_reading, "TRAINING", made)
    return made


def test_both_sides_are_counted_in_one_run(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence_vectors()
    packaged: list[int] = []
    as_packaged = type(sentence_vectors()).as_packaged
    monkeypatch.setattr(
        type(sentence_vectors()),
        "as_packaged",
        lambda self, texts: (packaged.append(len(texts)), as_packaged(self, texts))[1],
    )
    result = CliRunner().invoke(bench, ["read", "--test", str(data), "--messages", "7", "--json"])
    assert result.exit_code == 0, result.stderr
    figures = json.loads(result.stdout)
    assert set(figures) == FIGURES
    assert figures["messages"] == 7
    assert figures["ratio"] == pytest.approx(figures["messages_per_second"] / figures["floor_messages_per_second"])
    assert figures["latency_ratio"] == pytest.approx(figures["latency_ms_p50"] / figures["floor_latency_ms_p50"])
    assert 0 < figures["latency_ms_p50"] <= figures["latency_ms_p99"]
    assert packaged == [7] * (3 + 5) + [1] * 7, "warmed up, five rounds of batches, then each text alone"


def test_it_prints_a_table_for_people(data: Path) -> None:
    result = CliRunner().invoke(bench, ["read", "--test", str(data), "--messages", "3"])
    assert result.exit_code == 0, result.stderr
    assert {line.split()[0] for line in result.stdout.splitlines()} == FIGURES


def test_a_file_without_texts_is_named(data: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.yml"
    empty.write_text('version: "3.1"\nnlu: []\n', encoding="utf-8")
    result = CliRunner().invoke(bench, ["read", "--test", str(empty)])
    assert result.exit_code == 2
    assert str(empty) in result.stderr
    assert "Traceback" not in result.stderr
