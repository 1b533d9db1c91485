"""Whole sentence vectors of a training set, in bytes: what the network learns from, and most of what training keeps.

Each of the two vectors of a row is kept in steps of a 127th of its largest number, with that number beside it. What is
lost is under a fiftieth of a vector's length, far less than the network is made to bear by chance in training. Rows are
unpacked as they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nlu.sentence_vectors import WHOLE_WIDTH, WIDTH

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

_STEPS = np.float32(127)
_HALVES = (slice(0, WIDTH), slice(WIDTH, WHOLE_WIDTH))


@dataclass(frozen=True, slots=True)
class PackedVectors:
    """Rows of WHOLE_WIDTH numbers. `order`: which of the kept rows stand here, one after the other."""

    kept: NDArray[np.int8]
    steps: Floats
    order: Rows

    @classmethod
    def empty(cls, rows: int) -> PackedVectors:
        """Room for so many rows."""
        return cls(np.empty((rows, WHOLE_WIDTH), np.int8), np.empty((rows, len(_HALVES)), np.float32), np.arange(rows))

    def put(self, first: int, vectors: Floats) -> None:
        """Keep `vectors` from the row `first` on."""
        rows = slice(first, first + len(vectors))
        for half, columns in enumerate(_HALVES):
            step = np.abs(vectors[:, columns]).max(axis=1, keepdims=True) / _STEPS + np.float32(1e-12)
            self.steps[rows, half] = step[:, 0]
            self.kept[rows, columns] = np.rint(vectors[:, columns] / step)

    def ordered(self, order: Rows) -> PackedVectors:
        """The same rows in another order, some perhaps several times or never; nothing is copied."""
        return replace(self, order=self.order[order])

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, and numbers in each."""
        return len(self.order), WHOLE_WIDTH

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, rows: Rows) -> Floats:
        at = self.order[rows]
        found = self.kept[at].astype(np.float32)
        for half, columns in enumerate(_HALVES):
            found[:, columns] *= self.steps[at, half, None]
        return found
