"""The sentence vectors of the last few texts: the intent model and the mood model read the same text.

Vectors are the dearest part of a reading, so each is computed once: the intent model leaves here what it found, with
misspelled words mended, which is the better for it. Safe from several threads; a text that fell out
is computed again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from nlu.sentence_vectors import sentence_vectors

_MOST = 512
"""A batch with the parts of its messages; 1 MB."""


class RecentVectors:
    """Those of this process. Get it with `recent_vectors()`."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def of(self, texts: Sequence[str], mended: Callable[[str], str] = str) -> NDArray[np.float32]:
        """One row per text, same order. `mended` puts right the spelling of those that nobody has read yet."""
        if len(texts) > _MOST:
            return sentence_vectors().of([mended(text) for text in texts])
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            vectors = sentence_vectors().of([mended(text) for text in missing])
            known |= zip(missing, vectors, strict=True)
            self.keep(missing, vectors)
        return np.stack([known[text] for text in texts]) if texts else sentence_vectors().of(())

    def keep(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Vectors that somebody computed anyway, one row per text."""
        with self._lock:
            for text, vector in zip(texts[-_MOST:], vectors[-_MOST:], strict=True):
                self._kept[text] = vector.copy()
                self._kept.move_to_end(text)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)


@cache
def recent_vectors() -> RecentVectors:
    """The vectors kept in this process."""
    return RecentVectors()
