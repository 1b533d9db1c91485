"""The confusion picture: which intents are read as which.

A row an intent, a column what the engine said. On the diagonal stands how many percent were read rightly; beside it the
texts that were not, the warmer the larger their share of the row. Groups of intents that are confused with each other
are boxed. The worst cells are numbered and named below. A square takes CELL inches at most, so 150 intents make a large
picture with the same letters; a page lets it scroll.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from desk.phrases import marked as _
from desk.reading import OUT_OF_SCOPE
from insight.confusions import counted, groups, worst_cells
from insight.drawing import INK, LINE, MAIN, PAPER, SOFT, WARM, Picture, figure, picture
from insight.read_texts import Cell, ReadText
from insight.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

NAMED = 10
_FAINTEST = 0.16
_FULL_SHARE = 0.25
"""From this share of a row on, a cell has its full colour."""

_TEXT_HEIGHT = 0.19


def confusion_picture(texts: Sequence[ReadText], say: Wording) -> Picture:
    """The picture of all `texts`."""
    parts = groups(texts)
    order = [intent for group in parts for intent in group]
    cell = 0.27 if len(order) <= 45 else 0.2
    side = cell * len(order)
    worst = worst_cells(texts, NAMED)
    below = _TEXT_HEIGHT * (len(worst) + 1.5)
    with figure(side, side + below) as drawn:
        axes = drawn.add_axes((0, below / (side + below), 1, side / (side + below)))
        axes.set(xlim=(0, len(order)), ylim=(len(order), 0))
        _labels(axes, order, say)
        _grid(axes, parts)
        small = 6.0 if cell > 0.25 else 4.8
        _cells(axes, counted(texts, order), small)
        for rank, one in enumerate(worst, 1):
            row, column = order.index(one.truth), order.index(one.said)
            axes.add_patch(_box(column, row, 1, 1, fill=False, edgecolor=INK, linewidth=1.1))
            axes.text(column + 0.93, row + 0.33, str(rank), size=small - 1.2, ha="right", weight="bold")
            height = (below - (rank + 0.6) * _TEXT_HEIGHT) / (side + below)
            drawn.text(-0.01, height, str(rank), size=8.5, weight="bold", ha="right")
            drawn.text(0.0, height, _named(one, say), size=8.5)
        said = say(_("Confusion picture of {count} intents, those that are confused side by side."), count=len(order))
        return picture(drawn, "confusion", said)


def _named(cell: Cell, say: Wording) -> str:
    said = say(_("(abstained)")) if cell.said == OUT_OF_SCOPE else cell.said
    text = _("{truth} read as {said}: {count} of {all}")
    return say(text, truth=cell.truth, said=said, count=len(cell.texts), all=cell.of)


def _labels(axes: Axes, order: Sequence[str], say: Wording) -> None:
    middle = np.arange(len(order)) + 0.5
    columns = [say(_("(abstained)")) if intent == OUT_OF_SCOPE else intent for intent in order]
    axes.set_yticks(middle, order)
    axes.set_xticks(middle, columns, rotation=60, ha="left", rotation_mode="anchor")
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=8, labelcolor=INK, pad=3)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _grid(axes: Axes, parts: Sequence[Sequence[str]]) -> None:
    amount = sum(map(len, parts))
    lines = range(amount + 1)
    axes.hlines(lines, 0, amount, color=LINE, linewidth=0.35, zorder=0, clip_on=False)
    axes.vlines(lines, 0, amount, color=LINE, linewidth=0.35, zorder=0, clip_on=False)
    for group, end in zip(parts, accumulate(map(len, parts)), strict=True):
        if len(group) > 1:
            start = end - len(group)
            axes.add_patch(_box(start, start, len(group), len(group), fill=False, edgecolor=SOFT, linewidth=0.9))


def _cells(axes: Axes, counts: np.ndarray[tuple[int, int], np.dtype[np.int64]], small: float) -> None:
    totals = counts.sum(axis=1)
    for row, column in zip(*np.nonzero(counts), strict=True):
        share = counts[row, column] / totals[row]
        right = row == column
        depth = 0.1 + 0.2 * share if right else _FAINTEST + (1 - _FAINTEST) * min(1.0, share / _FULL_SHARE)
        axes.add_patch(_box(column, row, 1, 1, facecolor=MAIN if right else WARM, alpha=depth, linewidth=0))
        shown = f"{100 * share:.0f}" if right else str(counts[row, column])
        colour = PAPER if not right and depth > 0.6 else INK
        axes.text(column + 0.5, row + 0.53, shown, size=small, ha="center", va="center", color=colour)


def _box(x: float, y: float, width: float, height: float, **looks: Any) -> Patch:
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), width, height, clip_on=False, **looks)
