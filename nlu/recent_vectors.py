"""The sentence vectors of the last few texts: the intent model and the mood model read the same text.

Vectors are the dearest part of a reading, so each is computed once. Safe from several threads; a text that fell out
is computed again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
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

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, same order."""
        if len(texts) > _MOST:
            return sentence_vectors().of(texts)
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known |= zip(missing, sentence_vectors().of(missing), strict=True)
            self._keep(missing, known)
        return np.stack([known[text] for text in texts]) if texts else sentence_vectors().of(())

    def _keep(self, texts: Sequence[str], vectors: dict[str, NDArray[np.float32]]) -> None:
        with self._lock:
            for text in texts:
                self._kept[text] = vectors[text].copy()
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)


@cache
def recent_vectors() -> RecentVectors:
    """The vectors kept in this process."""
    return RecentVectors()
