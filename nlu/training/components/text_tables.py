"""The texts that DIET for intents learns from, as tables, and batches of them.

Rasa keeps small arrays of their own for each text, copies all of them in each round to shuffle them, and joins them
anew for each batch. Here all texts share one table of dense numbers, in half precision, and one of sparse; a round
shuffles the numbers of rows. A batch holds the very arrays, in the very order, that Rasa's would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.tensorflow.constants import IDS, LABEL, MASK, SENTENCE, SEQUENCE, SEQUENCE_LENGTH
from scipy.sparse import csr_matrix, vstack
from tensorflow.keras.utils import Sequence as KerasSequence

Rows = NDArray[np.int64]
Signature = Mapping[str, Mapping[str, Sequence[Any]]]
_AT_ONCE = 256


@dataclass(frozen=True)
class TextTables:
    """One row a text: the numbers of the labels, dense and sparse features; None where no featurizer gave any."""

    labels: Rows
    dense: NDArray[np.float16] | None
    sparse: csr_matrix | None

    @classmethod
    def of(cls, messages: Sequence[Message], labels: Sequence[int], featurizers: Sequence[str] | None) -> TextTables:
        """The tables of messages that all have features of the same featurizers."""
        dense: list[NDArray[np.float16]] = []
        sparse: list[csr_matrix] = []
        # Rasa gives copies: not of all messages at once.
        for at in range(0, len(messages), _AT_ONCE):
            part = messages[at : at + _AT_ONCE]
            dense_parts = [m.get_dense_features(TEXT, featurizers)[1] for m in part]
            sparse_parts = [m.get_sparse_features(TEXT, featurizers)[1] for m in part]
            if dense_parts[0] is not None:
                dense.append(np.concatenate([one.features for one in dense_parts]).astype(np.float16))
            if sparse_parts[0] is not None:
                sparse.append(csr_matrix(vstack([one.features for one in sparse_parts]), dtype=np.float32))
        return cls(
            np.asarray(labels, dtype=np.int64),
            np.concatenate(dense) if dense else None,
            csr_matrix(vstack(sparse)) if sparse else None,
        )

    def only(self, rows: Rows) -> TextTables:
        """The tables of some texts."""
        return TextTables(
            self.labels[rows],
            None if self.dense is None else self.dense[rows],
            None if self.sparse is None else self.sparse[rows],
        )


class Batches(KerasSequence):  # type: ignore[misc]
    """The texts in random order, anew in each round, in batches that grow from `sizes[0]` to `sizes[1]`."""

    def __init__(self, texts: TextTables, signature: Signature, sizes: tuple[int, int], rounds: int, seed: int) -> None:
        self._texts = texts
        self._signature = signature
        self._sizes = [int(size) for size in np.linspace(*sizes, num=max(rounds, 1))]
        self._chance = np.random.default_rng(seed)
        self._round = -1
        self.on_epoch_end()

    def __len__(self) -> int:
        """How many batches this round has."""
        return -(-len(self._order) // self._size)

    def __getitem__(self, number: int) -> tuple[tuple[NDArray[Any], ...], None]:
        """A batch, as DIET wants it: all arrays, and nothing to compare them with."""
        rows = self._order[number * self._size : (number + 1) * self._size]
        return tuple(batch_of(self._texts.only(rows), self._signature)), None

    def on_epoch_end(self) -> None:
        """A new round begins."""
        self._round += 1
        self._size = self._sizes[min(self._round, len(self._sizes) - 1)]
        self._order = self._chance.permutation(len(self._texts.labels))


def batch_of(texts: TextTables, signature: Signature) -> list[NDArray[Any]]:
    """The arrays of the signature, in its order. For words, each text has one of which nothing is known."""
    count = len(texts.labels)
    arrays: list[NDArray[Any]] = []
    for key, parts in signature.items():
        for part, features in parts.items():
            for feature in features:
                arrays += _arrays(texts, count, key, part, feature)
    return arrays


def _arrays(texts: TextTables, count: int, key: str, part: str, feature: Any) -> list[NDArray[Any]]:
    if part == IDS:
        return [texts.labels[:, None].astype(np.float32)]
    if part == SEQUENCE_LENGTH:
        return [np.ones(count, dtype=np.float32)]
    if part == MASK:
        return [np.ones((count, 1, 1), dtype=np.float32)]
    if key == LABEL:
        return [np.eye(feature.units, dtype=np.float32)[texts.labels][:, None]]
    if part == SENTENCE and feature.is_sparse:
        return _sparse_arrays(texts.sparse)
    if part == SENTENCE and texts.dense is not None:
        return [texts.dense[:, None].astype(np.float32)]
    if part == SEQUENCE and feature.is_sparse:
        return _sparse_arrays(csr_matrix((count, feature.units), dtype=np.float32))
    return [np.zeros((count, 1, feature.units), dtype=np.float32)]


def _sparse_arrays(rows: csr_matrix) -> list[NDArray[Any]]:
    """Places (row, 0, column), values and shape."""
    held = rows.tocoo()
    places = np.stack([held.row, np.zeros_like(held.row), held.col], axis=1).astype(np.int64)
    return [places, held.data.astype(np.float32), np.array([rows.shape[0], 1, rows.shape[1]], dtype=np.int64)]
