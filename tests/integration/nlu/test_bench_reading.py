"""`zuruf bench read`: the same texts read by the engine and by the encoder's package alone, both counted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import bench_reading
from app.bench_commands import bench
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


def test_both_sides_are_counted_in_one_run(data: Path) -> None:
    result = CliRunner().invoke(bench, ["read", "--test", str(data), "--messages", "30", "--json"])
    assert result.exit_code == 0, result.stderr
    figures = json.loads(result.stdout)
    assert set(figures) == FIGURES
    assert figures["messages"] == 30
    assert 0 < figures["latency_ms_p50"] <= figures["latency_ms_p99"]


class Clock:
    """A clock that only moves when somebody works."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now

    def working(self, seconds: float) -> bench_reading.Side:
        """Who needs so long for each text."""

        def work(texts: Sequence[str]) -> None:
            self.now += seconds * len(texts)

        return work


@pytest.mark.parametrize(("reading", "floor"), [(0.004, 0.001), (0.001, 0.004)])
def test_the_ratio_is_of_the_reading_to_the_floor(
    monkeypatch: pytest.MonkeyPatch, reading: float, floor: float
) -> None:
    clock = Clock()
    monkeypatch.setattr(bench_reading, "time", clock)
    found = bench_reading.measured([str(number) for number in range(300)], clock.working(reading), clock.working(floor))
    assert found.messages_per_second == pytest.approx(1 / reading)
    assert found.floor_messages_per_second == pytest.approx(1 / floor)
    assert found.ratio == pytest.approx(floor / reading)
    assert found.latency_ms_p50 == pytest.approx(reading * 1000)
    assert found.floor_latency_ms_p99 == pytest.approx(floor * 1000)
    assert found.latency_ratio == pytest.approx(reading / floor)


def test_no_text_is_read_twice_by_a_side() -> None:
    read: list[str] = []
    floor: list[str] = []

    def noting(into: list[str]) -> bench_reading.Side:
        def note(texts: Sequence[str]) -> None:
            into.extend(texts)

        return note

    texts = [str(number) for number in range(200)]
    bench_reading.measured(texts, noting(read), noting(floor), warm_up=["warm", "up"])
    assert read == floor
    assert sorted(read) == sorted([*texts, "warm", "up"])
    assert read[:2] == ["warm", "up"]


def test_it_prints_a_table_for_people(data: Path) -> None:
    result = CliRunner().invoke(bench, ["read", "--test", str(data), "--messages", "9"])
    assert result.exit_code == 0, result.stderr
    assert {line.split()[0] for line in result.stdout.splitlines()} == FIGURES


def test_a_file_without_texts_is_named(data: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.yml"
    empty.write_text('version: "3.1"\nnlu: []\n', encoding="utf-8")
    result = CliRunner().invoke(bench, ["read", "--test", str(empty)])
    assert result.exit_code == 2
    assert str(empty) in result.stderr
    assert "Traceback" not in result.stderr
