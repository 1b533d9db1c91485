"""How near the nearest vector is: as if all were looked at."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.training.components.nearest import MOST_LOOKED_AT, Floats, Nearest

WIDTH = 128


def unit_vectors(count: int, seed: int) -> Floats:
    """Vectors that differ along some directions more than along others, as those of texts do."""
    rows = np.random.default_rng(seed).standard_normal((count, WIDTH)) / np.arange(1, WIDTH + 1)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.mark.parametrize("count", [1, MOST_LOOKED_AT, 5 * MOST_LOOKED_AT, 40 * MOST_LOOKED_AT])
def test_it_finds_what_looking_at_all_finds(count: int) -> None:
    vectors, rows = unit_vectors(count, 1), unit_vectors(50, 2)
    assert np.allclose(Nearest(vectors).cosines(rows), (rows @ vectors.T).max(axis=1), atol=1e-5)


def test_a_vector_that_is_there_is_as_near_as_can_be() -> None:
    vectors = unit_vectors(1000, 3)
    assert np.allclose(Nearest(vectors).cosines(vectors[::50]), 1, atol=1e-5)
