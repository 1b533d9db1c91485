"""Messages as sparse vectors: TF-IDF of words and word pairs, and of character n-grams inside words.

Each of the two blocks has a length of its own, so neither drowns the other. Features that training has not seen count
for that length, as rare ones would, and for nothing else: a text of unknown words is a short vector and moves the model
little, as it did when the model's probabilities were fitted on texts held out. Character n-grams carry typos, compounds
and endings; words carry the plain sense. A feature is a string: `w` + word(s), or `c` + n-gram.

Training and reading take the same way, from `folded` text. Plain Python and numpy: a message of ordinary length takes
about 0.1 ms, since what stands inside a word is looked up once for each word, and nothing heavier need stay in memory.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from nlu.normalising import folded

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SMALLEST, _LARGEST = 3, 5
_LONGEST_TOKEN = 40

_WORDS_KEPT = 20_000

_WORDS_WEIGH, _GRAMS_WEIGH = np.float32(1.1**0.5), np.float32(0.9**0.5)
"""A little more to words, which know texts of writers that training has not seen; still more would cost typos."""

Vector = tuple[NDArray[np.int32], NDArray[np.float32]]
_LookedUp = tuple[tuple[int, ...], tuple[str, ...]]


def _words(tokens: Sequence[str]) -> list[str]:
    pairs = pairwise(["", *tokens, ""])
    return [f"w{token}" for token in tokens] + [f"w{left} {right}" for left, right in pairs]


def _inside(token: str) -> list[str]:
    padded = f" {token[:_LONGEST_TOKEN]} "
    return [
        "c" + padded[at : at + size]
        for size in range(_SMALLEST, min(_LARGEST, len(padded)) + 1)
        for at in range(len(padded) - size + 1)
    ]


class Vectoriser:
    """Knows the features seen in training and their weights (inverse document frequencies)."""

    def __init__(self, vocabulary: Sequence[str], idf: NDArray[np.float32]) -> None:
        self.vocabulary = vocabulary
        self._knows_grams = any(feature[0] == "c" for feature in vocabulary)
        self.idf = idf
        self._index = {feature: i for i, feature in enumerate(vocabulary)}
        self._rarest = float(idf.max()) if len(idf) else 1.0
        self._inside = lru_cache(_WORDS_KEPT)(self._looked_up_inside)

    @classmethod
    def fit(cls, texts: Iterable[str], *, most: int | None = None, grams: bool = True) -> Vectoriser:
        """Learn from training texts. Where there are more than `most` features, the rarest are left out. Without
        `grams`, words and their pairs are all there is."""
        frequency: Counter[str] = Counter()
        total = 0
        inside = lru_cache(_WORDS_KEPT)(_inside)
        for text in texts:
            total += 1
            tokens = _tokens(text)
            frequency.update(set(_words(tokens)))
            if grams:
                frequency.update({gram for token in tokens for gram in inside(token)})
        least = 1
        if most is not None and len(frequency) > most:
            kept, often = len(frequency), Counter(frequency.values())
            while kept > most:
                kept -= often[least]
                least += 1
        vocabulary = sorted(f for f, n in frequency.items() if n >= least)
        idf = [math.log((1 + total) / (1 + frequency[f])) + 1 for f in vocabulary]
        return cls(vocabulary, np.asarray(idf, dtype=np.float32))

    def vector(self, text: str) -> Vector:
        """Indices and values of the message's known features; empty when none is known."""
        tokens = _tokens(text)
        words, values = self._block([self._looked_up(_words(tokens))])
        if not self._knows_grams:
            return words, values
        grams, others = self._block([self._inside(token) for token in tokens])
        return np.concatenate([words, grams]), np.concatenate([values * _WORDS_WEIGH, others * _GRAMS_WEIGH])

    def _block(self, parts: Sequence[_LookedUp]) -> Vector:
        found = list(chain.from_iterable([known for known, _ in parts]))
        known = Counter(found)
        indices = np.array(list(known), dtype=np.int32)
        values = self.idf[indices]
        if len(known) < len(found):
            values *= 1 + np.log(np.array(list(known.values()), dtype=np.float32))
        strange = [unknown for _, unknown in parts if unknown]
        missed = Counter(chain.from_iterable(strange)) if strange else {}
        unknown = sum((1 + math.log(n)) ** 2 for n in missed.values()) * self._rarest**2
        if len(values):
            values /= math.sqrt(float(values @ values) + unknown)
        return indices, values

    def _looked_up_inside(self, token: str) -> _LookedUp:
        return self._looked_up(_inside(token))

    def _looked_up(self, features: Sequence[str]) -> _LookedUp:
        found = list(map(self._index.get, features))
        known = tuple([at for at in found if at is not None])
        if len(known) == len(found):
            return known, ()
        return known, tuple([feature for feature, at in zip(features, found, strict=True) if at is None])


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(folded(text))
