"""`zuruf bench capture`, small: what it writes and empties fits the schema, and both sides are measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bench_capture import bench_capture
from app.settings import read_settings
from db.embedded import EmbeddedServer


async def test_capture_is_measured_against_its_floor(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZURUF_DATABASE_URL", server.url)
    monkeypatch.setenv("ZURUF_DATA_DIR", str(tmp_path))
    figures = await bench_capture(read_settings(), messages=60, concurrency=4)
    assert figures.messages_per_second > 0
    assert figures.floor_messages_per_second > 0
    assert 0 < figures.latency_ms_p50 <= figures.latency_ms_p99
