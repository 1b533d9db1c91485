"""How a word sounds in each of several languages: letter by letter, from lists of their words.

Theory: each language gives every letter a probability after the up to three letters before it. Long contexts are known
badly from few words, so each length is mixed with the next shorter one, the more so the more kinds of letters followed
the context (Witten and Bell's smoothing). Words count once or little more, however often they are said: what a word
sounds like does not depend on its frequency.

Units: natural logarithms. Words are lower case.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

_LONGEST = 4
_KINDS = 60
"""About as many kinds of letters as these languages write."""
_MOST_LETTERS = 30
_WORDS_KEPT = 20_000
_RUNS_KEPT = 100_000

Sounds = tuple[float, ...]


class LetterModel:
    """Log-probabilities of the last letter of each known run of one to four letters, one for each language.

    They are computed when a run is first met: most never are.
    """

    def __init__(self, languages: Sequence[Mapping[str, int]]) -> None:
        self._sides = [_Runs(words) for words in languages]
        self._heard: dict[str, Sounds | None] = {}
        self._unheard = (math.log(1 / _KINDS / 4),) * len(self._sides)
        self.sounds = lru_cache(_WORDS_KEPT)(self._sounds)
        """Mean log-probability of a letter of a word in each language."""

    def _sounds(self, word: str) -> Sounds:
        padded = f" {word[:_MOST_LETTERS]} "
        letters = [self._last_letter(padded, end) for end in range(2, len(padded) + 1)]
        return tuple(sum(side) / len(letters) for side in zip(*letters, strict=True))

    def _last_letter(self, padded: str, end: int) -> Sounds:
        for start in range(max(0, end - _LONGEST), end):
            found = self._sounds_of(padded[start:end])
            if found is not None:
                return found
        return self._unheard

    def _sounds_of(self, run: str) -> Sounds | None:
        found = self._heard.get(run, self._unheard)
        if found is self._unheard:
            known = any(run in side.seen for side in self._sides)
            found = tuple(side.log_probability(run) for side in self._sides) if known else None
            if len(self._heard) > _RUNS_KEPT:
                self._heard.clear()
            self._heard[run] = found
        return found


class _Runs:
    """Runs of letters in one language, and what may follow them."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self.seen: Counter[str] = Counter()
        for word, times in words.items():
            padded = f" {word[:_MOST_LETTERS]} "
            weight = 1 + int(math.log2(times))
            for end in range(2, len(padded) + 1):
                for start in range(max(0, end - _LONGEST), end):
                    self.seen[padded[start:end]] += weight
        self._after: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        for run, times in self.seen.items():
            self._after[run[:-1]] += times
            self._kinds[run[:-1]] += 1

    def log_probability(self, run: str) -> float:
        return math.log(self._probability(run))

    def _probability(self, run: str) -> float:
        shorter = self._probability(run[1:]) if len(run) > 1 else 1 / _KINDS
        before, kinds = self._after[run[:-1]], self._kinds[run[:-1]]
        return (self.seen[run] + kinds * shorter) / (before + kinds) if before else shorter
