"""Typos are mended by the words of the training files; words that are merely new stay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.slips import hurried, some_hurried, with_slips
from nlu.spelling import Speller, one_slip_apart

TAUGHT = [
    "wo bleibt meine Lieferung",
    "die Lieferung fehlt",
    "Rückerstattung bitte",
    "my delivery is late",
    "delivery?",
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller.learn(TAUGHT)


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("Wo ist die Leiferung", "Wo ist die lieferung"),
        ("delivry??", "delivery??"),
        ("delvery", "delivery"),
        ("Rueckerstattung", "rückerstattung"),
        ("rückerstatung", "rückerstatung"),
        ("delivery of my Weather", "delivery of my Weather"),
        ("die 4711-2209 kam nie", "die 4711-2209 kam nie"),
        ("", ""),
    ],
)
def test_words_are_mended_where_one_letter_is_wrong(speller: Speller, written: str, mended: str) -> None:
    assert speller.mended(written) == mended


def test_a_word_seen_once_mends_nothing_but_is_left_alone() -> None:
    speller = Speller.learn(["mein verstärkrr brummt"])
    assert speller.mended("verstärkrr verstärkr") == "verstärkrr verstärkr"


def test_what_training_never_saw_mends_nothing() -> None:
    assert Speller([], []).mended("Leiferung") == "Leiferung"


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("paket", "paket", True),
        ("paket", "pakt", True),
        ("paket", "pakett", True),
        ("paket", "pajet", True),
        ("paket", "paekt", True),
        ("paket", "pateko", False),
        ("paket", "pkaet", True),
        ("paket", "rakett", False),
        ("", "a", True),
        ("ab", "ba", True),
        ("abc", "cba", False),
    ],
)
def test_one_slip(one: str, other: str, apart: bool) -> None:
    assert one_slip_apart(one, other) is apart
    assert one_slip_apart(other, one) is apart


@given(word=st.text("abcdeäß", min_size=3, max_size=9), seed=st.integers(0, 10_000))
def test_a_slip_is_one_slip_apart(word: str, seed: int) -> None:
    assert one_slip_apart(word, with_slips(word, 1, np.random.default_rng(seed)))


def test_hurried_texts_are_those_of_people_in_a_hurry() -> None:
    chance = np.random.default_rng(3)
    texts = [hurried("Wo bleibt denn die Rückerstattung für das Gerät?", chance) for _ in range(40)]
    assert len(set(texts)) > 30
    assert any("ue" in text for text in texts)
    assert any("ü" in text for text in texts)
    assert with_slips("ok", 3, chance) == "ok"


@given(share=st.floats(0, 1), seed=st.integers(0, 10_000))
def test_a_share_of_the_texts_is_hurried_each_beside_itself(share: float, seed: int) -> None:
    texts = [f"Wo bleibt die Rückerstattung Nummer {at}?" for at in range(400)]
    pairs = list(some_hurried(texts, share, np.random.default_rng(seed)))
    assert pairs == list(some_hurried(texts, share, np.random.default_rng(seed)))
    originals = [text for text, _ in pairs]
    assert originals == [text for text in texts if text in set(originals)]
    assert abs(len(pairs) - share * len(texts)) <= 60  # six standard deviations
    assert sum(text != copy for text, copy in pairs) >= 0.8 * len(pairs) - 4
