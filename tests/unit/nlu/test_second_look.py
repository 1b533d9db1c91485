"""What a reviewer is told to look at twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.conversation import MessageId
from desk.learning import Correction, CorrectionId, CorrectionSource, CorrectionState, Doubt, Suspicion
from nlu.second_look import SecondLookAtTexts

FILE = """
nlu:
- intent: refund
  examples: |
    - ich möchte mein geld zurück haben
    - wann kommt meine erstattung endlich an
- intent: invoice
  examples: |
    - ich brauche eine kopie meiner rechnung
"""


def said(number: int, text: str, intent: str) -> Correction:
    return Correction(
        CorrectionId(number), MessageId(number), "Z-1001", CorrectionSource.STAFF, text, "de", "complaint", 0.4,
        "embedded", "model", intent, "Anna", datetime(2026, 3, 2, tzinfo=UTC), CorrectionState.PENDING,
    )  # fmt: skip


@pytest.fixture
def look(tmp_path: Path) -> SecondLookAtTexts:
    (tmp_path / "nlu.yml").write_text(FILE, encoding="utf-8")
    return SecondLookAtTexts([tmp_path])


async def one(look: SecondLookAtTexts, text: str, intent: str = "refund") -> Suspicion:
    (found,) = await look.at([said(1, text, intent)])
    return found


async def test_an_ordinary_correction_raises_no_doubt(look: SecondLookAtTexts) -> None:
    assert await one(look, "das paket kam kaputt an und jetzt will ich mein geld") == Suspicion()
    assert await one(look, "Bitte an [Name] unter [Telefon] überweisen, danke") == Suspicion()
    assert list(await look.at([])) == []


async def test_nearly_the_words_of_another_intent_are_shown(look: SecondLookAtTexts) -> None:
    found = await one(look, "Ich brauche eine Kopie meiner Rechnug!")
    assert found == Suspicion((Doubt.LIKE_ANOTHER,), ("ich brauche eine kopie meiner rechnung", "invoice"))
    assert await one(look, "Ich brauche eine Kopie meiner Rechnug!", "invoice") == Suspicion()


@pytest.mark.parametrize("text", ["geld", "", "[Name] [Telefon]", "👍 👍", "Frau [Name], geld"])
async def test_short_texts_are_doubtful(look: SecondLookAtTexts, text: str) -> None:
    assert Doubt.SHORT in (await one(look, text)).doubts


async def test_what_masking_left_over_is_doubtful(look: SecondLookAtTexts) -> None:
    found = await one(look, "bitte auf mein konto DE89 3704 0044 0532 0130 00 erstatten")
    assert found.doubts == (Doubt.PERSONAL_DATA,)


async def test_two_who_say_different_things_of_the_same_words_are_both_doubtful(look: SecondLookAtTexts) -> None:
    found = await look.at(
        [
            said(1, "was ist denn nun mit meiner gutschrift", "refund"),
            said(2, "Was ist denn nun mit meiner Gutschrift??", "invoice"),
            said(3, "ein ganz anderer satz ohne zweifel", "invoice"),
        ]
    )
    assert [each.doubts for each in found] == [(Doubt.DISAGREEMENT,), (Doubt.DISAGREEMENT,), ()]
