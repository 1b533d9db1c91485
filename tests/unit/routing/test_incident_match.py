"""A question follows what it says the same as; in doubt it is asked, and one odd example draws in nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desk.incident import IncidentId
from routing.incident_match import (
    ENOUGH_EXAMPLES,
    MAYBE_FROM,
    SAME_FROM,
    Portrait,
    Verdict,
    alike,
    most_alike,
    verdict_of,
)

TOPIC = "outage"


def at(*parts: float) -> NDArray[np.float32]:
    vector = np.array([*parts, *[0.0] * (8 - len(parts))], np.float32)
    return vector / np.linalg.norm(vector)


def portrait(*examples: NDArray[np.float32], number: int = 1, topic: str | None = TOPIC) -> Portrait:
    return Portrait(IncidentId(number), topic, np.stack(examples))


DOWN = portrait(at(1), at(1, 0.2), at(1, 0, 0.2), at(1, 0.1, 0.1))


def verdict(vector: NDArray[np.float32], *known: Portrait, intent: str = TOPIC, certain: bool = True) -> Verdict | None:
    found = most_alike(vector, known, intents=(intent,), certain=certain)
    return found.verdict if found else None


def test_what_says_the_same_follows_and_what_does_not_goes_its_way() -> None:
    assert verdict(at(1, 0, 0, 0.3), DOWN) is Verdict.SAME
    assert verdict(at(1, 0, 0, 2.2), DOWN) is Verdict.MAYBE
    assert verdict(at(0, 0, 0, 1), DOWN) is Verdict.OTHER
    assert verdict(at(1), *()) is None


def test_another_topic_for_certain_is_asked_about() -> None:
    assert verdict(at(1), DOWN, intent="invoice") is Verdict.MAYBE
    assert verdict(at(1), DOWN, intent="invoice", certain=False) is Verdict.SAME
    of_several = portrait(*DOWN.examples, topic=None)
    assert verdict(at(1), of_several, intent="invoice") is Verdict.SAME
    assert most_alike(at(1), [DOWN], intents=("invoice", TOPIC), certain=True).verdict is Verdict.SAME  # type: ignore[union-attr]


def test_a_title_alone_never_draws_anybody_in() -> None:
    for count in range(1, ENOUGH_EXAMPLES):
        assert verdict(at(1), portrait(*[at(1)] * count)) is Verdict.MAYBE


def test_one_odd_example_draws_in_nothing() -> None:
    odd = portrait(*[at(1)] * 9, at(0, 1))
    assert verdict(at(0, 1), odd) is Verdict.OTHER


def test_the_incident_that_fits_best_wins_and_the_first_of_two_that_fit_alike() -> None:
    near = portrait(*[at(1, 0.1)] * 4, number=2)
    found = most_alike(at(1, 0.1), [DOWN, near], intents=(TOPIC,), certain=True)
    assert found is not None
    assert found.incident_id == 2
    twin = portrait(*DOWN.examples, number=3)
    first = most_alike(at(1), [DOWN, twin], intents=(TOPIC,), certain=True)
    assert first is not None
    assert first.incident_id == 1
    # One that may be followed goes before a likelier one that may not.
    other = portrait(*[at(1)] * 4, number=4, topic="invoice")
    chosen = most_alike(at(1), [other, DOWN], intents=(TOPIC,), certain=True)
    assert chosen is not None
    assert (chosen.incident_id, chosen.verdict) == (1, Verdict.SAME)


VECTORS = st.lists(st.floats(-1, 1, width=32), min_size=4, max_size=4).filter(lambda parts: np.linalg.norm(parts) > 0.1)


@given(st.lists(VECTORS, min_size=1, max_size=6), VECTORS, st.booleans())
def test_likeness_is_bounded_and_its_verdict_follows_it(
    examples: list[list[float]], question: list[float], other_topic: bool
) -> None:
    known = portrait(*(at(*one) for one in examples))
    score = alike(at(*question), known.examples)
    assert -1.01 <= score <= 1.01
    said = verdict_of(score, known, other_topic=other_topic)
    assert (said is Verdict.OTHER) == (score < MAYBE_FROM)
    if said is Verdict.SAME:
        assert score >= SAME_FROM
        assert not other_topic
