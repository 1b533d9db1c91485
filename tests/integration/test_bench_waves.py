"""`zuruf bench waves` on a small roster: everything it generates fits the schema, and waves come of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import bench_waves
from app.settings import read_settings
from db.embedded import EmbeddedServer


async def test_waves_are_chosen_among_a_generated_roster(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZURUF_DATABASE_URL", server.url)
    monkeypatch.setenv("ZURUF_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(bench_waves, "WARM_UP", 2)
    monkeypatch.setattr(bench_waves, "DECISIONS", 10)
    figures = await bench_waves.bench_waves(read_settings(), volunteers=400, open_tickets=40)
    assert (figures.volunteers, figures.open_tickets, figures.decisions) == (400, 40, 10)
    assert 0 < figures.latency_ms_p50 <= figures.latency_ms_p99
    assert figures.looked_at > 5
    assert figures.asked >= 1
    assert {"latency_ms_p50", "latency_ms_p99", "decisions_per_second"} <= set(figures.as_dict())
