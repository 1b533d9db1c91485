"""Texts as hurried people would have typed them: for training, so that the model has seen typos before.

Deterministic for a given generator of chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"},
)


def with_slips(text: str, times: int, chance: np.random.Generator) -> str:
    """`text` after `times` slips: a letter left out, added, changed, or swapped with the next."""
    letters = list(text)
    for _ in range(times):
        places = [at for at, letter in enumerate(letters) if letter.isalpha()]
        if len(places) < 3:
            break
        at = places[chance.integers(len(places))]
        match chance.integers(4):
            case 0:
                del letters[at]
            case 1:
                letters.insert(at, _LETTERS[chance.integers(26)])
            case 2:
                letters[at] = _LETTERS[chance.integers(26)]
            case _:
                letters[at : at + 2] = reversed(letters[at : at + 2])
    return "".join(letters)


def spelled_out(text: str) -> str:
    """`text` with ae, oe, ue and ss for umlauts and ß."""
    return text.translate(_SPELLED_OUT)


def hurried(text: str, chance: np.random.Generator) -> str:
    """`text` with one to three slips, every other time with umlauts spelled out."""
    slipped = with_slips(text, int(chance.integers(1, 4)), chance)
    return spelled_out(slipped) if chance.random() < 0.5 else slipped


def some_hurried(texts: Iterable[str], share: float, chance: np.random.Generator) -> Iterator[tuple[str, str]]:
    """About `share` (0 to 1) of the texts, each with itself as hurried people would have typed it."""
    return ((text, hurried(text, chance)) for text in texts if chance.random() < share)
