"""Messages as sparse vectors: TF-IDF of words and word pairs, and of character n-grams inside words.

Each of the two blocks has a length of its own, so neither drowns the other. Features that training has not seen count
for that length, as rare ones would, and for nothing else: a text of unknown words is a short vector and moves the model
little, as it did when the model's probabilities were fitted on texts held out. Character n-grams carry typos, compounds
and endings; words carry the plain sense.

A feature is known by its key: 31 bits of the CRC-32 of its UTF-8, the same on every machine, and one more bit that
tells n-grams from words. Half a million names would take some fifty megabytes. Of so many, some twenty pairs share a
key and are one feature; an unknown one is taken for a known one once in ten thousand times.

Training and reading take the same way, from `folded` text. Plain Python and numpy: what stands inside a word is worked
out once for each word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nlu.features import Features, Floats, Rows
from nlu.normalising import folded

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SMALLEST, _LARGEST = 3, 5
_LONGEST_TOKEN = 40

_WORDS_KEPT = 20_000

_WORDS_WEIGH, _GRAMS_WEIGH = np.float32(1.1**0.5), np.float32(0.9**0.5)
"""A little more to words, which know texts of writers that training has not seen; still more would cost typos."""

_GRAMS_FROM = np.uint32(1 << 31)
"""Keys of words are below, those of n-grams are not."""
_KEY_BITS = np.uint64(32)

_AT_ONCE = 256
"""Texts whose features are made together."""

Keys = NDArray[np.uint32]
Named = tuple[Literal["words", "letters"], str]
"""A word or a pair of words, or letters that stand in a word."""


class Vectoriser:
    """Knows the features seen in training by their `keys`, which rise, and their weights, inverse document frequencies.
    Without `grams`, words and their pairs are all it looks at."""

    def __init__(self, keys: Keys, idf: NDArray[np.float32], *, grams: bool = True) -> None:
        self.keys = keys
        self.idf = idf
        self._grams = grams
        self._rarest = np.float32(idf.max() if len(idf) else 1)

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def fit(cls, texts: Iterable[str], *, most: int | None = None, grams: bool = True) -> Vectoriser:
        """Learn from training texts. Where there are more than `most` features, the rarest are left out."""
        seen, total = bytearray(), 0
        for text in texts:
            total += 1
            seen += np.unique(_found(text, grams=grams)).tobytes()
        keys, frequency = np.unique(np.frombuffer(seen, np.uint32), return_counts=True)
        if most is not None and len(keys) > most:
            left = len(keys) - np.cumsum(np.bincount(frequency))
            kept = frequency > np.argmax(left <= most)
            keys, frequency = keys[kept], frequency[kept]
        idf = np.log((1 + total) / (1 + frequency)) + 1
        return cls(keys, idf.astype(np.float32), grams=grams)

    def features(self, texts: Sequence[str]) -> Features:
        """The known features of each of `texts`, in the order of their keys."""
        if 0 < len(texts) <= _AT_ONCE:
            return self._features(texts)
        parts = (self._features(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE))
        return Features.joined(parts, len(self))

    def _features(self, texts: Sequence[str]) -> Features:
        """The same. What numpy does for one text costs little more for many at once."""
        keys, owner, counts = _counted([_found(text, grams=self._grams) for text in texts])
        at, known = self._looked_up(keys)
        values = np.full(len(keys), self._rarest)
        values[known] = self.idf[at[known]]
        values *= (1 + np.log(counts)).astype(np.float32)
        if self._grams:
            is_gram = keys >= _GRAMS_FROM
            values /= _lengths(values, owner * 2 + is_gram)
            values *= np.where(is_gram, _GRAMS_WEIGH, _WORDS_WEIGH)
        else:
            values /= _lengths(values, owner)
        ends = np.searchsorted(owner[known], np.arange(len(texts) + 1))
        return Features(at[known], values[known], ends, len(self))

    def names(self, text: str) -> dict[int, Named]:
        """What the features in `text` that are known are called, by their indices."""
        tokens = _tokens(text)
        words = _words(tokens)
        grams = [gram for token in tokens for gram in _inside(token)] if self._grams else []
        at, known = self._looked_up(np.concatenate([_word_keys(words), _gram_keys(grams)]))
        named: list[Named] = [*(("words", name) for name in words), *(("letters", name) for name in grams)]
        return {index: name for index, name, there in zip(at.tolist(), named, known, strict=True) if there}

    def _looked_up(self, keys: Keys) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Where each of `keys` stands, and whether it does."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int32), np.zeros(len(keys), np.bool_)
        at = np.searchsorted(self.keys, keys)
        return at.astype(np.int32), self.keys.take(at, mode="clip") == keys


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(folded(text))


def _words(tokens: Sequence[str]) -> list[str]:
    pairs = pairwise(["", *tokens, ""])
    return [*tokens, *(f"{left} {right}" for left, right in pairs)]


def _inside(token: str) -> list[str]:
    padded = f" {token[:_LONGEST_TOKEN]} "
    return [
        padded[at : at + size]
        for size in range(_SMALLEST, min(_LARGEST, len(padded)) + 1)
        for at in range(len(padded) - size + 1)
    ]


def _found(text: str, *, grams: bool) -> Keys:
    """The keys of words and their pairs, and of what stands inside words if that is looked at."""
    tokens = [_token(token) for token in _tokens(text)]
    words = [token.checksum for token in tokens]
    pairs = [crc32(right.after_blank, left.checksum) for left, right in pairwise([_EDGE, *tokens, _EDGE])]
    keys = np.array(words + pairs, dtype=np.uint32) % _GRAMS_FROM
    if not grams:
        return keys
    return np.concatenate([keys, np.frombuffer(b"".join([token.grams for token in tokens]), dtype=np.uint32)])


class _Token(NamedTuple):
    """Its checksum, from which that of a pair goes on; its bytes after a blank; the keys inside it, as bytes."""

    checksum: int
    after_blank: bytes
    grams: bytes


_EDGE = _Token(crc32(b""), b" ", b"")
"""What stands before the first word and after the last one."""


@lru_cache(_WORDS_KEPT)
def _token(token: str) -> _Token:
    raw = token.encode()
    return _Token(crc32(raw), b" " + raw, _gram_keys(_inside(token)).tobytes())


def _word_keys(words: Sequence[str]) -> Keys:
    return _checksums(words) % _GRAMS_FROM


def _gram_keys(grams: Sequence[str]) -> Keys:
    return _checksums(grams) % _GRAMS_FROM + _GRAMS_FROM


def _checksums(texts: Sequence[str]) -> Keys:
    return np.array([crc32(text.encode()) for text in texts], dtype=np.uint32)


def _counted(found: Sequence[Keys]) -> tuple[Keys, Rows, Rows]:
    """The keys of each text, rising, each once; whose they are; how often they stand there."""
    owners = np.arange(len(found), dtype=np.uint64).repeat([len(keys) for keys in found])
    both = owners << _KEY_BITS | np.concatenate(found)
    both.sort()
    first = np.flatnonzero(np.append(True, both[1:] != both[:-1]))
    counts = np.append(first[1:], len(both)) - first
    both = both[first]
    return both.astype(np.uint32), (both >> _KEY_BITS).astype(np.int64), counts


def _lengths(values: Floats, block: Rows) -> Floats:
    """For each of `values`, how long their `block` is."""
    return np.asarray(np.sqrt(np.bincount(block, values * values))[block], dtype=np.float32)
