"""Features of many texts made together, and vectors of many texts made side by side: as if each text were alone."""

from __future__ import annotations

import numpy as np
import pytest

from nlu import bulk_encoding, vectoriser
from nlu.bulk_encoding import encode_many
from nlu.features import Features
from nlu.intent_heads import Floats
from nlu.sentence_vectors import WHOLE_WIDTH, sentence_vectors
from nlu.vectoriser import Vectoriser

TEXTS = ["wo ist mein paket", "", "paket paket paket!", "unbekanntes wort", "Wo bleibt das Geld für das Paket?", "🙂"]


@pytest.mark.parametrize("grams", [True, False])
@pytest.mark.parametrize("at_once", [1, 4, 256])
def test_many_texts_have_the_features_that_each_has(monkeypatch: pytest.MonkeyPatch, grams: bool, at_once: int) -> None:
    monkeypatch.setattr(vectoriser, "_AT_ONCE", at_once)
    knows = Vectoriser.fit(TEXTS[:3], grams=grams)
    together = knows.features(TEXTS)
    assert len(together) == len(TEXTS)
    for row, text in enumerate(TEXTS):
        alone = knows.features([text])
        for mine, its in zip(together.text(row), alone.text(0), strict=True):
            assert np.array_equal(mine, its), text
    assert len(knows.features([])) == 0


def test_margins_of_some_rows_are_those_of_all() -> None:
    features = Features(np.array([0, 2, 1], np.int32), np.array([1, 2, 3], np.float32), np.array([0, 2, 2, 3]), known=3)
    weights, bias = np.array([[1, 0], [0, 1], [10, 0]], np.float16), np.array([0.5, -0.5], np.float32)
    assert features.margins(weights, bias).tolist() == [[21.5, -0.5], [0.5, -0.5], [0.5, 2.5]]
    assert features.margins(weights, bias, np.array([2, 0])).tolist() == [[0.5, 2.5], [21.5, -0.5]]


@pytest.mark.parametrize("count", [0, 1, 4, 7])
def test_each_vector_stands_where_its_text_does(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(bulk_encoding, "_AT_ONCE", 2)
    texts = [f"wo ist paket nummer {number}" for number in range(count)]
    found = np.zeros((count, WHOLE_WIDTH), np.float32)

    def put(first: int, vectors: Floats) -> None:
        found[first : first + len(vectors)] += vectors

    encode_many(texts, put)
    assert np.allclose(found, sentence_vectors().whole(texts), atol=1e-5)
