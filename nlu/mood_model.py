"""The mood model: mood, hurry, a wish for a person and self-harm, learned from nlu/training/moods.

Two parts look at what the message means: its sentence vector, which the intent model computes anyway. Hurry, the wish
for a person and self-harm are told by small networks over the vector, since they often have no word of their own; their
plain signs add a little, for they shine on texts of those who wrote them and mislead elsewhere. Mood is told by a
linear layer over the vector and the numbers of the plain signs. A third part looks at the words and their pairs, for
all of them: "somebody call me" and "somebody called me" mean nearly the same and want another thing. What always wins
upward, whatever the model thinks, is in nlu/moods.py.

The weights are made from those texts and a share of our own ordinary ones at the first use, in more than a minute,
and kept beside them; they are made anew when texts or code change (nlu/mood_training.py). No brand need train them:
that share tells what is ordinary, not what a brand sells.

Raises: SettingsInvalid when the texts are wrong.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desk.reading import Sentiment, Urgency
from nlu.intent_heads import SenseHead, WordHead
from nlu.phrases import folded_for_signs
from nlu.sentence_vectors import WIDTH
from nlu.sentiment import SIGN_COUNT as MOOD_SIGNS
from nlu.sentiment import MoodSigns, mood_signs
from nlu.signals import Signal, signals_in
from nlu.training_apart import ROOT, last_words, surroundings
from nlu.urgency import SIGN_COUNT as URGENCY_SIGNS
from nlu.urgency import UrgencySigns, urgency_signs
from nlu.vectoriser import Vectoriser

Floats = NDArray[np.float32]

WEIGHTS = ROOT / "nlu" / "training" / "moods" / "weights.npz"
SENTIMENTS = tuple(Sentiment)
URGENCIES = tuple(Urgency)
NETWORKS = ("hurry", "wish", "harm")
COLUMNS = len(SENTIMENTS) + len(URGENCIES) + 2
_SIGNALS = tuple(Signal)
_YES = np.array([-1, 1], dtype=np.float32)
INPUTS = WIDTH + MOOD_SIGNS + URGENCY_SIGNS + len(_SIGNALS) + 2


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands plainly in a message: its folded text, the signals, the signs of mood and hurry; all as numbers."""

    folded: str
    found: frozenset[Signal]
    mood: MoodSigns
    hurry: UrgencySigns
    numbers: tuple[float, ...]


def signs_in(text: str) -> Signs:
    """The signs of `text`."""
    folded = folded_for_signs(text)
    found = signals_in(folded)
    mood = mood_signs(text, folded)
    hurry = urgency_signs(folded)
    numbers = (
        *mood,
        *hurry,
        *(signal in found for signal in _SIGNALS),
        "?" in folded,
        min(1.5, math.log(folded.count(" ") + 2) / 3),
    )
    return Signs(folded, found, mood, hurry, numbers)


@dataclass(frozen=True, slots=True)
class Opinion:
    """Log-odds: of sentiments and urgencies (in the order of the enum, up to a constant), and of two alone."""

    sentiments: Floats
    urgencies: Floats
    human: float
    self_harm: float


@dataclass(frozen=True, slots=True)
class MoodModel:
    """`weights` has a row for each input, a column for each answer; `hurry` adds what the sense tells of urgencies,
    `wish` and `harm` what it tells of wishes for a person and of self-harm (no, yes), and `words` what the words tell
    of every answer.

    `leans` has a row for each of `intents`: what a message being about that adds to sentiments and urgencies. Intents
    that the model has not learned from add nothing.
    """

    weights: Floats
    intercept: Floats
    intents: tuple[str, ...]
    leans: Floats
    hurry: SenseHead
    wish: SenseHead
    harm: SenseHead
    words: WordHead

    def opinions(self, vectors: Floats, signs: Sequence[Signs]) -> list[Opinion]:
        """What the model thinks of messages with these sentence vectors, a row each, and these signs."""
        numbers = np.array([one.numbers for one in signs], dtype=np.float32)
        answers = np.concatenate([vectors, numbers], axis=1) @ self.weights + self.intercept
        answers += self.words.margins([one.folded for one in signs])
        answers[:, 3:6] += self.hurry.logits(vectors)
        answers[:, 6] += self.wish.logits(vectors) @ _YES
        answers[:, 7] += self.harm.logits(vectors) @ _YES
        return [Opinion(row[:3], row[3:6], float(row[6]), float(row[7])) for row in answers]

    def knowing(self, opinions: Sequence[Opinion], about: Sequence[Mapping[str, float]]) -> list[Opinion]:
        """`opinions` once it is known what each message is about: intents with their probabilities."""
        column = {intent: at for at, intent in enumerate(self.intents)}
        shares = np.zeros((len(opinions), len(column)), dtype=np.float32)
        for row, intents in zip(shares, about, strict=True):
            for intent, share in intents.items():
                if intent in column:
                    row[column[intent]] = share
        return [
            Opinion(before.sentiments + leans[:3], before.urgencies + leans[3:], before.human, before.self_harm)
            for before, leans in zip(opinions, shares @ self.leans, strict=True)
        ]


@cache
def mood_model() -> MoodModel:
    """The model of this process: the stored one when it is that of the texts and the code, else made now."""
    from nlu.mood_training import fingerprint, made_moods  # needed where no model is stored

    key = fingerprint()
    model = stored_moods(WEIGHTS, key)
    if model is None and os.access(WEIGHTS.parent, os.W_OK):
        _make_apart()
        model = stored_moods(WEIGHTS, key)
    return model or made_moods(WEIGHTS)


def _make_apart() -> None:
    """Makes the weights in a process of its own, whose memory goes with it. Raises SettingsInvalid."""
    try:
        made = subprocess.run(
            [sys.executable, "-m", "nlu.mood_training"],
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
    except OSError:
        return
    last_words(made.returncode, made.stderr)


def stored_moods(path: Path, key: str) -> MoodModel | None:
    """The model in this file, or None when it is missing, damaged or of another fingerprint."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if str(arrays["fingerprint"]) != key:
                return None
            intents = tuple(str(intent) for intent in arrays["intents"])
            networks = {
                name: SenseHead(*(arrays[f"{name}_{field.name}"] for field in fields(SenseHead))) for name in NETWORKS
            }
            vectoriser = Vectoriser(arrays["features"], arrays["idf"], grams=False)
            words = WordHead(vectoriser, arrays["word_weights"], arrays["word_intercept"])
            model = MoodModel(arrays["weights"], arrays["intercept"], intents, arrays["leans"], words=words, **networks)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return model if _fits(model) else None


def _fits(model: MoodModel) -> bool:
    known = len(model.words.vectoriser)
    wanted: list[tuple[NDArray[Any], tuple[int, ...]]] = [
        (model.weights, (INPUTS, COLUMNS)),
        (model.intercept, (COLUMNS,)),
        (model.leans, (len(model.intents), COLUMNS - 2)),
        (model.words.vectoriser.idf, (known,)),
        (model.words.weights, (known, COLUMNS)),
        (model.words.intercept, (COLUMNS,)),
    ]
    for network, answers in ((model.hurry, len(URGENCIES)), (model.wish, 2), (model.harm, 2)):
        hidden = len(network.hidden_bias)
        wanted += [
            (network.hidden, (WIDTH, hidden)),
            (network.output, (hidden, answers)),
            (network.output_bias, (answers,)),
        ]
    return all(array.shape == shape for array, shape in wanted)
