"""Training the intent model: fit both heads, then learn from held-out texts how far to trust them.

1. Words of all texts for the speller; the texts again as hurried people type them, mended by it.
2. Features of all texts and a linear support vector machine, one against the rest; whole sentence vectors of all
   texts and of their hurried copies, and the network over them.
3. Both again on a part, in folds (in large sets one), so that texts have opinions from heads that have not seen
   them. On these the mixture is fitted (intent_fitting.py).
4. On these, too, the gate: a logistic model that tells `out_of_scope` examples from the rest, its threshold
   set so that IN_SCOPE_KEPT of the in-scope texts pass. Without such examples, the best guess alone decides.
5. On these, at last, from which confidence on a guess may be acted upon.

Deterministic: the same data give the same model. Networks are trained two at a time, each on one numeric
thread. scikit-learn is imported here only.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from desk.errors import SettingsInvalid
from desk.reading import OUT_OF_SCOPE
from nlu.intent_fitting import fitted_gate, fitted_mixture, sure_from
from nlu.intent_heads import Floats, SenseHead, WordHead
from nlu.intent_model import IntentModel, Opinions, joined, lengths
from nlu.sense_training import train_senses
from nlu.sentence_vectors import WHOLE_WIDTH, sentence_vectors
from nlu.slips import hurried
from nlu.spelling import Speller
from nlu.training_files import Utterance
from nlu.vectoriser import Vectoriser

_FOLDS = 3
_LARGE = 8000
_LARGE_FOLDS = 6
"""The larger the part that is learned from, the more its heads are like those of all texts, which know more yet."""
_VERY_LARGE = 16_000
"""Among so many texts every second one in a hurry is enough: their vectors are what training takes longest for."""
_MOST_WEIGHTS = 8_000_000
"""Above so many numbers, rare features are left out: they help a little and would cost more than 32 MB."""
_ENCODED_AT_ONCE = 512
_SEED = 20240229

Labels = NDArray[np.int64]
Halves = NDArray[np.float16]
"""Sentence vectors lose nothing that counts in half precision, and are most of what training keeps in memory."""


@dataclass(frozen=True, slots=True)
class _Material:
    """All that the heads learn from, one row per text. `truth`: the number of each text's label, below `classes`."""

    features: csr_matrix
    vectors: Halves
    hurried: Halves
    lengths: Floats
    truth: Labels
    classes: int

    def senses(self, rows: Labels) -> SenseHead:
        """The head of senses, from these rows only."""
        return train_senses(self.vectors, self.hurried, self.truth, self.classes, rows)

    def opinions(self, heads: tuple[WordHead, SenseHead], rows: Labels) -> Opinions:
        """What the heads say of these rows."""
        words, senses = heads
        margins = np.asarray(self.features[rows] @ words.weights + words.intercept, dtype=np.float32)
        return Opinions(margins, senses.logits(self.vectors[rows].astype(np.float32)), self.lengths[rows])


def train_intents(utterances: Sequence[Utterance]) -> IntentModel:
    """A model from at least two intents, or SettingsInvalid."""
    labels = tuple(sorted({u.intent for u in utterances}))
    if len([label for label in labels if label != OUT_OF_SCOPE]) < 2:
        raise SettingsInvalid("training files name fewer than two intents in scope; add another `- intent:`")
    number = {label: i for i, label in enumerate(labels)}
    truth = np.array([number[u.intent] for u in utterances])
    texts = [u.text for u in utterances]
    speller = Speller.learn(texts)
    with threadpool_limits(1):
        parts = _parts(truth, texts)
        material, heads = _learned(
            texts, truth, len(labels), speller, [np.arange(len(truth)), *(seen for seen, _ in parts)]
        )
        (words, senses), *partial = heads
        held_out = [material.opinions(heads, unseen) for heads, (_, unseen) in zip(partial, parts, strict=True)]
        rows = np.concatenate([unseen for _, unseen in parts])
        said = joined(held_out)
        mixture = fitted_mixture(said, truth[rows])
        gate = fitted_gate(said, truth[rows], mixture, labels)
        sure = sure_from(said, truth[rows], mixture, gate, labels)
    return IntentModel(labels, speller, words, senses, mixture, gate, sure)


