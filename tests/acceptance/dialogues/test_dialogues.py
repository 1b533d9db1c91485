"""Whole dialogues, word for word, as people read them in their own language."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.store import PostgresStore
from tests.acceptance.dialogues.play import Play
from tests.integration.journeys.care import Care

HERE = Path(__file__).parent
POLICY = HERE.parents[2] / "routing" / "policy.yml"


@pytest.fixture
def care(store: PostgresStore) -> Care:
    """The desk, with the policy that is shipped."""
    return Care(store, POLICY.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda path: path.stem)
async def test_it_goes_as_it_is_written(care: Care, path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    played = await Play(care).played(script)
    assert played.splitlines() == script.splitlines()


def test_there_is_a_dialogue_for_every_journey() -> None:
    assert len(list(HERE.glob("*.txt"))) >= 5
