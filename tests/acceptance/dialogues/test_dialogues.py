"""Whole dialogues, word for word, as people read them in their own language."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from db.store import PostgresStore
from tests.acceptance.dialogues.play import Play
from tests.integration.journeys.care import Care

HERE = Path(__file__).parent
POLICY = (HERE.parents[2] / "routing" / "policy.yml").read_text(encoding="utf-8")


@pytest.fixture
def care(store: PostgresStore) -> Care:
    """The desk, with the policy that is shipped."""
    return Care(store, POLICY)


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.txt")))
async def test_it_goes_as_it_is_written(care: Care, name: str) -> None:
    """When a text changed on purpose: ZURUF_REWRITE_DIALOGUES=1 writes the dialogues anew. Then read them."""
    written = (HERE / name).read_text(encoding="utf-8")
    played = await Play(care).played(written)
    if played != written and os.environ.get("ZURUF_REWRITE_DIALOGUES"):
        (HERE / name).write_text(played, encoding="utf-8")
    assert played.splitlines() == written.splitlines()


def test_there_are_dialogues_of_contacts_volunteers_and_staff_in_both_languages() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("*.txt"))
    for words in (
        "joins as volunteer",
        "joins as agent",
        "klara>",
        "kate>",
        "joins as agent, de",
        "joins as agent, en",
    ):
        assert words in told
