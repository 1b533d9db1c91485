"""The intent model: from texts to a probability per intent, and how strange a text is to the model.

Two heads look at each text, its misspelled words mended: one at words and letters, one at its sense. Each head's
numbers times its sharpness (the inverse of a temperature) make log-probabilities; these are mixed by `sense_share`
and sharpened once more, by how far the heads agree. All these are fitted on texts the heads had not seen.

Out of scope is decided by the gate: a logistic model over a few signs (how high and how clear each head's best guess
is, whether they agree, how near the out-of-scope examples are, how long the text is) that gives `strangeness`;
above `abstain_above`, the model abstains. A guess is certain from the confidence `sure_from` on.

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
from nlu.sentence_vectors import WIDTH, sentence_vectors
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

    def weigh(self, said: Opinions) -> Weighed:
        """What the heads say, as probabilities, and what follows."""
        by_words, by_senses = said.words * self.word_sharpness, said.senses * self.sense_sharpness
        words, senses = log_softmax(by_words), log_softmax(by_senses)
        agreed = agreement(words, senses)
        sharpness = self.sharpness_apart ** (1 - agreed) * self.sharpness_together**agreed
        mixed = (1 - self.sense_share) * words + self.sense_share * senses
        both = log_softmax(np.asarray(mixed * sharpness[:, None], dtype=np.float32))
        return Weighed(by_words, by_senses, words, senses, agreed, both)

    def log_probabilities(self, said: Opinions) -> Floats:
        """One row per text, over all labels."""
        return self.weigh(said).both

    def of_heads(self, said: Opinions) -> tuple[Floats, Floats]:
        """The same by each head alone: words, senses."""
        weighed = self.weigh(said)
        return weighed.words, weighed.senses


@dataclass(frozen=True, slots=True)
class Weighed:
    """Opinions after the mixture, one row per text and, but for `agreed`, one column per label.

    `by_words`, `by_senses`: the heads' numbers on a common scale; the others are log-probabilities, by each head alone
    and by `both`.
    """

    by_words: Floats
    by_senses: Floats
    words: Floats
    senses: Floats
    agreed: Floats
    both: Floats


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
    sure_from: float = 1.0

    def scores(self, texts: Sequence[str], *, runners_up: int = 4) -> list[IntentScores]:
        """One result per text, same order."""
        if not texts:
            return []
        said = self.opinions(texts)
        weighed = self.mixture.weigh(said)
        probabilities = np.exp(weighed.both)
        in_scope = scope(self.labels)
        strangeness = self.gate.strangeness(signs(said, weighed, in_scope))
        ranked = np.argsort(np.where(in_scope, -probabilities, 1), axis=1)[:, : min(runners_up, in_scope.sum())]
        return [
            IntentScores(
                tuple(IntentGuess(self.labels[i], float(row[i])) for i in order),
                bool(strange > self.gate.abstain_above),
                float(strange),
                bool(row[order[0]] >= self.sure_from),
            )
            for row, order, strange in zip(probabilities, ranked, strangeness, strict=True)
        ]

    def opinions(self, texts: Sequence[str]) -> Opinions:
        """What the heads say of `texts`."""
        mended = [self.speller.mended(text) for text in texts]
        vectors = sentence_vectors().whole(mended)
        # The mood model asks for the texts as they were written: what it needs is known now, at no cost.
        recent_vectors().keep(texts, vectors[:, :WIDTH])
        return Opinions(self.words.margins(mended), self.senses.logits(vectors), lengths(mended))


def scope(labels: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the labels are in scope."""
    return np.array([label != OUT_OF_SCOPE for label in labels])


def lengths(texts: Sequence[str]) -> Floats:
    """How many words each text has."""
    return np.array([len(text.split()) for text in texts], dtype=np.float32)


def signs(said: Opinions, weighed: Weighed, in_scope: NDArray[np.bool_]) -> Floats:
    """What the gate looks at, one row per text. The first is how likely the best intent is."""
    both = weighed.both
    best = np.where(in_scope, both, -np.inf).argmax(axis=1)
    rows = np.arange(len(best))
    columns = [
        *np.concatenate(_certainty(np.stack([both, weighed.by_words, weighed.by_senses]), in_scope)),
        weighed.by_words[rows, best],
        weighed.by_senses[rows, best],
        -(np.exp(both) * both).sum(axis=1),
        weighed.agreed,
        np.log(weighed.agreed + 1e-6),
        np.log1p(said.lengths),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _certainty(scores: Floats, in_scope: NDArray[np.bool_]) -> tuple[Floats, ...]:
    """Best score in scope, its lead over the second, their mass, and out of scope alone and against the best.

    `scores` hold a sheet for each who scored, a row for each text, a column for each label.
    """
    inside = scores[:, :, in_scope]
    best = inside.max(axis=2)
    second = np.partition(inside, -2, axis=2)[:, :, -2] if inside.shape[2] > 1 else best - 1
    outside = scores[:, :, ~in_scope].max(axis=2) if not in_scope.all() else np.zeros_like(best)
    mass = best + np.log(np.exp(inside - best[:, :, None]).sum(axis=2))
    return best, best - second, mass, outside, outside - best
