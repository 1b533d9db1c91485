"""The machines over words and two small searches: they find what is lowest, and what parts one kind from another."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.features import Features
from nlu.fitting import lowest, separating
from nlu.packed_vectors import PackedVectors
from nlu.sentence_vectors import WHOLE_WIDTH, WIDTH
from nlu.word_training import WordMachines


def features(count: int, known: int, chance: np.random.Generator) -> Features:
    """Texts of one to nine features out of so many, each text of length one."""
    sizes = chance.integers(1, 10, count)
    indices = np.concatenate([chance.choice(known, size, replace=False) for size in sizes]).astype(np.int32)
    values = np.repeat(sizes**-0.5, sizes).astype(np.float32)
    return Features(indices, values, np.concatenate([[0], np.cumsum(sizes)]), known)


def test_machines_come_to_where_no_weight_can_be_bettered() -> None:
    chance = np.random.default_rng(3)
    texts = features(90, 30, chance)
    truth, rows = chance.integers(0, 3, 90), np.arange(90)
    machines = WordMachines(texts, truth, 3)
    machines.settle(rows[::2])
    machines.settle(rows, still=1e-5)
    whole = np.zeros((90, 31))
    for row in rows:
        indices, values = texts.text(row)
        whole[row, indices], whole[row, -1] = values, 1
    both = np.vstack([machines.weights, machines.bias])
    sides = 2 * np.eye(3)[truth] - 1
    short = np.maximum(1 - sides * (whole @ both), 0)
    assert np.abs(both - 2 * whole.T @ (sides * short)).max() < 0.02, "the slope of the loss"
    assert np.allclose(machines.margins(rows), whole @ both, atol=1e-5)


def test_a_part_learns_from_its_own_texts_only() -> None:
    chance = np.random.default_rng(4)
    texts = features(60, 20, chance)
    truth = chance.integers(0, 3, 60)
    rows = np.flatnonzero(truth != 2)[:30]
    others = np.where(np.isin(np.arange(60), rows), truth, 0)
    before, after = WordMachines(texts, truth, 3), WordMachines(texts, others, 3)
    for machines in (before, after):
        machines.settle(rows)
    assert np.array_equal(before.weights, after.weights)
    assert np.array_equal(before.bias, after.bias)
    assert before.bias[2] == -1
    assert before.margins(rows)[:, 2].max() < 0, "a label without examples is far from all"


def test_who_goes_on_from_a_part_guesses_as_who_began_with_all() -> None:
    chance = np.random.default_rng(8)
    texts = features(400, 60, chance)
    rows = np.arange(400)
    truth = np.array([texts.text(row)[0].min() % 4 for row in rows])
    without_a_label = np.flatnonzero(truth != 3)
    warm, cold = WordMachines(texts, truth, 4), WordMachines(texts, truth, 4)
    warm.settle(without_a_label)
    assert warm.bias[3] == -1
    warm.settle(rows)
    cold.settle(rows)
    assert (warm.margins(rows).argmax(axis=1) == cold.margins(rows).argmax(axis=1)).mean() > 0.97
    assert np.abs(warm.margins(rows) - cold.margins(rows)).mean() < 0.1

    cold.forget()
    cold.settle(without_a_label)
    once = WordMachines(texts, truth, 4)
    once.settle(without_a_label)
    assert np.array_equal(cold.weights, once.weights)


def test_the_lowest_place_is_found_within_its_bounds() -> None:
    found = lowest(
        lambda at: float((at[0] - 1.3) ** 2 + (at[1] - 9) ** 2 + at[0] * at[1] * 0.1), (0, 0), within=(-2, 4)
    )
    assert found == pytest.approx([1.1, 4], abs=0.01)


def test_two_kinds_of_points_are_told_apart_and_the_bias_is_not_held_back() -> None:
    chance = np.random.default_rng(5)
    points = chance.standard_normal((400, 2)) + 7
    wanted = points[:, 0] > 8.5
    weights, bias = separating(points, wanted, held_back=1)
    likely = 1 / (1 + np.exp(-(points @ weights + bias)))
    assert ((likely > 0.5) == wanted).mean() > 0.95
    share = np.where(wanted, 200 / wanted.sum(), 200 / (~wanted).sum())
    assert points.T @ (share * (likely - wanted)) == pytest.approx(-weights, abs=1e-6)
    assert float(share @ (likely - wanted)) == pytest.approx(0, abs=1e-6)


def test_packed_vectors_are_nearly_what_they_were_in_any_order() -> None:
    chance = np.random.default_rng(6)
    whole = chance.standard_normal((9, WHOLE_WIDTH)).astype(np.float32)
    whole[:, WIDTH:] *= 30
    whole[4] = 0
    packed = PackedVectors.empty(9)
    packed.put(0, whole[:5])
    packed.put(5, whole[5:])
    order = np.array([8, 4, 4, 0])
    found = packed.ordered(order)[np.arange(4)]
    for half in (slice(0, WIDTH), slice(WIDTH, None)):
        lost = np.linalg.norm((found - whole[order])[:, half], axis=1)
        assert (lost <= 0.02 * np.linalg.norm(whole[order][:, half], axis=1)).all()
