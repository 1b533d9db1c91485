"""Fits the weights of the ranking to who answered, never far from where they started.

The likelihood is the conditional logit (McFadden 1974, "Conditional logit analysis of qualitative choice behavior"): of
all who could have answered a question, the chance that it is this one is exp(score) over the sum of everybody's. A
penalty `stiffness / 2 * (weights - start)²` keeps a short history near the start; a long one overrules it. Where
thousands could have answered, a sample stands for those at the end of the list, each for several people (log in
`offset`), so that the sum is kept.

Solved by Fisher scoring with halved steps: the scores' curvature is left out of the second derivative, so that each
step goes downhill; a few steps are enough.

Pure and deterministic. Cost grows with rows x weights².
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.answer_record import Floats

Stiffness = Floats | float
"""For each weight its own, or one for all."""

_ENOUGH = 1e-4
_SMALLEST_STEP = 1 / 64


@dataclass(frozen=True, slots=True)
class Choice:
    """One question: who could have answered (rows), and how much each of them did (`credit`, 0 for most)."""

    activity: Floats
    signs: Floats
    offset: Floats
    credit: Floats


@dataclass(frozen=True, slots=True)
class _Table:
    """All choices, one below the other. `starts` are their first rows, `of` says whose each row is."""

    activity: Floats
    signs: Floats
    offset: Floats
    credit: Floats
    starts: NDArray[np.int64]
    of: NDArray[np.int64]
    total: Floats


def fit(
    choices: Sequence[Choice], start: Floats, stiffness: Stiffness, begin: Floats | None = None, steps: int = 8
) -> Floats:
    """The best weights: logs of the activities' shares, then the signs' weights. `begin`: where to look first."""
    table = _tabled(choices)
    weights = np.array(start if begin is None else begin, dtype=float)
    loss = _loss(table, weights, start, stiffness)
    for _step in range(steps):
        slope, curvature = _slopes(table, weights, start, stiffness)
        move = np.linalg.solve(curvature, slope)
        size = 1.0
        while (tried := _loss(table, weights - size * move, start, stiffness)) > loss and size > _SMALLEST_STEP:
            size /= 2
        if tried > loss:
            break
        weights = weights - size * move
        gained, loss = loss - tried, tried
        if gained < _ENOUGH * max(1.0, loss):
            break
    return weights


def scores_of(activity: Floats, signs: Floats, weights: Floats) -> Floats:
    """The log of the weighted sum of activities, plus the weighted signs."""
    kinds = activity.shape[1]
    return np.asarray(np.log(activity @ np.exp(weights[:kinds])) + signs @ weights[kinds:])


def _tabled(choices: Sequence[Choice]) -> _Table:
    lengths = np.array([len(choice.credit) for choice in choices])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    credit = np.concatenate([choice.credit for choice in choices])
    return _Table(
        activity=np.concatenate([choice.activity for choice in choices]).astype(np.float64),
        signs=np.concatenate([choice.signs for choice in choices]).astype(np.float64),
        offset=np.concatenate([choice.offset for choice in choices]),
        credit=credit,
        starts=starts,
        of=np.repeat(np.arange(len(choices)), lengths),
        total=np.add.reduceat(credit, starts),
    )


def _log_chances(table: _Table, weights: Floats) -> Floats:
    shifted = scores_of(table.activity, table.signs, weights) + table.offset
    shifted = shifted - np.maximum.reduceat(shifted, table.starts)[table.of]
    return np.asarray(shifted - np.log(np.add.reduceat(np.exp(shifted), table.starts))[table.of])


def _loss(table: _Table, weights: Floats, start: Floats, stiffness: Stiffness) -> float:
    missed = -float((table.credit * _log_chances(table, weights)).sum())
    return missed + float((stiffness * (weights - start) ** 2).sum()) / 2


def _slopes(table: _Table, weights: Floats, start: Floats, stiffness: Stiffness) -> tuple[Floats, Floats]:
    """First derivative, and the expected second one."""
    kinds = table.activity.shape[1]
    parts = table.activity * np.exp(weights[:kinds])
    turn = np.hstack([parts / parts.sum(axis=1, keepdims=True), table.signs])
    chances = np.exp(_log_chances(table, weights))
    weighted = turn * chances[:, None]
    mean = np.add.reduceat(weighted, table.starts)
    slope = turn.T @ (chances * table.total[table.of] - table.credit) + stiffness * (weights - start)
    curvature = (weighted * table.total[table.of][:, None]).T @ turn - (mean * table.total[:, None]).T @ mean
    return slope, curvature + np.diag(stiffness * np.ones(len(weights)))
