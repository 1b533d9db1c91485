"""Whether a new question says the same as an incident that is known.

A portrait of an incident is what its tickets say (those that people saw when they confirmed it, and its title), each as
a vector of its sense. How alike a question is: half its mean likeness to the three most alike examples (so that one
odd example draws in nothing), half its likeness to their middle. Cosines, -1 to 1; German and English share one space.

From SAME on it follows by itself; from MAYBE on its contact is asked whether it is this, and it goes its own way until
they say so. A question that is read for certain as something else than the incident's topic is never more than MAYBE,
and so is any while there are too few examples to go by. The thresholds were chosen on one half of the told events
(tests/eval/incident_match.py) and hold on the other: docs/incidents.md has the figures. How many words a question
shares with the examples was tried as well, and gave nothing beyond the sense.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from desk.incident import IncidentId

SAME_FROM = 0.45
MAYBE_FROM = 0.37
MOST_ALIKE = 3
ENOUGH_EXAMPLES = 3


class Verdict(StrEnum):
    """What a likeness comes to."""

    SAME = "same"
    MAYBE = "maybe"
    OTHER = "other"


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """An incident as questions are held to it. `examples`: one vector of length one a row, at least one."""

    incident_id: IncidentId
    topic: str | None
    examples: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a question and an incident are."""

    incident_id: IncidentId
    score: float
    verdict: Verdict


def alike(vector: NDArray[np.float32], examples: NDArray[np.float32]) -> float:
    """The score of a question's vector, of length one."""
    cosines = np.sort(examples @ vector)[::-1]
    middle = examples.mean(axis=0)
    length = float(np.linalg.norm(middle))
    central = float(middle @ vector) / length if length else 0.0
    return (float(cosines[:MOST_ALIKE].mean()) + central) / 2


def verdict_of(score: float, portrait: Portrait, *, other_topic: bool) -> Verdict:
    """`other_topic`: the question is read for certain as something else than the incident's topic."""
    if score < MAYBE_FROM:
        return Verdict.OTHER
    if score < SAME_FROM or other_topic or len(portrait.examples) < ENOUGH_EXAMPLES:
        return Verdict.MAYBE
    return Verdict.SAME


def most_alike(
    vector: NDArray[np.float32], portraits: Iterable[Portrait], *, intents: Sequence[str], certain: bool
) -> Likeness | None:
    """The incident that the question fits best; the one proposed first when two fit alike. None: there is none.
    `intents`: what it is read as, and `certain`: surely so."""
    best: Likeness | None = None
    for portrait in portraits:
        score = alike(vector, portrait.examples)
        other_topic = certain and portrait.topic is not None and portrait.topic not in intents
        found = Likeness(portrait.incident_id, score, verdict_of(score, portrait, other_topic=other_topic))
        if best is None or (_RANK[found.verdict], found.score) > (_RANK[best.verdict], best.score):
            best = found
    return best


_RANK = {Verdict.OTHER: 0, Verdict.MAYBE: 1, Verdict.SAME: 2}
