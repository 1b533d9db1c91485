"""Messages as sparse vectors: TF-IDF of words and word pairs, and of character n-grams inside words.

Each of the two blocks has length one, so neither drowns the other. Features that training has not seen count for that
length, as rare ones would, and for nothing else: a text of unknown words is a short vector and moves the model little,
as it did when the model's probabilities were fitted on texts held out. Character n-grams carry typos, compounds
and endings; words carry the plain sense. A feature is a string: `w` + word(s), or `c` + n-gram.

The same code makes the features for training and for reading, from `folded` text. Plain Python and numpy:
a message of ordinary length takes about 0.2 ms, and nothing heavier need stay in memory.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nlu.normalising import folded

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SMALLEST, _LARGEST = 2, 5
_LONGEST_TOKEN = 40

Vector = tuple[NDArray[np.int32], NDArray[np.float32]]


@lru_cache(maxsize=20_000)
def _inside(token: str) -> tuple[str, ...]:
    padded = f" {token[:_LONGEST_TOKEN]} "
    return tuple(
        "c" + padded[at : at + size]
        for size in range(_SMALLEST, min(_LARGEST, len(padded)) + 1)
        for at in range(len(padded) - size + 1)
    )


def features(text: str) -> tuple[Counter[str], Counter[str]]:
    """The word features and the character features of a message, with their counts."""
    tokens = _TOKEN.findall(folded(text))
    words = Counter("w" + token for token in tokens)
    words.update(f"w{left} {right}" for left, right in pairwise(["", *tokens, ""]))
    inside: Counter[str] = Counter()
    for token in tokens:
        inside.update(_inside(token))
    return words, inside


class Vectoriser:
    """Knows the features seen in training and their weights (inverse document frequencies)."""

    def __init__(self, vocabulary: Sequence[str], idf: NDArray[np.float32]) -> None:
        self.vocabulary = vocabulary
        self.idf = idf
        self._index = {feature: i for i, feature in enumerate(vocabulary)}
        self._rarest = float(idf.max()) if len(idf) else 1.0

    @classmethod
    def fit(cls, texts: Iterable[str], *, least: int) -> Vectoriser:
        """Learn from training texts. Features in fewer than `least` of them are left out."""
        frequency: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            words, inside = features(text)
            frequency.update(words.keys())
            frequency.update(inside.keys())
        vocabulary = sorted(f for f, n in frequency.items() if n >= least)
        idf = [math.log((1 + total) / (1 + frequency[f])) + 1 for f in vocabulary]
        return cls(vocabulary, np.asarray(idf, dtype=np.float32))

    def vector(self, text: str) -> Vector:
        """Indices and values of the message's known features; empty when none is known."""
        index = self._index
        indices: list[int] = []
        values: list[float] = []
        for block in features(text):
            known = [(index[f], _times(n)) for f, n in block.items() if f in index]
            if not known:
                continue
            weights = np.array([n for _, n in known]) * self.idf[[i for i, _ in known]]
            unknown = sum(_times(n) ** 2 for f, n in block.items() if f not in index) * self._rarest**2
            indices += [i for i, _ in known]
            values += (weights / math.sqrt(float(weights @ weights) + unknown)).tolist()
        return np.asarray(indices, dtype=np.int32), np.asarray(values, dtype=np.float32)


def _times(count: int) -> float:
    return 1 + math.log(count) if count > 1 else 1.0
