"""Two small searches for what fits best: for a handful of numbers, where bringing a library would cost more than both.

`lowest` goes down along one number at a time and takes shorter steps where none helps (Hooke and Jeeves 1961, "Direct
search solution of numerical and statistical problems", without its pattern moves). `separating` is a logistic
regression by Newton's method. Deterministic, pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_FIRST_STEP, _LAST_STEP = 0.5, 0.004
_MOST_STEPS = 50
_SETTLED = 1e-8


def lowest(loss: Callable[[Numbers], float], start: Sequence[float], *, within: tuple[float, float]) -> Numbers:
    """The numbers, each `within` bounds, from which no step makes `loss` less; to the last step's length."""
    best = np.array(start, dtype=np.float64)
    least, step = loss(best), _FIRST_STEP
    while step >= _LAST_STEP:
        fell = False
        for at in range(len(best)):
            for way in (step, -step):
                tried = best.copy()
                tried[at] = np.clip(tried[at] + way, *within)
                lost = loss(tried)
                if lost < least:
                    best, least, fell = tried, lost, True
                    break
        if not fell:
            step /= 2
    return best


def separating(points: NDArray[np.floating], wanted: NDArray[np.bool_], *, held_back: float) -> tuple[Numbers, float]:
    """Weights and a bias that tell the `wanted` points, a row each, from the others; both kinds weigh the same.

    `held_back`: what the squared length of the weights costs, as much as half of so many points' log loss.
    """
    rows = np.column_stack([points, np.ones(len(points))]).astype(np.float64)
    share = np.where(wanted, len(wanted) / (2 * wanted.sum()), len(wanted) / (2 * (~wanted).sum()))
    ridge = np.append(np.full(points.shape[1], held_back), 0.0)
    found = np.zeros(len(ridge))
    for _ in range(_MOST_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (share * (likely - wanted)) + ridge * found
        bend = rows.T @ (rows * (share * likely * (1 - likely))[:, None]) + np.diag(ridge) + 1e-9 * np.eye(len(ridge))
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < _SETTLED:
            break
    return found[:-1], float(found[-1])
