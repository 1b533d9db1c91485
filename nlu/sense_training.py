"""Trains the sense head: a network over sentence vectors, in numpy, by Adam with decoupled weight decay.

Against learning by heart: hidden numbers and inputs are dropped by chance, labels softened, and in each round a
share of the texts is shown as hurried people would type them. The step falls to nothing along a cosine.

Deterministic: the same vectors give the same head. Cost grows with rows x rounds; rounds are fewer for large sets.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nlu.intent_heads import STRETCH, Floats, SenseHead, softmax

_HIDDEN = (64, 768)
_TEXTS_A_HIDDEN = 8
_BATCH = 128
_DROP_HIDDEN = np.float32(0.5)
_DROP_INPUT = np.float32(0.3)
_HURRIED = 0.35
_SOFTEN = 0.1
_STEP = 2e-3
_DECAY = 1e-2
_WARM_UP = 100
_TEXTS_SHOWN = 240_000
_ROUNDS = (14, 24)
_LEAST_STEPS = 300
_SEED = 20240229

Labels = NDArray[np.int64]


@dataclass(slots=True)
class _Learned:
    """One array of the network on its way, with Adam's two running means."""

    value: Floats
    mean: Floats = field(init=False)
    square: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.mean, self.square = np.zeros_like(self.value), np.zeros_like(self.value)

    def step(self, gradient: Floats, size: float, number: int) -> None:
        self.mean += 0.1 * (gradient - self.mean)
        self.square += 0.001 * (gradient * gradient - self.square)
        if self.value.ndim == 2:
            self.value *= 1 - size * _DECAY
        root = np.sqrt(self.square / (1 - 0.999**number)) + 1e-8
        self.value -= (size / (1 - 0.9**number)) * self.mean / root


def train_senses(vectors: Floats, hurried: Floats, truth: Labels, classes: int) -> SenseHead:
    """A head from one row of `vectors` per text, one of the same text in a hurry, and the number of its label."""
    chance = np.random.default_rng(_SEED)
    width = vectors.shape[1]
    hidden = int(np.clip(len(vectors) // _TEXTS_A_HIDDEN, *_HIDDEN))
    layers = [
        _Learned(_normal(chance, (width, hidden), 2 / width)),
        _Learned(np.zeros(hidden, dtype=np.float32)),
        _Learned(_normal(chance, (hidden, classes), 1 / hidden)),
        _Learned(np.zeros(classes, dtype=np.float32)),
    ]
    batch = min(_BATCH, len(vectors))
    in_round = len(vectors) // batch
    rounds = max(int(np.clip(_TEXTS_SHOWN / len(vectors), *_ROUNDS)), -(-_LEAST_STEPS // in_round))
    number, steps = 0, rounds * in_round
    for _ in range(rounds):
        order = chance.permutation(len(vectors))
        for at in range(0, in_round * batch, batch):
            rows = order[at : at + batch]
            shown = np.where(chance.random((batch, 1)) < _HURRIED, hurried[rows], vectors[rows]) * STRETCH
            number += 1
            size = _STEP * min(1, number / _WARM_UP) * 0.5 * (1 + np.cos(np.pi * number / steps))
            for layer, gradient in zip(layers, _gradients(layers, shown, truth[rows], chance), strict=True):
                layer.step(gradient, float(size), number)
    return SenseHead(*(layer.value for layer in layers))


def _gradients(layers: list[_Learned], texts: Floats, truth: Labels, chance: np.random.Generator) -> list[Floats]:
    hidden, hidden_bias, output, output_bias = (layer.value for layer in layers)
    shown: Floats = texts * _kept(chance, texts.shape, _DROP_INPUT)
    before = shown @ hidden + hidden_bias
    open_ = (before > 0) * _kept(chance, before.shape, _DROP_HIDDEN)
    inside: Floats = before * open_
    error = softmax(inside @ output + output_bias)
    error -= np.float32(_SOFTEN / output.shape[1])
    error[np.arange(len(truth)), truth] -= np.float32(1 - _SOFTEN)
    error /= len(truth)
    back: Floats = (error @ output.T) * open_
    return [shown.T @ back, back.sum(axis=0), inside.T @ error, error.sum(axis=0)]


def _kept(chance: np.random.Generator, shape: tuple[int, ...], dropped: np.float32) -> Floats:
    """Ones where a number is kept, scaled so that the sum stays; zeros where it is dropped."""
    kept = np.asarray(chance.random(shape, dtype=np.float32) > dropped, dtype=np.float32)
    kept /= np.float32(1 - dropped)
    return kept


def _normal(chance: np.random.Generator, shape: tuple[int, int], variance: float) -> Floats:
    return np.asarray(chance.standard_normal(shape) * variance**0.5, dtype=np.float32)
