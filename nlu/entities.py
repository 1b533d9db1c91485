"""Things named in a message: order_number, invoice_number, product, amount, date.

Numbers come from the same patterns that mask them; amounts and dates from patterns of their own; products and
whatever else a brand marks in its training files by looking up the marked words. Overlaps: the longer wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desk.reading import Entity
from nlu.normalising import HEAD, TAIL
from nlu.privacy_look import Look
from nlu.privacy_numbers import reference_numbers
from nlu.training_files import TrainingSet

_CURRENCY = r"(?:€|euronen|euros?|eur|£|gbp|pounds?|quid|\$|usd|dollars?|chf|franken|fr\.|stutz)"
_FIGURE = r"\d{1,3}(?:[.,]\d{3}){1,3}(?:[.,]\d{2})?|\d{1,7}(?:[.,]\d{1,2})?"
_AMOUNT = re.compile(rf"(?<![\w.,])(?:(?:{_FIGURE})(?:,-|,--)?\s?{_CURRENCY}(?!\w)|[€£$]\s?(?:{_FIGURE}))", re.I)
_MONTH = (
    r"(?:jan(?:uar|uary|ner|\.)?|jänner|feb(?:ruar|ruary|\.)?|märz|maerz|mär\.|mar(?:ch|\.)?|apr(?:il|\.)?|mai"
    r"|may|june?|juni|july?|juli|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|okt(?:ober|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dez(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DATE = re.compile(
    rf"(?<![\w.,])(?:\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{4}}|\d{{2}})?(?!\d)"
    rf"|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}(?!\d)|\d{{4}}-\d{{2}}-\d{{2}}(?!\d)"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?\s?(?:of\s)?{_MONTH}(?!\w)(?:\s\d{{4}})?|{_MONTH}\s\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?!\d)(?:,?\s\d{{4}})?)",
    re.I,
)
_BY_PATTERN = frozenset({"order_number", "invoice_number", "amount", "date"})
_MOST_ENTITIES = 50


@dataclass(frozen=True, slots=True)
class EntityFinder:
    """Patterns, and the words marked in the training files. Build it with `learn`."""

    lookups: tuple[tuple[str, re.Pattern[str]], ...]

    @classmethod
    def learn(cls, training: TrainingSet) -> EntityFinder:
        """A finder that knows the marked words of `training`."""
        words: dict[str, set[str]] = {}
        for utterance in training.utterances:
            for entity in utterance.entities:
                words.setdefault(entity.kind, set()).add(entity.value.lower())
        for kind, listed in training.lookups.items():
            words.setdefault(kind, set()).update(word.lower() for word in listed)
        return cls(tuple((kind, _any_of(w)) for kind, w in sorted(words.items()) if kind not in _BY_PATTERN and w))

    def find(self, text: str) -> tuple[Entity, ...]:
        """All things named in the first part of `text`, sorted and disjoint."""
        text = text[: HEAD + TAIL]
        found = sorted(self._all(text), key=lambda e: (e.start - e.end, e.start))
        kept: list[Entity] = []
        for entity in found:
            if all(entity.end <= other.start or entity.start >= other.end for other in kept):
                kept.append(entity)
            if len(kept) == _MOST_ENTITIES:
                break
        return tuple(sorted(kept, key=lambda e: e.start))

    def _all(self, text: str) -> Iterator[Entity]:
        for span in reference_numbers(Look(text)):
            if span.kind in _BY_PATTERN:
                yield Entity(span.kind, text[span.start : span.end], span.start, span.end)
        for kind, pattern in (("amount", _AMOUNT), ("date", _DATE), *self.lookups):
            for match in pattern.finditer(text):
                yield Entity(kind, match[0], match.start(), match.end())


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted({w.strip() for w in words if len(w.strip()) > 1}, key=lambda w: (-len(w), w))
    pieces = (re.escape(word) for word in longest_first[:5000])
    return re.compile(r"(?<!\w)(?:" + "|".join(pieces) + r")(?!\w)", re.I)
