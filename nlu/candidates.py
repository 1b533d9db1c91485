"""Judging models: how they answer the hold-out, text by text.

The hold-out is frozen and nobody trains on it: accepted corrections that say the same as one of its texts are left
out of the candidate.

Raises: SettingsInvalid when the hold-out is missing or wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from desk.classifying import Classifier, TextToRead
from desk.learning import LearnedText
from desk.reading import OUT_OF_SCOPE, Reading
from desk.ticket import Lane
from nlu.comparison import Answer
from nlu.evaluation import best_in_scope
from nlu.material import plain
from nlu.normalising import folded
from nlu.training_files import Utterance, load_training
from routing.decide import ContactFacts, Roster, decide
from routing.policy import Policy
from routing.storm import StormLevel

HOLDOUT = Path(__file__).resolve().parent / "training" / "holdout"
_BATCH = 64
_AT_HAND = Roster(volunteers_at_hand=3)


def load_hold_out(source: Path) -> list[Utterance]:
    """The texts to judge by. Raises SettingsInvalid."""
    return load_training([source]).utterances


def without_held_out(corrections: Iterable[LearnedText], held_out: Sequence[Utterance]) -> list[LearnedText]:
    """Those that say nothing the hold-out says."""
    held = {folded(one.text) for one in held_out}
    return [one for one in corrections if folded(plain(one.text)) not in held]


async def answers(engine: Classifier, held_out: Sequence[Utterance], policy: Policy) -> list[Answer]:
    """What the engine makes of each text. Raises what the engine raises."""
    found: list[Answer] = []
    for at in range(0, len(held_out), _BATCH):
        batch = held_out[at : at + _BATCH]
        readings = await engine.read([TextToRead(one.text, one.language) for one in batch])
        found += [answer(one, reading, policy) for one, reading in zip(batch, readings, strict=True)]
    return found


def answer(utterance: Utterance, reading: Reading, policy: Policy) -> Answer:
    """One text's."""
    best, confidence = best_in_scope(reading)
    decision = decide(reading, ContactFacts(), _AT_HAND, StormLevel.CALM, policy, datetime.now(UTC))
    return Answer(
        truth=utterance.intent,
        best=best,
        confidence=confidence,
        abstained=reading.out_of_scope,
        named=frozenset({OUT_OF_SCOPE if reading.out_of_scope else reading.intent, *reading.also}),
        to_staff=decision.lane is Lane.STAFF,
        staffs=policy.route(utterance.intent).lane is Lane.STAFF,
    )
