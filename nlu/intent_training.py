"""Training the intent model: fit both heads, then learn from held-out texts how far to trust them.

1. Words of all texts for the speller; the texts again as hurried people type them, mended by it.
2. Whole sentence vectors of all texts and of their hurried copies, and the network over them; features of all texts
   and a linear support vector machine, one against the rest.
3. Both again on a part, in folds (in large sets one), so that texts have opinions from heads that have not seen
   them. On these the mixture is fitted (intent_fitting.py).
4. On these, too, the gate: a logistic model that tells `out_of_scope` examples from the rest, its threshold
   set so that IN_SCOPE_KEPT of the in-scope texts pass. Without such examples, the best guess alone decides.
5. On these, at last, from which confidence on a guess may be acted upon.

Deterministic: the same data give the same model. Texts are encoded and networks trained two at a time, each on one
numeric thread.
Memory is needed for one thing after the other: encoder and vectors, networks, features.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from desk.errors import SettingsInvalid
from desk.reading import OUT_OF_SCOPE
from nlu.bulk_encoding import encode_many
from nlu.intent_fitting import fitted_gate, fitted_mixture, sure_from
from nlu.intent_heads import Floats, SenseHead, WordHead
from nlu.intent_model import IntentModel, Opinions, joined, lengths
from nlu.packed_vectors import PackedVectors
from nlu.sense_training import train_senses
from nlu.sentence_vectors import forget_sentence_vectors
from nlu.slips import hurried
from nlu.spelling import Speller
from nlu.training_files import Utterance
from nlu.vectoriser import Vectoriser
from nlu.word_training import WordMachines

_FOLDS = 3
_LARGE = 8000
_LARGE_FOLDS = 6
"""The larger the part that is learned from, the more its heads are like those of all texts, which know more yet."""
_MOST_IN_A_HURRY = 16_000
"""Of more texts every second or third one in a hurry is enough: making vectors is much of what training takes."""
_MOST_WEIGHTS = 16_000_000
"""Above so many numbers, 32 MB in half precision, rare features are left out: they help a little."""
_ASKED_AT_ONCE = 128
_SEED = 20240229

Labels = NDArray[np.int64]
Part = tuple[Labels, Labels]
"""Rows to learn from, and rows to be asked about."""


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
        mended = [speller.mended(text) for text in texts]
        senses, by_senses = _senses(*_vectors(mended, texts, speller), truth, len(labels), parts)
        words, by_words = _words(mended, truth, len(labels), parts)
        words_each = lengths(mended)
        said = joined(
            [
                Opinions(margins, logits, words_each[unseen])
                for margins, logits, (_, unseen) in zip(by_words, by_senses, parts, strict=True)
            ]
        )
        asked = truth[np.concatenate([unseen for _, unseen in parts])]
        mixture = fitted_mixture(said, asked)
        gate = fitted_gate(said, asked, mixture, labels)
        sure = sure_from(said, asked, mixture, gate, labels)
    return IntentModel(labels, speller, words, senses, mixture, gate, sure)


def _vectors(mended: Sequence[str], texts: Sequence[str], speller: Speller) -> tuple[PackedVectors, PackedVectors]:
    """The vectors of all texts, and those of the same in a hurry, as far as there are such."""
    chance = np.random.default_rng(_SEED)
    every = -(-len(texts) // _MOST_IN_A_HURRY)
    all_texts = [*mended, *(speller.mended(hurried(text, chance)) for text in texts[::every])]
    vectors = PackedVectors.empty(len(all_texts))
    encode_many(all_texts, vectors.put)
    if len(texts) > _LARGE:
        forget_sentence_vectors()  # whoever reads next waits a second for it; beside all the rest it is too large
    as_written = np.arange(len(texts))
    in_a_hurry = as_written.copy()
    in_a_hurry[::every] = np.arange(len(texts), len(all_texts))
    return vectors.ordered(as_written), vectors.ordered(in_a_hurry)


def _words(mended: Sequence[str], truth: Labels, classes: int, parts: Sequence[Part]) -> tuple[WordHead, list[Floats]]:
    """The head of words, and what one says that has seen a part only, of the rest. It goes on from the last part."""
    vectoriser = Vectoriser.fit(mended, most=_MOST_WEIGHTS // classes)
    features = vectoriser.features(mended)
    machines = WordMachines(features, truth, classes)
    margins = []
    for seen, unseen in parts:
        machines.forget()
        machines.settle(seen)
        margins.append(machines.margins(unseen))
    machines.settle(np.arange(len(truth)))
    return WordHead(vectoriser, machines.weights.astype(np.float16), machines.bias), margins


def _senses(
    vectors: PackedVectors, slipped: PackedVectors, truth: Labels, classes: int, parts: Sequence[Part]
) -> tuple[SenseHead, list[Floats]]:
    """The head of senses, and what one says that has seen a part only, of the rest."""

    def trained(rows: Labels) -> SenseHead:
        return train_senses(vectors, slipped, truth, classes, rows)

    def said(part: Part) -> Floats:
        seen, unseen = part
        head = trained(seen)
        batches = [unseen[at : at + _ASKED_AT_ONCE] for at in range(0, len(unseen), _ASKED_AT_ONCE)]
        return np.concatenate([head.logits(vectors[rows]) for rows in batches])

    with ThreadPoolExecutor(2) as networks:
        whole = networks.submit(trained, np.arange(len(truth)))
        of_parts = list(networks.map(said, parts))
        return whole.result(), of_parts


def _parts(truth: Labels, texts: Sequence[str]) -> list[Part]:
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
    fold = _folds(truth[usable])
    return [(usable[fold != number], usable[fold == number]) for number in range(_FOLDS)]


def _folds(truth: Labels) -> Labels:
    """The fold of each row; each has as much of every label as the others."""
    order = np.random.default_rng(_SEED).permutation(len(truth))
    fold = np.empty(len(truth), dtype=np.int64)
    fold[order[np.argsort(truth[order], kind="stable")]] = np.arange(len(truth)) % _FOLDS
    return fold
