"""Lists of phrases find what one long pattern would find, though they try hardly any phrase at most words."""

from __future__ import annotations

import random
import re

import pytest

from nlu import danger_signs, human_signs, mood_words, self_harm_signs, urgency_orders, urgency_words
from nlu.mood_training import TEXTS
from nlu.phrases import Phrases, any_of, folded_for_signs

_MODULES = (danger_signs, human_signs, mood_words, self_harm_signs, urgency_orders, urgency_words)
LISTS = {name: one for module in _MODULES for name, one in vars(module).items() if isinstance(one, Phrases)}
TRICKY = any_of(r"""
    \d+ ?(?:euro|€)|[£$€] ?\d+|(?:an|ab)?ge?brannt|\w*praxis (?:\w+ ){0,2}zu|^(?:bitte )?weiter\W*$|x(?!y)\w?
    op|(?<!\d )bis|zehn\+|a+h|hallo[!?]
""")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Messages as they come, and shreds of the lists themselves in any order."""
    lines = [line for path in sorted(TEXTS.rglob("*.yml")) for line in path.read_text("utf-8").splitlines()]
    chance = random.Random(11)
    said = chance.sample(lines, 60)
    shreds = [s for one in (TRICKY, *LISTS.values()) for s in re.split(r"[|()?:\\\[\]{}*+\s]+", one.pattern.pattern)]
    pieces = [*shreds, "é", "5", "٣€", "€", "bis", "op", "ab", "xz", "12", "tierarztpraxis", "zu", "aah", "hallo!"]
    said += ["".join(chance.choice(pieces) + chance.choice(" ! \n,") for _ in range(8)) for _ in range(60)]
    return [folded_for_signs(text) for text in said]


@pytest.mark.parametrize("phrases", [TRICKY, *LISTS.values()], ids=["tricky", *LISTS])
def test_the_same_places_are_found(phrases: Phrases, texts: list[str]) -> None:
    for text in texts:
        expected = list(phrases.pattern.finditer(text))
        assert [found.span() for found in phrases.finditer(text)] == [found.span() for found in expected], text
        assert (phrases.search(text) is None) == (not expected)
        assert phrases.sub(" ", text) == phrases.pattern.sub(" ", text)
