"""How alike two clusters are: what counts, and how much.

Likeness is a log-odds that is above zero for the same. It has three parts:

    wording  the cosine of tf-idf vectors, idf learned on the way
    sense    the likeness of sentence vectors, after the mean vector of all messages is taken off: in a bank's chat all
             talk of money, and only what differs tells them apart (J. Mu, P. Viswanath, "All-but-the-top", ICLR 2018)
    shared   the rare words that most messages of both hold, names above all, in nats: the expected idf in common

less a bar to clear, which rises with the hours between the two, and with the size of the smaller one: in large clusters
the noise cancels, so their centroids are more alike than their messages are. The sense lies between centroid linkage
(divided by the length of the sum) and average linkage (by the number of messages). A message is a cluster of one.

What is usual (idf and the mean vector) is learned from every message, but a message that joins a cluster of n counts
for 1 / (1 + n / crowd) only: else a storm would teach that its own words mean nothing. It fades by half with every
half_life messages; memory depends on neither the number of messages nor their length.

Pure. The weights were chosen by `python -m tests.eval.clusters choose` on half of our events; docs/clusters.md says
what they give on the other half, and what each part is worth.
"""

from __future__ import annotations

from dataclasses import dataclass

from routing.cluster_words import Kind


@dataclass(frozen=True, slots=True)
class Weights:
    """`most_shared`: nats. `hours`: what log(1 + hours / hours_unit) between the two costs; `both_large`: what each
    e-fold of the smaller one's size costs. `other_language`: what is taken off the bar between German and English;
    they have no words in common. `sense_centroid`: 1 for centroid linkage, 0 for average linkage. `mean_taken_off`:
    how much of the mean vector. `crowd`, `half_life`: messages; see above."""

    bar: float = 2.6
    wording: float = 7.0
    sense: float = 7.6
    shared: float = 0.32
    most_shared: float = 10.7
    hours: float = 0.65
    hours_unit: float = 6.0
    both_large: float = 0.48
    other_language: float = 0.5
    sense_centroid: float = 0.79
    mean_taken_off: float = 0.75
    piece: float = 0.66
    hashtag: float = 0.87
    name: float = 1.4
    number: float = 0.95
    link: float = 4.0
    crowd: float = 6.0
    half_life: int = 5000

    def of_terms(self) -> dict[Kind, float]:
        """What a term of each kind weighs; a plain word weighs 1."""
        return {
            Kind.WORD: 1.0,
            Kind.PIECE: self.piece,
            Kind.HASHTAG: self.hashtag,
            Kind.NAME: self.name,
            Kind.NUMBER: self.number,
            Kind.LINK: self.link,
        }


WEIGHTS = Weights()
