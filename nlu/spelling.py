"""Mends misspelled words by the words of the training files, so that typos cost little understanding.

A word that the files know stays. One that is a known word with ae, oe, ue or ss for an umlaut becomes that word.
Any other of at least SHORTEST letters becomes the known word one slip away (a letter wrong, missing, too many, or
two in the wrong order), unless the encoder knows it as it is: then it is spelled right and merely new.

Only what the intent model looks at is mended; entities and personal data are found in what was written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from nlu.normalising import capped
from nlu.sentence_vectors import sentence_vectors

SHORTEST = 4
_LONGEST = 30
_LEAST_SEEN = 2
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Speller:
    """Knows the words of the training files and how often each was seen."""

    def __init__(self, words: Sequence[str], seen: Sequence[int]) -> None:
        self.words = tuple(words)
        self.seen = tuple(seen)
        self._seen = dict(zip(self.words, self.seen, strict=True))
        self._umlauts = {w.translate(_SPELLED_OUT): w for w in self.words if w.translate(_SPELLED_OUT) != w}
        self._shortened: dict[str, list[str]] = defaultdict(list)
        for word, times in self._seen.items():
            if times >= _LEAST_SEEN and SHORTEST <= len(word) <= _LONGEST:
                for short in {word, *_without_a_letter(word)}:
                    self._shortened[short].append(word)

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Speller:
        """A speller that knows the words of these texts."""
        counts = Counter(word.lower() for text in texts for word in _WORD.findall(capped(text)))
        words = sorted(counts)
        return cls(words, [counts[word] for word in words])

    def mended(self, text: str) -> str:
        """`text`, capped, with misspelled words replaced."""
        return _WORD.sub(lambda match: self._word(match[0]), capped(text))

    def _word(self, word: str) -> str:
        plain = word.lower()
        if plain in self._seen:
            return word
        if plain in self._umlauts:
            return self._umlauts[plain]
        if not SHORTEST <= len(plain) <= _LONGEST:
            return word
        near = {known for short in (plain, *_without_a_letter(plain)) for known in self._shortened.get(short, ())}
        near = {known for known in near if one_slip_apart(plain, known)}
        if not near or sentence_vectors().is_word(word):
            return word
        return max(near, key=lambda known: (known[0] == plain[0], self._seen[known], known))


def _without_a_letter(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def one_slip_apart(one: str, other: str) -> bool:
    """Whether at most one letter was changed, left out, added, or swapped with its neighbour."""
    if len(one) > len(other):
        one, other = other, one
    at = 0
    while at < len(one) and one[at] == other[at]:
        at += 1
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at + 1 : at + 2] + one[at : at + 1] == other[at : at + 2] and one[at + 2 :] == other[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped
