"""Near-duplicates across intents: texts that say nearly the same and are labelled differently.

Two measures, since each alone is fooled. Sense: the cosine of sentence vectors (1: same direction). It knows
paraphrases and translations and is fooled by short texts, where it sees little ("👋" and "🙏" have 1.00).
Spelling: twice the shared letter triples over all of them (Dice, 0 to 1). It knows small changes and is fooled by a
changed word that matters. Reported are pairs of texts of three words and more (of two words, one is enough to tell them
apart),

    of sense >= 0.90                             a paraphrase or a translation
    of sense >= 0.80 and spelling >= 0.40        the same sentence, half rewritten
    of sense >= 0.60 and spelling >= 0.75        the same sentence with another word or a slip

Among 16,290 examples of ours, 158 pairs of different intents are such. Most are right as they stand; a few, such as a
reminder of a paid bill filed under two intents, are not, and hardly to be found otherwise.

All pairs are compared, in blocks: 10,000 texts take two to three seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.findings import Finding, FindingKind, warning
from nlu.normalising import folded
from nlu.training_files import Utterance

SENSE_ALONE = 0.90
SENSE, SPELLING = 0.80, 0.40
SENSE_AT_LEAST, SPELLING_MOSTLY = 0.60, 0.75
_FEW_WORDS = 3
_BLOCK = 1000


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near two texts are, by sense and by spelling."""

    one: int
    other: int
    sense: float
    spelling: float


def near_duplicates(utterances: Sequence[Utterance], vectors: NDArray[np.float32]) -> Iterator[Finding]:
    """A warning for each pair of different intents that is too near; the nearest first. `vectors`: a row per text."""
    names = sorted({u.intent for u in utterances})
    intents = np.array([names.index(u.intent) for u in utterances])
    for pair in sorted(like_pairs(utterances, vectors, intents), key=lambda pair: -pair.sense):
        one, other = utterances[pair.one], utterances[pair.other]
        near = f"sense {pair.sense:.2f}, spelling {pair.spelling:.2f}"
        said = f"{one.intent} and {other.intent} hold nearly the same ({near})"
        mend = "if they mean the same, keep one or give both the same intent; if a word tells them apart, leave them"
        yield warning(FindingKind.NEAR_DUPLICATE, said, mend, [one, other])


def like_pairs(
    utterances: Sequence[Utterance], vectors: NDArray[np.float32], groups: NDArray[np.int64]
) -> Iterator[Likeness]:
    """Pairs of different groups that are near by the rules above."""
    triples = [letter_triples(u.text) for u in utterances]
    words = [len(u.text.split()) for u in utterances]
    for at in range(0, len(utterances), _BLOCK):
        senses = vectors[at : at + _BLOCK] @ vectors.T
        for row, other in zip(*np.nonzero(senses >= SENSE_AT_LEAST), strict=True):
            one = at + int(row)
            if one >= other or groups[one] == groups[other]:
                continue
            sense = float(senses[row, other])
            spelling = dice(triples[one], triples[int(other)])
            if _near(sense, spelling, min(words[one], words[int(other)])):
                yield Likeness(one, int(other), sense, spelling)


def _near(sense: float, spelling: float, words: int) -> bool:
    near = sense >= SENSE_ALONE or (sense >= SENSE and spelling >= SPELLING) or spelling >= SPELLING_MOSTLY
    return near and words >= _FEW_WORDS


def letter_triples(text: str) -> frozenset[str]:
    """The runs of three letters of the folded text, its ends marked by blanks."""
    padded = f" {folded(text)} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Twice what is shared, over all: 1 for the same triples."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
