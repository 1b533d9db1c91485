"""How many messages came when, as bars to draw in a page. Units: the drawing's own, WIDTH by HEIGHT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 480, 96
GAP = 1.5


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle. `count` is what it stands for."""

    x: float
    y: float
    width: float
    height: float
    count: int


def bars(counts: Sequence[int]) -> list[Bar]:
    """One a count, as wide as they fit, the highest as high as the drawing."""
    each = WIDTH / max(1, len(counts))
    most = max([1, *counts])
    return [
        Bar(
            round(place * each, 2),
            round(HEIGHT - HEIGHT * count / most, 2),
            round(max(each - GAP, 1.0), 2),
            round(HEIGHT * count / most, 2),
            count,
        )
        for place, count in enumerate(counts)
    ]
