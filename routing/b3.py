"""B3 (B-cubed): how well clusters agree with labels, message by message.

For each message, precision is the share of its cluster that has its label, itself included; recall is the share of its
label that is in its cluster. The figures are the means over messages, F1 their harmonic mean (A. Bagga and B. Baldwin,
"Entity-based cross-document coreferencing using the vector space model", COLING-ACL 1998). Unlike purity or pairwise
measures, it rewards neither a cluster for each message nor one for all, and a mistake in a large cluster weighs more
than the same in a small one (E. Amigó, J. Gonzalo, J. Artiles, F. Verdejo, "A comparison of extrinsic clustering
evaluation metrics based on formal constraints", Information Retrieval 12, 2009).

Pure. Figures lie between 0 and 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class B3:
    """The means over messages."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b3(clusters: Sequence[Hashable], labels: Sequence[Hashable], counted: Sequence[bool] | None = None) -> B3:
    """Clusters and labels of the same messages in the same order. `counted`: whose figures go into the means; those of
    the others do not, and they still count as members. Raises ValueError when nothing is counted."""
    sizes, kinds = Counter(clusters), Counter(labels)
    together = Counter(zip(clusters, labels, strict=True))
    places = [place for place in range(len(labels)) if counted is None or counted[place]]
    if not places:
        raise ValueError("no message to measure")
    precision = sum(together[clusters[at], labels[at]] / sizes[clusters[at]] for at in places)
    recall = sum(together[clusters[at], labels[at]] / kinds[labels[at]] for at in places)
    return B3(precision / len(places), recall / len(places))
