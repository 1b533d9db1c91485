"""A second look at corrections before people decide about them: what a reviewer should not overlook.

- LIKE_ANOTHER: nearly the same as a training example of another intent than the one proposed; which, is told.
- SHORT: fewer than LEAST_WORDS words are left without masked data, so it teaches little and may mean anything.
- PERSONAL_DATA: what masking finds today stands in it unmasked.
- DISAGREEMENT: another correction on the list says something else of nearly the same words.

Nearness is the share of letter triples (Dice, 0 to 1). Only examples that share a triple are looked at; a hundred
corrections take about half a second.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desk.learning import Correction, Doubt, Suspicion
from nlu.material import plain, without_marks
from nlu.near_duplicates import letter_triples
from nlu.privacy import find_personal_data
from nlu.training_files import Utterance, load_training

LEAST_WORDS = 3
NEARLY_THE_SAME = 0.8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Known:
    text: str
    intent: str
    triples: frozenset[str]


class Nearness:
    """Finds what is nearest to a text among known ones of other intents."""

    def __init__(self, examples: Sequence[tuple[str, str]]) -> None:
        self._known = [_Known(text, intent, letter_triples(text)) for text, intent in examples]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self._known):
            for triple in one.triples:
                self._holding[triple].append(number)

    def like_another(self, text: str, intent: str, *, unless_own_is_nearer: bool = True) -> tuple[str, str] | None:
        """The nearest text of another intent and that intent, if it says nearly the same. An own one is a text of the
        proposed intent."""
        triples = letter_triples(text)
        shared = Counter(number for triple in triples for number in self._holding.get(triple, ()))
        nearest: dict[bool, tuple[float, int]] = {}
        for number, count in shared.items():
            one = self._known[number]
            near = 2 * count / (len(triples) + len(one.triples))
            same = one.intent == intent
            if near >= NEARLY_THE_SAME and near > nearest.get(same, (0.0, 0))[0]:
                nearest[same] = (near, number)
        own = nearest.get(True, (0.0, 0))[0] if unless_own_is_nearer else 0.0
        if False not in nearest or own > nearest[False][0]:
            return None
        found = self._known[nearest[False][1]]
        return found.text, found.intent


class SecondLookAtTexts:
    """Port `SecondLook`, by the training files, which are read at the first look."""

    def __init__(self, sources: Sequence[Path]) -> None:
        self._sources = list(sources)
        self._examples: Nearness | None = None

    async def at(self, corrections: Sequence[Correction]) -> Sequence[Suspicion]:
        """One for each, same order. Raises SettingsInvalid when the training files are wrong."""
        return await asyncio.to_thread(self._look, corrections) if corrections else []

    def _look(self, corrections: Sequence[Correction]) -> list[Suspicion]:
        if self._examples is None:
            self._examples = Nearness(_pairs(load_training(self._sources).utterances))
        texts = [plain(one.text) for one in corrections]
        others = Nearness([(text, one.intent) for text, one in zip(texts, corrections, strict=True)])
        return [_suspicion(one, text, self._examples, others) for one, text in zip(corrections, texts, strict=True)]


def _pairs(utterances: Sequence[Utterance]) -> list[tuple[str, str]]:
    return [(one.text, one.intent) for one in utterances]


def _suspicion(correction: Correction, text: str, examples: Nearness, others: Nearness) -> Suspicion:
    like = examples.like_another(text, correction.intent)
    disagreed = others.like_another(text, correction.intent, unless_own_is_nearer=False)
    found = (
        (Doubt.LIKE_ANOTHER, like is not None),
        (Doubt.SHORT, len(_WORD.findall(text)) < LEAST_WORDS),
        (Doubt.PERSONAL_DATA, bool(find_personal_data(without_marks(correction.text)))),
        (Doubt.DISAGREEMENT, disagreed is not None),
    )
    return Suspicion(tuple(doubt for doubt, is_so in found if is_so), like)
