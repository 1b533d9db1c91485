"""Many texts at once to whole sentence vectors, for training: two encoders, each on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from nlu.sentence_vectors import sentence_vectors

_AT_ONCE = 128


def encode_many(texts: Sequence[str], put: Callable[[int, NDArray[np.float32]], None]) -> None:
    """Gives `put` the vectors of some texts that follow one another, with the number of the first, until all are made.

    It is called from two threads, never with the same texts. What they get does not hang on what was read before.
    """

    def encode(half: range) -> None:
        encoder = sentence_vectors().beside()
        for at in half:
            put(at, encoder.whole(texts[at : at + _AT_ONCE]))

    batches = range(0, len(texts), _AT_ONCE)
    with ThreadPoolExecutor(2) as encoders:
        list(encoders.map(encode, (batches[::2], batches[1::2])))
