"""The intent model: from texts to a probability per intent, and how strange a text is to the model.

Two heads look at each text, its misspelled words mended: one at words and letters, one at its sense. Each head's
numbers times its sharpness (the inverse of a temperature) make log-probabilities; these are mixed by `sense_share`
and sharpened once more, by how far the heads agree. All these are fitted on texts the heads had not seen.

Out of scope is decided by the gate: a logistic model over a few signs (how high and how clear each head's best guess
is, whether they agree, how near the out-of-scope examples are, how long the text is) that gives `strangeness`;
above `abstain_above`, the model abstains.

Needs numpy only; training, which needs more, stands in intent_training.py. Not safe to change, safe to share
between threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desk.reading import OUT_OF_SCOPE, IntentGuess
from nlu.intent_heads import Floats, SenseHead, WordHead, log_softmax
from nlu.recent_vectors import recent_vectors
from nlu.spelling import Speller


@dataclass(frozen=True, slots=True)
class IntentScores:
    """What the model makes of one text. `guesses`: intents in scope, best first; never empty.

    `out_of_scope` says the model abstains; `strangeness` is 0 to 1, how sure it is of that. `certain`: the best guess
    may be acted upon without asking the contact.
    """

    guesses: tuple[IntentGuess, ...]
    out_of_scope: bool
    strangeness: float
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the heads say of some texts, one row each; `lengths` are the texts' in words."""

    words: Floats
    senses: Floats
    lengths: Floats


def joined(parts: Sequence[Opinions]) -> Opinions:
    """Opinions on all the texts of `parts`, in their order."""
    return Opinions(
        np.concatenate([part.words for part in parts]),
        np.concatenate([part.senses for part in parts]),
        np.concatenate([part.lengths for part in parts]),
    )


@dataclass(frozen=True, slots=True)
class Mixture:
    """How the heads' numbers become probabilities.

    The last two are the sharpness where the heads differ altogether and where they agree altogether.
    """

    word_sharpness: float
    sense_sharpness: float
    sense_share: float
    sharpness_apart: float
    sharpness_together: float

    def log_probabilities(self, said: Opinions) -> Floats:
        """One row per text, over all labels."""
        words, senses = self.of_heads(said)
        agreed = agreement(words, senses)
        sharpness = self.sharpness_apart ** (1 - agreed) * self.sharpness_together**agreed
        mixed = (1 - self.sense_share) * words + self.sense_share * senses
        return log_softmax(np.asarray(mixed * sharpness[:, None], dtype=np.float32))

    def of_heads(self, said: Opinions) -> tuple[Floats, Floats]:
        """The same by each head alone: words, senses."""
        return log_softmax(said.words * self.word_sharpness), log_softmax(said.senses * self.sense_sharpness)


def agreement(words: Floats, senses: Floats) -> Floats:
    """How likely both heads, guessing by their log-probabilities, name the same label: 0 to 1."""
    return np.asarray((np.exp(words) * np.exp(senses)).sum(axis=1), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Gate:
    """When to abstain. `weights` and `bias` over the signs of `signs`."""

    weights: Floats
    bias: float
    abstain_above: float

    def strangeness(self, marks: Floats) -> Floats:
        """0 (surely in scope) to 1 for each row of signs."""
        logits = np.clip(marks @ self.weights + self.bias, -30, 30)
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class IntentModel:
    """Labels, the parts that look at a text, and how their opinions are weighed."""

    labels: tuple[str, ...]
    speller: Speller
    words: WordHead
    senses: SenseHead
    mixture: Mixture
    gate: Gate

    def scores(self, texts: Sequence[str], *, runners_up: int = 4) -> list[IntentScores]:
        """One result per text, same order."""
        if not texts:
            return []
        said = self.opinions(texts)
        log_probabilities = self.mixture.log_probabilities(said)
        probabilities = np.exp(log_probabilities)
        in_scope = scope(self.labels)
        strangeness = self.gate.strangeness(signs(said, self.mixture, in_scope))
        ranked = np.argsort(np.where(in_scope, -probabilities, 1), axis=1)[:, : min(runners_up, in_scope.sum())]
        return [
            IntentScores(
                tuple(IntentGuess(self.labels[i], float(row[i])) for i in order),
                bool(strange > self.gate.abstain_above),
                float(strange),
            )
            for row, order, strange in zip(probabilities, ranked, strangeness, strict=True)
        ]

    def opinions(self, texts: Sequence[str]) -> Opinions:
        """What the heads say of `texts`."""
        mended = [self.speller.mended(text) for text in texts]
        vectors = recent_vectors().of(mended)
        return Opinions(self.words.margins(mended), self.senses.logits(vectors), lengths(mended))


def scope(labels: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the labels are in scope."""
    return np.array([label != OUT_OF_SCOPE for label in labels])


def lengths(texts: Sequence[str]) -> Floats:
    """How many words each text has."""
    return np.array([len(text.split()) for text in texts], dtype=np.float32)


def signs(said: Opinions, mixture: Mixture, in_scope: NDArray[np.bool_]) -> Floats:
    """What the gate looks at, one row per text. The first is how likely the best intent is."""
    words, senses = mixture.of_heads(said)
    both = mixture.log_probabilities(said)
    best = np.where(in_scope, both, -np.inf).argmax(axis=1)
    rows = np.arange(len(best))
    agreed = agreement(words, senses)
    columns = [
        *_certainty(both, in_scope),
        *_certainty(said.words * mixture.word_sharpness, in_scope),
        *_certainty(said.senses * mixture.sense_sharpness, in_scope),
        (said.words * mixture.word_sharpness)[rows, best],
        (said.senses * mixture.sense_sharpness)[rows, best],
        -(np.exp(both) * both).sum(axis=1),
        agreed,
        np.log(agreed + 1e-6),
        np.log1p(said.lengths),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _certainty(scores: Floats, in_scope: NDArray[np.bool_]) -> list[Floats]:
    """Best score in scope, its lead over the second, their mass, and out of scope alone and against the best."""
    inside = np.sort(scores[:, in_scope], axis=1)[:, ::-1]
    best = inside[:, 0]
    second = inside[:, 1] if inside.shape[1] > 1 else best - 1
    outside = scores[:, ~in_scope].max(axis=1) if (~in_scope).any() else np.zeros_like(best)
    mass = best + np.log(np.exp(inside - best[:, None]).sum(axis=1))
    return [best, best - second, mass, outside, outside - best]