def _learned(
    texts: Sequence[str], truth: Labels, classes: int, speller: Speller, parts: Sequence[Labels]
) -> tuple[_Material, list[tuple[WordHead, SenseHead]]]:
    """What there is to learn from, and both heads from each part of the rows only."""
    chance = np.random.default_rng(_SEED)
    mended = [speller.mended(text) for text in texts]
    every = 1 if len(texts) <= _VERY_LARGE else 2
    slipped = [speller.mended(hurried(text, chance)) for text in texts[::every]]
    vectoriser = Vectoriser.fit(mended, least=1)
    if len(vectoriser.vocabulary) * classes > _MOST_WEIGHTS:
        vectoriser = Vectoriser.fit(mended, least=2)
    features = _matrix(vectoriser, mended)

    def words(rows: Labels) -> WordHead:
        return WordHead(vectoriser, *_fit(features[rows], truth[rows], classes))

    with ThreadPoolExecutor(1) as machines, ThreadPoolExecutor(2) as networks:
        # Machines one after the other, since liblinear has one generator of chance for the whole process; beside the
        # encoder, which is alone, since its last digits depend on what it read before.
        by_words = [machines.submit(words, rows) for rows in parts]
        vectors = _vectors(mended)
        in_a_hurry = vectors.copy()
        in_a_hurry[::every] = _vectors(slipped)
        material = _Material(features, vectors, in_a_hurry, lengths(mended), truth, classes)
        by_senses = [networks.submit(material.senses, rows) for rows in parts]
        return material, [(word.result(), sense.result()) for word, sense in zip(by_words, by_senses, strict=True)]


def _vectors(texts: Sequence[str]) -> Halves:
    found = np.empty((len(texts), WHOLE_WIDTH), dtype=np.float16)
    for at in range(0, len(texts), _ENCODED_AT_ONCE):
        found[at : at + _ENCODED_AT_ONCE] = sentence_vectors().whole(texts[at : at + _ENCODED_AT_ONCE])
    return found


def _matrix(vectoriser: Vectoriser, texts: Sequence[str]) -> csr_matrix:
    vectors = [vectoriser.vector(text) for text in texts]
    ends = np.cumsum([0] + [len(indices) for indices, _ in vectors])
    indices = np.concatenate([indices for indices, _ in vectors])
    values = np.concatenate([values for _, values in vectors])
    return csr_matrix((values, indices, ends), shape=(len(texts), len(vectoriser.vocabulary)))


def _fit(matrix: csr_matrix, truth: Labels, classes: int) -> tuple[Floats, Floats]:
    present = np.unique(truth)
    weights = np.zeros((matrix.shape[1], classes), dtype=np.float32)
    intercept = np.full(classes, -1, dtype=np.float32)
    machine = LinearSVC(C=1.0, tol=1e-2, random_state=_SEED).fit(matrix, truth)
    coefficients, bias = machine.coef_, machine.intercept_
    if len(present) == 2:
        coefficients, bias = np.vstack([-coefficients, coefficients]), np.concatenate([-bias, bias])
    weights[:, present] = coefficients.T
    intercept[present] = bias
    return weights, intercept


def _parts(truth: Labels, texts: Sequence[str]) -> list[tuple[Labels, Labels]]:
    """Rows to learn from and rows to be asked about, in folds; too few to part are asked about what they taught.

    In large sets the text itself says whether it is asked about. So a text that is added moves no other, and a model
    before and one after a correction differ by what was learned, not by who was asked.
    """
    if len(truth) > _LARGE:
        asked = np.array([crc32(text.encode()) for text in texts]) % _LARGE_FOLDS == 0
        return [(np.flatnonzero(~asked), np.flatnonzero(asked))]
    counts = np.bincount(truth)
    usable = np.flatnonzero(counts[truth] >= _FOLDS)
    if len(np.unique(truth[usable])) < 2:
        return [(np.arange(len(truth)), np.arange(len(truth)))]
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    return [(usable[seen], usable[unseen]) for seen, unseen in folds.split(usable, truth[usable])]
