"""The parts of the mood model, each fitted to the texts that have the label it tells.

- `linear`: a logistic regression over the sentence vector, the plain signs and what the text is about. Every text is
  shown twice, the second time as if neither signs nor intent were known: the sense alone must do. Without the sense it
  adds to a network what the signs tell.
- `network`: a small network over sentence vectors, of texts as written and as hurried people type them.
- `words`: a linear machine over words and their pairs for all questions together.

Answers are log-odds, a column for each of several answers, of two answers one column for the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nlu.intent_heads import Floats, SenseHead, WordHead
from nlu.mood_model import INPUTS
from nlu.sense_training import train_senses
from nlu.sentence_vectors import WIDTH
from nlu.vectoriser import Vectoriser
from nlu.word_training import WordMachines

SIGNS = INPUTS - WIDTH
_SIGNS_COUNT = np.float32(0.5)
"""Signs were written by those who wrote the texts, and shine on them more than elsewhere."""
_SIGNS_BESIDE_SENSE = np.float32(0.3)
"""How much signs count beside a network of sense; the same reason."""
_MOST_WORDS = 40_000
"""With more than these, words and pairs that stand in the fewest texts are left out: they tell next to nothing."""

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Question:
    """What is told of each text. `wanted`: its answer, None where it has no label. `penalty`: inverse strength, as
    scikit-learn's C; `words_count`: how many times a word machine's margin goes into log-odds. Both were chosen on
    texts held out, the latter on texts of writers whose others were held out as well."""

    wanted: Sequence[object]
    answers: Sequence[object]
    penalty: float
    words_count: float

    @property
    def rows(self) -> Labels:
        """The texts that have a label."""
        return np.flatnonzero([one is not None for one in self.wanted])

    @property
    def truth(self) -> Labels:
        """The number of each text's answer; 0 where it has no label."""
        return np.array([0 if one is None else self.answers.index(one) for one in self.wanted])


def linear(question: Question, known: Floats, vectors: Floats | None = None) -> tuple[Floats, Floats]:
    """Weights, a row an input, and intercepts. `known`: the signs of each text, and perhaps what it is about. Without
    `vectors` the sense tells nothing: then the answers are for adding to a network's."""
    from sklearn.linear_model import LogisticRegression  # heavy, and needed only here

    rows = question.rows
    sense = np.zeros((len(rows), 0), np.float32) if vectors is None else vectors[rows]
    told = known[rows]
    told[:, :SIGNS] *= _SIGNS_COUNT
    shown = np.block([[sense, told], [sense, np.zeros_like(told)]])
    truth = question.truth[rows]
    machine = LogisticRegression(C=question.penalty, max_iter=1000)
    with threadpool_limits(1):  # the library brought threads of its own, which wait for each other on small machines
        fitted = machine.fit(shown, np.concatenate([truth, truth]))
    weights, intercept = fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32)
    weights[sense.shape[1] :][:SIGNS] *= _SIGNS_COUNT
    if vectors is None:
        silent = np.zeros((WIDTH, weights.shape[1]), np.float32)
        return np.concatenate([silent, weights]) * _SIGNS_BESIDE_SENSE, intercept * _SIGNS_BESIDE_SENSE
    return weights, intercept


def network(question: Question, vectors: Floats, typed: Floats, *, hidden: int, rounds: int) -> SenseHead:
    """A network of a column for each answer, of two as well. `typed`: the vectors of texts typed in a hurry."""
    rows, truth = question.rows, question.truth
    return train_senses(vectors[rows], typed[rows], truth[rows], len(question.answers), hidden=hidden, rounds=rounds)


def words(questions: Sequence[Question], texts: Sequence[str], *, known: int) -> WordHead:
    """The columns of all `questions`, one after the other. It knows the words of the first `known` texts: the others
    would crowd out words that tell more."""
    vectoriser = Vectoriser.fit(texts[:known], most=_MOST_WORDS, grams=False)
    features = vectoriser.features(texts)
    weights, intercept = [], []
    for question in questions:
        count = np.float32(question.words_count)
        learned = WordMachines(features, question.truth, len(question.answers))
        learned.settle(question.rows)
        machines, bias = learned.weights, learned.bias
        if len(question.answers) == 2:
            # Of two machines that look the same way from both sides, the difference.
            machines, bias = machines[:, 1:] - machines[:, :1], bias[1:] - bias[:1]
        weights.append(machines * count)
        intercept.append(bias * count)
    return WordHead(vectoriser, np.concatenate(weights, axis=1), np.concatenate(intercept))
