"""The mood model: mood, hurry, a wish for a person and self-harm, learned from nlu/training/moods.

Both parts look at what the message means: its sentence vector, which the intent model computes anyway. Hurry is told
by a small network over the vector, since hurry often has no word of its own; its plain signs add a little, for
they shine on texts of those who wrote them and mislead elsewhere. The rest is one linear layer over the vector and the
numbers of the plain signs: three sentiments, "a person, please" and self-harm. What always wins upward, whatever the
model thinks, is in nlu/moods.py.

The weights are made from those texts at the first use, in some seconds, and kept beside them; they are made anew when
texts or code change (nlu/mood_training.py). They know no brand's words, so no brand need train them.

Raises: SettingsInvalid when the texts are wrong.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desk.reading import Sentiment, Urgency
from nlu.intent_heads import SenseHead
from nlu.phrases import folded_for_signs
from nlu.sentence_vectors import WIDTH
from nlu.sentiment import SIGN_COUNT as MOOD_SIGNS
from nlu.sentiment import MoodSigns, mood_signs
from nlu.signals import Signal, signals_in
from nlu.urgency import SIGN_COUNT as URGENCY_SIGNS
from nlu.urgency import UrgencySigns, urgency_signs

Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).resolve().parent / "training" / "moods" / "weights.npz"
SENTIMENTS = tuple(Sentiment)
URGENCIES = tuple(Urgency)
COLUMNS = len(SENTIMENTS) + len(URGENCIES) + 2
_SIGNALS = tuple(Signal)
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
    """`weights` has a row for each input, a column for each answer; `hurry` adds what the sense tells of urgencies.

    `leans` has a row for each of `intents`: what a message being about that adds to sentiments and urgencies. Intents
    that the model has not learned from add nothing.
    """

    weights: Floats
    intercept: Floats
    intents: tuple[str, ...]
    leans: Floats
    hurry: SenseHead

    def opinions(self, vectors: Floats, signs: Sequence[Signs]) -> list[Opinion]:
        """What the model thinks of messages with these sentence vectors, a row each, and these signs."""
        numbers = np.array([one.numbers for one in signs], dtype=np.float32)
        answers = np.concatenate([vectors, numbers], axis=1) @ self.weights + self.intercept
        urgencies = answers[:, 3:6] + self.hurry.logits(vectors)
        return [
            Opinion(row[:3], urgent, float(row[6]), float(row[7]))
            for row, urgent in zip(answers, urgencies, strict=True)
        ]

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
    from nlu.mood_training import fingerprint, made_moods  # heavy; needed where no model is stored

    return stored_moods(WEIGHTS, fingerprint()) or made_moods(WEIGHTS)


def stored_moods(path: Path, key: str) -> MoodModel | None:
    """The model in this file, or None when it is missing, damaged or of another fingerprint."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if str(arrays["fingerprint"]) != key:
                return None
            intents = tuple(str(intent) for intent in arrays["intents"])
            hurry = SenseHead(*(arrays[f"hurry_{field.name}"] for field in fields(SenseHead)))
            model = MoodModel(arrays["weights"], arrays["intercept"], intents, arrays["leans"], hurry)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return model if _fits(model) else None


def _fits(model: MoodModel) -> bool:
    hidden = len(model.hurry.hidden_bias)
    wanted: tuple[tuple[Floats, tuple[int, ...]], ...] = (
        (model.weights, (INPUTS, COLUMNS)),
        (model.intercept, (COLUMNS,)),
        (model.leans, (len(model.intents), COLUMNS - 2)),
        (model.hurry.hidden, (WIDTH, hidden)),
        (model.hurry.output, (hidden, len(URGENCIES))),
        (model.hurry.output_bias, (len(URGENCIES),)),
    )
    return all(array.shape == shape for array, shape in wanted)
