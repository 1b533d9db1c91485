"""One reading out of all parts: when the intent is certain, what else is asked for, and what threatens a life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import pytest

from desk.classifying import TextToRead
from desk.reading import Danger, IntentGuess, Reading, Urgency
from nlu.intent_model import IntentScores
from nlu.mood_model import Floats, MoodModel, Opinion, Signs
from nlu.moods import SURELY_SELF_HARM_FROM, SUSPECTED_FROM
from nlu.reading import Rules, texts_to_score
from nlu.training_files import TrainingSet, Utterance

INTENTS = ("delivery_status", "invoice", "refund", "safety_hazard", "legal_threat", "human_please")


@pytest.fixture(scope="module")
def rules() -> Rules:
    known = [Utterance("wo ist mein Paket", "delivery_status"), Utterance("where is my parcel", "delivery_status")]
    return Rules.learn(TrainingSet([*known, *(Utterance(intent, intent) for intent in INTENTS)]))


def scores(
    intent: str, confidence: float, *, certain: bool, other: str = "refund", strange: bool = False
) -> IntentScores:
    guesses = (IntentGuess(intent, confidence), IntentGuess(other, 1 - confidence))
    return IntentScores(guesses, out_of_scope=strange, strangeness=0.8 if strange else 0.1, certain=certain)


def read(rules: Rules, text: str, whole: IntentScores, *further: IntentScores) -> Reading:
    message = TextToRead(text)
    assert len(texts_to_score(message)) == 1 + len(further)
    return rules.reading(message, whole, further, engine="test", model="1")


def test_a_reading_is_as_certain_as_its_scores(rules: Rules) -> None:
    assert read(rules, "wo ist mein Paket", scores("delivery_status", 0.97, certain=True)).certain
    assert not read(rules, "wo ist mein Paket", scores("delivery_status", 0.9, certain=False)).certain


def test_an_engine_that_is_certain_of_a_guess_is_not_believed(rules: Rules) -> None:
    assert not read(rules, "wo ist mein Paket", scores("delivery_status", 0.6, certain=True)).certain


def test_what_is_out_of_scope_is_never_certain_and_keeps_its_guesses(rules: Rules) -> None:
    reading = read(rules, "wo ist mein Hund", scores("delivery_status", 0.9, certain=True, strange=True))
    assert not reading.certain
    assert reading.out_of_scope
    assert [guess.intent for guess in reading.runners_up] == ["delivery_status", "refund"]


def test_a_plain_sign_is_certain(rules: Rules) -> None:
    reading = read(rules, "Mein Anwalt meldet sich", scores("invoice", 0.4, certain=False))
    assert reading.intent == "legal_threat"
    assert reading.certain


TWO = "Wo ist mein Paket denn jetzt? Und ich brauche noch meine Rechnung bitte."


def test_two_requests_share_the_confidence_and_are_certain_by_their_parts(rules: Rules) -> None:
    halves = scores("delivery_status", 0.99, certain=True), scores("invoice", 0.99, certain=True)
    reading = read(rules, TWO, scores("delivery_status", 0.5, certain=False, other="invoice"), *halves)
    assert reading.certain
    assert reading.also == ("invoice",)
    assert reading.also_certain


def test_a_second_request_that_is_a_guess_is_noted_and_not_certain(rules: Rules) -> None:
    halves = scores("delivery_status", 0.99, certain=True), scores("invoice", 0.7, certain=False)
    reading = read(rules, TWO, scores("delivery_status", 0.8, certain=True), *halves)
    assert reading.also == ("invoice",)
    assert not reading.also_certain


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("Ich will nicht mehr leben", Danger.SELF_HARM),
        ("I want to kill myself, and my router is on fire", Danger.SELF_HARM),
        ("Aus dem Router kommt Rauch", Danger.HAZARD),
        ("my battery is swollen", Danger.HAZARD),
        ("wo ist mein Paket", None),
    ],
)
def test_danger_is_seen_and_urgent_whatever_the_engine_says(rules: Rules, text: str, danger: Danger | None) -> None:
    reading = read(rules, text, scores("delivery_status", 0.9, certain=False))
    assert reading.danger is danger
    if danger is Danger.SELF_HARM:
        assert (reading.intent, reading.certain) == ("safety_hazard", True)
    if danger:
        assert reading.urgency is Urgency.URGENT
        assert "safety_hazard" in (reading.intent, *reading.also)


@dataclass(frozen=True)
class Suspicious:
    """A mood model that hears self-harm in everything, as surely as it is told to."""

    model: MoodModel
    level: float

    def opinions(self, vectors: Floats, signs: Sequence[Signs]) -> list[Opinion]:
        return [replace(one, self_harm=self.level) for one in self.model.opinions(vectors, signs)]

    def knowing(self, opinions: Sequence[Opinion], about: Sequence[Mapping[str, float]]) -> list[Opinion]:
        return self.model.knowing(opinions, about)


def test_self_harm_that_is_suspected_beside_matters_brings_staff_and_no_helpline(rules: Rules) -> None:
    suspecting = replace(rules, moods=cast("MoodModel", Suspicious(rules.moods, SUSPECTED_FROM)))
    halves = [scores(intent, 0.99, certain=True) for intent in ("delivery_status", "invoice", "refund", "order_change")]
    text = (
        "Wo ist mein Paket denn jetzt? Und ich brauche noch meine Rechnung bitte. "
        "Wann kommt denn mein Geld zurück? Und bitte ändert noch meine Bestellung."
    )
    reading = read(suspecting, text, scores("delivery_status", 0.98, certain=True), *halves)
    assert reading.intent == "delivery_status"
    assert reading.also[0] == "safety_hazard", "first, since not all have room"
    assert reading.danger is None
    assert reading.urgency is Urgency.URGENT

    sure = replace(rules, moods=cast("MoodModel", Suspicious(rules.moods, SURELY_SELF_HARM_FROM)))
    assert read(sure, "wo ist mein Paket", scores("delivery_status", 0.98, certain=True)).danger is Danger.SELF_HARM


def test_a_likely_danger_without_a_plain_sign_is_one_too(rules: Rules) -> None:
    assert read(rules, "es glimmt so komisch", scores("safety_hazard", 0.6, certain=False)).danger is Danger.HAZARD
    assert read(rules, "es glimmt so komisch", scores("safety_hazard", 0.2, certain=False)).danger is None
