"""The two heads of the intent model: one reads words and letters, the other what a text means.

Each gives one number per label and text, the higher the likelier; their scales differ and are fitted in training.
`WordHead` is linear over `Vectoriser` features. `SenseHead` is a small network with one hidden layer over whole
sentence vectors: the vector itself, and what it was made from.

Numpy only; made in intent_training.py and sense_training.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.sentence_vectors import WIDTH
from nlu.vectoriser import Vectoriser

Floats = NDArray[np.float32]

STRETCH = np.float32(np.sqrt(WIDTH))
"""Sentence vectors have parts of length one; a network learns better from numbers around one."""


@dataclass(frozen=True, slots=True)
class WordHead:
    """`weights` has one row per feature, one column per label; half precision will do, and is half the memory."""

    vectoriser: Vectoriser
    weights: NDArray[np.float16] | Floats
    intercept: Floats

    def margins(self, texts: Sequence[str]) -> Floats:
        """One row per text: how far it lies on the side of each label."""
        return self.vectoriser.features(texts).margins(self.weights, self.intercept)


@dataclass(frozen=True, slots=True)
class SenseHead:
    """A hidden layer that knows no negative numbers, and a linear one after it."""

    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats

    def logits(self, vectors: Floats) -> Floats:
        """One row per whole sentence vector."""
        inside = np.maximum((vectors * STRETCH) @ self.hidden + self.hidden_bias, 0)
        return np.asarray(inside @ self.output + self.output_bias, dtype=np.float32)


def softmax(logits: Floats) -> Floats:
    """Rows that sum to one."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def log_softmax(logits: Floats) -> Floats:
    """The logarithm of the same, without losing small ones."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), dtype=np.float32)
