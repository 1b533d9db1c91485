"""Rows: tables of numbers that grow at their end and are read as arrays without a copy.

Pure. Reading is a view: it is right until the next row comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

FIRST_ROOM = 256


class Rows:
    """A table of `width` columns. Room doubles, so adding a row costs next to nothing."""

    def __init__(self, width: int, kind: type[np.floating[Any]] = np.float64) -> None:
        self._room = np.zeros((FIRST_ROOM, width), dtype=kind)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def all(self) -> NDArray[np.floating[Any]]:
        """All rows; may be written to."""
        return self._room[: self._length]

    def add(self, row: Sequence[float] | NDArray[np.floating[Any]]) -> None:
        """Puts `row` at the end."""
        if self._length == len(self._room):
            self._room = np.concatenate([self._room, np.zeros_like(self._room)])
        self._room[self._length] = row
        self._length += 1
