"""Trains the sense head: a network over whole sentence vectors, in numpy, by Adam with decoupled weight decay.

Against learning by heart: hidden numbers and inputs are dropped by chance, labels softened, and in each round a
share of the texts is shown as hurried people would type them. The step falls to nothing along a cosine.

Adam: Kingma and Ba 2015, arXiv:1412.6980, algorithm 1 as rewritten at the end of its section 2; the decay apart from
the gradient: Loshchilov and Hutter 2019, arXiv:1711.05101.

Deterministic: the same vectors give the same head. Cost grows with rows x rounds; rounds are fewer for large sets.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nlu.intent_heads import STRETCH, Floats, SenseHead, softmax
from nlu.packed_vectors import PackedVectors

_HIDDEN = (64, 512)
_TEXTS_A_HIDDEN = 8
_BATCH = 256
_DROP_HIDDEN = 0.5
_DROP_INPUT = 0.3
_HURRIED = 0.35
_SOFTEN = 0.05
_STEP = 3e-3
_DECAY = 1e-2
_WARM_UP = 100
_TEXTS_SHOWN = 240_000
_ROUNDS = (8, 24)
_LEAST_STEPS = 300
_SEED = 20240229

Labels = NDArray[np.int64]
Vectors = Floats | PackedVectors


@dataclass(slots=True)
class _Learned:
    """One array of the network on its way, with Adam's two running means."""

    value: Floats
    mean: Floats = field(init=False)
    square: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.mean, self.square = np.zeros_like(self.value), np.zeros_like(self.value)

    def step(self, gradient: Floats, size: float, number: int) -> None:
        """`gradient` is written over: what is large is better not made twice."""
        if self.value.ndim == 2:
            self.value *= 1 - size * _DECAY
        self.mean *= 0.9
        self.mean += 0.1 * gradient
        self.square *= 0.999
        gradient *= gradient
        gradient *= 0.001
        self.square += gradient
        slow = (1 - 0.999**number) ** 0.5
        root = np.sqrt(self.square, out=gradient)
        root += 1e-8 * slow
        np.divide(self.mean, root, out=root)
        root *= size * slow / (1 - 0.9**number)
        self.value -= root


def train_senses(
    vectors: Vectors,
    hurried: Vectors,
    truth: Labels,
    classes: int,
    only: Labels | None = None,
    *,
    hidden: int | None = None,
    rounds: int | None = None,
) -> SenseHead:
    """A head from one row of `vectors` per text, one of the same text in a hurry, and the number of its label.

    `only`: the numbers of the rows to learn from, if not all. `hidden`: how many
    numbers stand between, `rounds`: how often each text is shown, if not what their number calls for.
    """
    learned = np.arange(len(vectors)) if only is None else only
    chance = np.random.default_rng(_SEED)
    width = vectors.shape[1]
    hidden = hidden or int(np.clip(len(learned) // _TEXTS_A_HIDDEN, *_HIDDEN))
    layers = [
        _Learned(_normal(chance, (width, hidden), 2 / width)),
        _Learned(np.zeros(hidden, dtype=np.float32)),
        _Learned(_normal(chance, (hidden, classes), 1 / hidden)),
        _Learned(np.zeros(classes, dtype=np.float32)),
    ]
    batch = min(_BATCH, len(learned))
    in_round = len(learned) // batch
    rounds = rounds or max(int(np.clip(_TEXTS_SHOWN / len(learned), *_ROUNDS)), -(-_LEAST_STEPS // in_round))
    number, steps = 0, rounds * in_round
    for _ in range(rounds):
        order = chance.permutation(learned)
        for at in range(0, in_round * batch, batch):
            rows = order[at : at + batch]
            shown = _shown(vectors, hurried, rows, chance)
            number += 1
            size = _STEP * min(1, number / _WARM_UP) * 0.5 * (1 + np.cos(np.pi * number / steps))
            for layer, gradient in zip(layers, _gradients(layers, shown, truth[rows], chance), strict=True):
                layer.step(gradient, float(size), number)
    return SenseHead(*(layer.value for layer in layers))


def _shown(vectors: Vectors, hurried: Vectors, rows: Labels, chance: np.random.Generator) -> Floats:
    """The vectors of `rows`, some of them of the text in a hurry."""
    shown = vectors[rows]
    hasty = chance.random(len(rows)) < _HURRIED
    shown[hasty] = hurried[rows[hasty]]
    return shown


def _gradients(layers: list[_Learned], texts: Floats, truth: Labels, chance: np.random.Generator) -> list[Floats]:
    hidden, hidden_bias, output, output_bias = (layer.value for layer in layers)
    texts *= _kept(chance, texts.shape, _DROP_INPUT)
    texts *= STRETCH / np.float32(1 - _DROP_INPUT)
    before = texts @ hidden + hidden_bias
    open_ = (_kept(chance, before.shape, _DROP_HIDDEN) & (before > 0)) * np.float32(1 / (1 - _DROP_HIDDEN))
    inside: Floats = before * open_
    error = softmax(inside @ output + output_bias)
    error -= np.float32(_SOFTEN / output.shape[1])
    error[np.arange(len(truth)), truth] -= np.float32(1 - _SOFTEN)
    error /= len(truth)
    back: Floats = (error @ output.T) * open_
    return [texts.T @ back, back.sum(axis=0), inside.T @ error, error.sum(axis=0)]


def _kept(chance: np.random.Generator, shape: tuple[int, int], dropped: float) -> NDArray[np.bool_]:
    """Which numbers are kept; chance is drawn in bytes, which is fast and exact enough."""
    drawn = np.frombuffer(chance.bytes(shape[0] * shape[1]), dtype=np.uint8)
    return (drawn >= round(256 * dropped)).reshape(shape)


def _normal(chance: np.random.Generator, shape: tuple[int, int], variance: float) -> Floats:
    return np.asarray(chance.standard_normal(shape) * variance**0.5, dtype=np.float32)
