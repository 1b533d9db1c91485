"""Why a model abstains or is not certain, in words: heads that differ, strange words, examples far away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from desk.reading import OUT_OF_SCOPE, IntentGuess
from nlu.intent_heads import Floats
from nlu.intent_model import IntentModel

_LIKELY = 0.5
_ENOUGH = 200
_WORD = re.compile(r"[^\W\d_]+")


def of_heads(votes: Mapping[str, tuple[IntentGuess, ...]], guesses: Sequence[IntentGuess]) -> Iterator[str]:
    """What the heads say that does not fit together."""
    words, sense = votes["words"][0], votes["sense"][0]
    if words.intent != sense.intent:
        yield f"the heads differ: by its words it is {words.intent}, by its sense {sense.intent}"
    for name, guess in (("words", words), ("sense", sense)):
        if guess.intent == OUT_OF_SCOPE:
            yield f"by its {name} alone it is nearest the out-of-scope examples ({guess.confidence:.0%})"
    best, second = guesses
    if best.confidence < _LIKELY and OUT_OF_SCOPE not in {words.intent, sense.intent}:
        odds = f"is only {best.confidence:.0%} likely, {second.intent} follows with {second.confidence:.0%}"
        yield f"{best.intent} {odds}"


def of_words(model: IntentModel, text: str) -> Iterator[str]:
    """Whether it is made of words that the examples do not know."""
    known = set(model.speller.words)
    written = _WORD.findall(model.speller.mended(text).lower())
    strange = sum(word not in known for word in written)
    if not written:
        yield "it has no words"
    elif strange * 3 >= len(written):
        yield f"{strange} of its {len(written)} words stand in no example"


def of_distance(nearest: float, vectors: Floats) -> Iterator[str]:
    """Whether even the nearest example is farther away than examples are from each other."""
    if len(vectors) < _ENOUGH:
        return
    sample = np.linspace(0, len(vectors) - 1, _ENOUGH).astype(int)
    senses = vectors[sample] @ vectors.T
    senses[np.arange(len(sample)), sample] = -1
    usual = float(np.quantile(senses.max(axis=1), 0.1))
    if nearest < usual:
        said = f"the nearest example is only {nearest:.2f} like it"
        yield f"{said}; nine in ten of the examples have one at {usual:.2f} or nearer"
