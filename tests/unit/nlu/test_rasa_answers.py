"""What is taken from a Rasa server's answer, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from desk.classifying import ClassifierUnavailable
from desk.reading import Entity, PersonalDataSpan
from nlu.rasa_answers import KINDS, SURE, entities_of, scores_of, with_guessed

TEXT = "der Router aus Bestellung 4711-2209 kam am 3. März"
RANKING = [{"name": "invoice", "confidence": 0.7}, {"name": "out_of_scope", "confidence": 0.2}]


def named(kind: str, value: str, sure: float = 0.9) -> dict[str, Any]:
    start = TEXT.index(value)
    return {"entity": kind, "start": start, "end": start + len(value), "value": "anything", "confidence_entity": sure}


def entity(kind: str, value: str) -> Entity:
    return Entity(kind, value, TEXT.index(value), TEXT.index(value) + len(value))


def found_in(*entries: object) -> list[Entity]:
    return [one for one, _ in entities_of({"entities": list(entries)}, TEXT, KINDS)]


def test_our_gate_says_what_is_strange_and_what_is_certain() -> None:
    scope = {"strangeness": 0.3, "abstain": True, "certain": False}
    scores = scores_of({"intent_ranking": RANKING, "scope": scope}, abstain_below=0.4)
    assert (scores.out_of_scope, scores.strangeness, scores.certain) == (True, 0.3, False)
    assert [g.intent for g in scores.guesses] == ["invoice"]


@pytest.mark.parametrize(
    ("confidence", "strange", "certain"), [(0.3, True, False), (0.5, False, False), (SURE, False, True)]
)
def test_a_plain_project_is_judged_by_its_confidence(confidence: float, strange: bool, certain: bool) -> None:
    scores = scores_of({"intent_ranking": [{"name": "invoice", "confidence": confidence}]}, abstain_below=0.4)
    assert (scores.out_of_scope, scores.certain) == (strange, certain)


def test_out_of_scope_ahead_of_all_is_strange_and_never_certain() -> None:
    ranking = [{"name": "invoice", "confidence": 0.45}, {"name": "out_of_scope", "confidence": 0.55}]
    scores = scores_of({"intent_ranking": ranking}, abstain_below=0.4)
    assert (scores.out_of_scope, scores.certain, scores.strangeness) == (True, False, 0.55)


@pytest.mark.parametrize(
    "scope",
    [
        None,
        [],
        {},
        {"strangeness": 2, "abstain": True, "certain": True},
        {"strangeness": float("nan"), "abstain": True, "certain": True},
        {"strangeness": 0.1, "abstain": "no", "certain": True},
        {"strangeness": True, "abstain": True, "certain": True},
    ],
)
def test_a_malformed_gate_is_refused(scope: object) -> None:
    with pytest.raises(ClassifierUnavailable, match="scope"):
        scores_of({"intent_ranking": RANKING, "scope": scope}, abstain_below=0.4)


def test_entities_carry_what_stands_in_the_text() -> None:
    assert found_in(named("product", "Router"), named("order_number", "4711-2209")) == [
        entity("product", "Router"),
        entity("order_number", "4711-2209"),
    ]


@pytest.mark.parametrize(
    "entry",
    [
        named("product", "Router", sure=0.3),
        named("weapon", "Router"),
        named("order_number", "Router"),
        named("amount", "Bestellung"),
        named("product", "4711-2209"),
        {**named("product", "Router"), "start": 0, "end": len(TEXT)},
    ],
)
def test_what_is_unsure_unknown_or_does_not_look_like_it_is_left_out(entry: dict[str, Any]) -> None:
    assert found_in(entry) == []


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "Router",
        {},
        {**named("product", "Router"), "end": len(TEXT) + 1},
        {**named("product", "Router"), "start": -1},
        {**named("product", "Router"), "start": 9, "end": 9},
        {**named("product", "Router"), "start": "4"},
        {**named("product", "Router"), "start": True},
        {**named("product", "Router"), "entity": 7},
        {**named("product", "Router"), "confidence_entity": 7},
    ],
)
def test_malformed_entities_are_refused(entry: object) -> None:
    with pytest.raises(ClassifierUnavailable, match="entities"):
        found_in(entry)
    with pytest.raises(ClassifierUnavailable, match="entities"):
        entities_of({"entities": {"a": entry}}, TEXT, KINDS)


def test_patterns_come_before_guesses_and_the_surer_guess_before_the_other() -> None:
    ours = [entity("order_number", "4711-2209")]
    guessed = (
        (entity("invoice_number", "4711-2209"), 1.0),
        (entity("date", "am 3. März"), 0.7),
        (entity("date", "3. März"), 0.9),
        (entity("product", "Router"), 0.8),
    )
    assert with_guessed(ours, guessed, ()) == (
        entity("product", "Router"),
        entity("order_number", "4711-2209"),
        entity("date", "3. März"),
    )


def test_personal_data_are_no_product() -> None:
    at = TEXT.index("Router")
    name = PersonalDataSpan(at, at + 6, "name")
    assert with_guessed([], ((entity("product", "Router"), 1.0),), (name,)) == ()
