"""The embedded engine trains when it must, loads when it can, and heals its cache."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desk.classifying import TextToRead
from desk.errors import SettingsInvalid
from nlu.embedded import EmbeddedClassifier
from tests.unit.nlu.test_intent_model import utterances


def written(folder: Path) -> Path:
    lines = ["nlu:"]
    for intent in sorted({u.intent for u in utterances()}):
        lines += [f"- intent: {intent}", "  examples: |"]
        lines += [f"    - {u.text}" for u in utterances() if u.intent == intent]
    path = folder / "de" / "nlu.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


async def intent_of(engine: EmbeddedClassifier, text: str) -> str:
    return (await engine.read([TextToRead(text)]))[0].intent


async def test_it_trains_once_and_loads_fast_afterwards(tmp_path: Path) -> None:
    data, cache = written(tmp_path), tmp_path / "models"
    first = await EmbeddedClassifier.load_or_train(data, cache)
    assert first.trained_seconds is not None
    began = time.process_time()
    second = await EmbeddedClassifier.load_or_train(data, cache)
    assert time.process_time() - began < 1
    assert second.trained_seconds is None
    assert second.version == first.version
    assert await intent_of(second, "wo ist tablet") == await intent_of(first, "wo ist tablet") == "where"


async def test_it_trains_again_when_files_change_or_the_cache_is_damaged(tmp_path: Path) -> None:
    data, cache = written(tmp_path), tmp_path / "models"
    first = await EmbeddedClassifier.load_or_train(data, cache)
    (stored,) = cache.iterdir()
    stored.write_bytes(b"damaged")
    healed = await EmbeddedClassifier.load_or_train(data, cache)
    assert healed.trained_seconds is not None
    assert await intent_of(healed, "paket kaputt") == "broken"
    data.write_text(data.read_text(encoding="utf-8") + "    - ganz neuer satz\n", encoding="utf-8")
    changed = await EmbeddedClassifier.load_or_train([data], cache)
    assert changed.trained_seconds is not None
    assert changed.version != first.version
    assert len(list(cache.glob("*.npz"))) == 2


async def test_it_works_where_nothing_can_be_stored(tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("no folder")
    engine = await EmbeddedClassifier.load_or_train(written(tmp_path), blocked)
    assert await intent_of(engine, "wo ist tablet") == "where"


async def test_wrong_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text("nlu: 7\n")
    with pytest.raises(SettingsInvalid, match=r"nlu\.yml:1"):
        await EmbeddedClassifier.load_or_train(tmp_path, tmp_path / "models")
    (tmp_path / "nlu.yml").write_text("nlu:\n- intent: a\n  examples: |\n    - x\n")
    with pytest.raises(SettingsInvalid, match="fewer than two intents"):
        await EmbeddedClassifier.load_or_train(tmp_path, tmp_path / "models")
