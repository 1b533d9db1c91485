"""Which intents are taken for which, in an order that puts those that are confused next to each other.

Rows are what is right, columns what the engine said, abstaining included. How near two intents are is the share of
each that is read as the other, both ways averaged. Intents are joined by average linkage (UPGMA) down to LEAST_NEAR,
the leaves of each group turned so that neighbours are near (Bar-Joseph et al. 2001, as scipy has it). Groups come
first, the most confused ahead; intents that are confused with none follow by name. OUT_OF_SCOPE stands last, since
texts of any intent are abstained from, and that makes no two of them alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desk.reading import OUT_OF_SCOPE
from insight.read_texts import Cell, ReadText

LEAST_NEAR = 0.02


def intents_of(texts: Sequence[ReadText]) -> list[str]:
    """All that are right or were said, by name."""
    return sorted({t.truth for t in texts} | {t.said for t in texts if t.said})


def counted(texts: Sequence[ReadText], order: Sequence[str]) -> NDArray[np.int64]:
    """How many texts of each intent (row) were read as each (column)."""
    place = {intent: at for at, intent in enumerate(order)}
    counts = np.zeros((len(order), len(order)), dtype=np.int64)
    for text in texts:
        if text.said in place and text.truth in place:
            counts[place[text.truth], place[text.said]] += 1
    return counts


def groups(texts: Sequence[ReadText]) -> list[list[str]]:
    """The intents in the order of the picture, in groups that are confused with each other."""
    intents = [intent for intent in intents_of(texts) if intent != OUT_OF_SCOPE]
    last = [[OUT_OF_SCOPE]] if OUT_OF_SCOPE in intents_of(texts) else []
    if len(intents) < 3:
        return [*([intents] if intents else []), *last]
    counts = counted(texts, intents).astype(float)
    totals = Counter(text.truth for text in texts)
    shares = counts / np.array([[max(totals[intent], 1)] for intent in intents])
    near = (shares + shares.T) / 2
    np.fill_diagonal(near, 0)
    found = _joined(near)
    found.sort(key=lambda group: -float(near[np.ix_(group, group)].sum()))
    named = [[intents[i] for i in group] for group in found]
    return [*(g for g in named if len(g) > 1), *sorted(g for g in named if len(g) == 1), *last]


def _joined(near: NDArray[np.float64]) -> list[list[int]]:
    from scipy.cluster.hierarchy import fcluster, leaves_list, linkage, optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    apart = squareform(1 - near, checks=False)
    tree = optimal_leaf_ordering(linkage(apart, "average"), apart)
    belongs = fcluster(tree, 1 - LEAST_NEAR, "distance")
    found: dict[int, list[int]] = defaultdict(list)
    for leaf in leaves_list(tree):
        found[int(belongs[leaf])].append(int(leaf))
    return list(found.values())


def worst_cells(texts: Sequence[ReadText], most: int) -> list[Cell]:
    """The pairs with the most wrong texts; of pairs alike, the one that is the larger share of its intent."""
    totals = Counter(text.truth for text in texts)
    wrong: dict[tuple[str, str], list[ReadText]] = defaultdict(list)
    for text in texts:
        if text.said != text.truth:
            wrong[text.truth, text.said].append(text)
    cells = [
        Cell(truth, said, tuple(sorted(found, key=lambda t: -t.confidence)), totals[truth])
        for (truth, said), found in wrong.items()
    ]
    return sorted(cells, key=lambda c: (-len(c.texts), -c.share, c.truth, c.said))[:most]


def surely_wrong(texts: Sequence[ReadText], most: int) -> list[ReadText]:
    """Texts that were misread with the greatest confidence: mistakes of the engine, or of a label."""
    wrong = [text for text in texts if text.in_scope and not text.abstained and not text.right]
    return sorted(wrong, key=lambda text: (-text.confidence, text.text))[:most]
