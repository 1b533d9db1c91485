"""What texts hold of what is known, as sparse rows that follow one another: numbers of features and their values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Features:
    """`indices` and `values` of all texts; `ends` says where each text begins, and where the last one ends; `known`
    features are there."""

    indices: NDArray[np.int32]
    values: Floats
    ends: Rows
    known: int

    def __len__(self) -> int:
        return len(self.ends) - 1

    @classmethod
    def joined(cls, parts: Iterable[Features], known: int) -> Features:
        """Those of `parts`, one after the other; they may be made as they are asked for."""
        indices, values, ends = bytearray(), bytearray(), [np.zeros(1, np.int64)]
        for part in parts:
            indices += part.indices.tobytes()
            values += part.values.tobytes()
            ends.append(part.ends[1:] + ends[-1][-1])
        whole = np.frombuffer(indices, np.int32), np.frombuffer(values, np.float32)
        return cls(*whole, np.concatenate(ends), known)

    def text(self, row: int) -> tuple[NDArray[np.int32], Floats]:
        """Indices and values of one text; empty when it holds nothing known."""
        begin, end = self.ends[row], self.ends[row + 1]
        return self.indices[begin:end], self.values[begin:end]

    def margins(self, weights: NDArray[np.float16] | Floats, bias: Floats, rows: Rows | None = None) -> Floats:
        """How far each of `rows`, or of all, lies on the side of each label. `weights` have a row for each feature."""
        asked = range(len(self)) if rows is None else rows.tolist()
        found = np.empty((len(asked), len(bias)), dtype=np.float32)
        for at, row in enumerate(asked):
            indices, values = self.text(row)
            found[at] = values @ weights[indices].astype(np.float32, copy=False) + bias
        return found
