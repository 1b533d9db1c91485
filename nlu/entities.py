"""Things named in a message: order_number, invoice_number, product, amount, date.

Numbers come from the same patterns that mask them; amounts and dates from patterns of their own (entity_patterns.py);
products and whatever else a brand marks in its training files by looking up the marked words, its lookup tables, and
its regex items. Overlaps: the longer wins. What stands inside other personal data (a date of birth, a name) is no
entity: order and invoice numbers are the only ones that are both.
Raises: SettingsInvalid for a regex item that is no regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desk.errors import SettingsInvalid
from desk.reading import Entity, PersonalDataSpan
from nlu.entity_patterns import AMOUNT, DATE, may_hold_amounts, may_hold_dates
from nlu.normalising import HEAD, TAIL
from nlu.phrases import Phrases
from nlu.privacy_look import Look
from nlu.privacy_numbers import bare_numbers, cued_numbers, shaped_numbers
from nlu.training_files import TrainingSet

_NUMBERS = frozenset({"order_number", "invoice_number"})
_SHARED = _NUMBERS | {"tracking_number"}
"""Personal data that may be entities: one looks a parcel up by its order as well."""
_BY_PATTERN = _NUMBERS | {"amount", "date"}
_MOST_ENTITIES = 50


@dataclass(frozen=True, slots=True)
class EntityFinder:
    """Patterns, and the words marked in the training files. Build it with `learn`."""

    lookups: tuple[tuple[str, re.Pattern[str] | Phrases], ...]

    @classmethod
    def learn(cls, training: TrainingSet) -> EntityFinder:
        """A finder that knows the marked words, the lookup tables and the regex items of `training`."""
        words: dict[str, set[str]] = {}
        for utterance in training.utterances:
            for entity in utterance.entities:
                words.setdefault(entity.kind, set()).add(entity.value.lower())
        for kind, listed in training.lookups.items():
            words.setdefault(kind, set()).update(word.lower() for word in listed)
        known: list[tuple[str, re.Pattern[str] | Phrases]]
        known = [(kind, _any_of(w)) for kind, w in sorted(words.items()) if kind not in _BY_PATTERN and w]
        known += [(kind, _compiled(kind, listed)) for kind, listed in sorted(training.regexes.items()) if listed]
        return cls(tuple(known))

    def find(self, text: str, private: Sequence[PersonalDataSpan] = ()) -> tuple[Entity, ...]:
        """All things named in the first part of `text`, sorted and disjoint. `private`: its personal data."""
        text = text[: HEAD + TAIL]
        hidden = [(span.start, span.end) for span in private if span.kind not in _SHARED]
        found = sorted(self._all(text), key=lambda e: (e.start - e.end, e.start))
        kept: list[Entity] = []
        for entity in found:
            taken = [(other.start, other.end) for other in kept]
            if all(entity.end <= start or entity.start >= end for start, end in (*taken, *hidden)):
                kept.append(entity)
            if len(kept) == _MOST_ENTITIES:
                break
        return tuple(sorted(kept, key=lambda e: e.start))

    def _all(self, text: str) -> Iterator[Entity]:
        look = Look(text)
        if look.has_digit:
            for span in (*cued_numbers(look), *shaped_numbers(look), *bare_numbers(look)):
                if span.kind in _NUMBERS:
                    yield Entity(span.kind, text[span.start : span.end], span.start, span.end)
        known = list(self.lookups)
        if look.has_digit or may_hold_dates(look.low):
            known.insert(0, ("date", DATE))
        if look.has_digit or may_hold_amounts(look.low):
            known.insert(0, ("amount", AMOUNT))
        for kind, pattern in known:
            for match in pattern.finditer(text):
                if match[0]:
                    yield Entity(kind, match[0], match.start(), match.end())


def _any_of(words: Iterable[str]) -> Phrases:
    longest_first = sorted({w.strip() for w in words if len(w.strip()) > 1}, key=lambda w: (-len(w), w))
    pieces = (re.escape(word) for word in longest_first[:5000])
    return Phrases("|".join(pieces), any_case=True)


def _compiled(kind: str, listed: Iterable[str]) -> re.Pattern[str]:
    pieces = []
    for piece in listed:
        try:
            re.compile(piece)
        except re.error as wrong:
            raise SettingsInvalid(
                f"regex {kind}: {piece!r} is no regular expression ({wrong}); mend the example"
            ) from None
        pieces.append(f"(?:{piece})")
    return re.compile("|".join(pieces), re.I)
