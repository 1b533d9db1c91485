"""The sense of texts for whoever waits for it: encoded in a worker thread, so that the event loop stays free."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlu.sentence_vectors import sentence_vectors


async def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One vector of length one a text, in the same order."""
    return await asyncio.to_thread(_encoded, texts)


def _encoded(texts: Sequence[str]) -> NDArray[np.float32]:
    return sentence_vectors().of(texts)
