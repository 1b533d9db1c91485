"""Whoever waits long for a start is told what for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app import run
from app.settings import Settings, read_settings
from desk.errors import SettingsInvalid


@asynccontextmanager
async def never_ready(_settings: Settings) -> AsyncIterator[None]:
    await asyncio.sleep(0.01)
    raise SettingsInvalid("nothing was meant to start")
    yield


@pytest.mark.parametrize(("patience", "told"), [(0.0, True), (3600.0, False)])
async def test_a_long_start_is_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], patience: float, told: bool
) -> None:
    monkeypatch.setattr(run, "running", never_ready)
    monkeypatch.setattr(run, "_SLOW_SECONDS", patience)
    with pytest.raises(SettingsInvalid):
        await run._run(read_settings(), welcome=False)
    assert ("Still starting" in capsys.readouterr().out) is told
