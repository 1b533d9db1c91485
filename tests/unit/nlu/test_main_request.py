"""Which request of a message is the main one: denied wishes, plain signs, and the first of two."""

from __future__ import annotations

import pytest

from desk.reading import IntentGuess
from nlu.disclaimers import _DENIALS, _DISCLAIMED, without_disclaimers
from nlu.first_request import first_request
from nlu.intent_model import IntentScores
from nlu.overruling import overruled
from nlu.parts import parts_of
from nlu.rasa_project import TRAINING
from nlu.signals import INTENT_OF, Signal
from nlu.training_files import load_training

INTENTS = frozenset(INTENT_OF.values())


def scores(*guesses: tuple[str, float], strange: bool = False, certain: bool = False) -> IntentScores:
    return IntentScores(tuple(IntentGuess(*guess) for guess in guesses), strange, 0.9 if strange else 0.1, certain)


def test_what_is_not_looked_at_longer_denies_nothing() -> None:
    texts = [utterance.text for utterance in load_training([TRAINING / "data"]).utterances]
    denying = [text for text in texts if _DISCLAIMED.search(text)]
    assert len(denying) > 10
    assert all(any(denial in text.lower() for denial in _DENIALS) for text in denying)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ich will den Vertrag gar nicht kündigen, ich brauch bloß mehr Volumen", "ich brauch bloß mehr Volumen"),
        ("moechte nichts zurueckgeben, nur eine frage zum filter", "nur eine frage zum filter"),
        ("I don't want to return it, I want a longer cable with it", "I want a longer cable with it"),
        ("We're not cancelling anything! Just move the date please", "Just move the date please"),
    ],
)
def test_a_wish_that_is_denied_is_left_out(text: str, left: str) -> None:
    assert without_disclaimers(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Ich will das nicht mehr zurückgeben, nehmt die Retoure raus",
        "I don't want to return it any more, call that off please",
        "No need to cancel if you can find a smaller one",
        "Bitte nicht stornieren!",
        "I don't want to cancel",
        "I am not able to return the lamp, your label is broken",
    ],
)
def test_a_refusal_that_is_the_request_stays(text: str) -> None:
    assert without_disclaimers(text) == text


@pytest.mark.parametrize(
    ("signal", "read", "named"),
    [
        (Signal.SELF_HARM, scores(("complaint", 0.99), certain=True), "safety_hazard"),
        (Signal.DANGER, scores(("technical_fault", 0.8), ("safety_hazard", 0.16)), "safety_hazard"),
        (Signal.DANGER, scores(("technical_fault", 0.3), ("safety_hazard", 0.01)), "safety_hazard"),
        (Signal.DANGER, scores(("thanks", 0.9), ("safety_hazard", 0.01)), "safety_hazard"),
        (Signal.DANGER, scores(("legal_threat", 0.97), ("safety_hazard", 0.01), certain=True), None),
        (Signal.DANGER, scores(("delivery_problem", 0.8), ("safety_hazard", 0.1)), None),
        (Signal.LEGAL, scores(("refund", 0.85), ("legal_threat", 0.1)), "legal_threat"),
        (Signal.LEGAL, scores(("press_enquiry", 0.98), ("outage", 0.01), certain=True), None),
        (Signal.PRIVACY, scores(("thanks", 0.96), ("privacy_request", 0.03), certain=True), "privacy_request"),
        (Signal.PRIVACY, scores(("job_application", 0.8), ("privacy_request", 0.1)), None),
        (Signal.HUMAN, scores(("invoice", 0.5), ("human_please", 0.4)), None),
        (Signal.HUMAN, scores(("greeting", 0.6), ("human_please", 0.3)), "human_please"),
        (Signal.HUMAN, scores(("greeting", 0.9), ("human_please", 0.01)), None),
        (Signal.HUMAN, scores(("invoice", 0.3), strange=True), "human_please"),
        (Signal.HUMAN, scores(("complaint", 0.8), ("human_please", 0.1)), None),
        (Signal.HUMAN, scores(("complaint", 0.3), ("human_please", 0.2)), "human_please"),
    ],
)
def test_a_plain_sign_decides_only_where_it_should(signal: Signal, read: IntentScores, named: str | None) -> None:
    found = overruled(read, frozenset({signal}), INTENTS)
    assert (found.intent if found else None) == named


def test_of_two_requests_the_first_is_the_main_one() -> None:
    whole = scores(("refund", 0.7), ("order_cancel", 0.2))
    found = first_request(whole, [IntentGuess("order_cancel", 0.95), IntentGuess("refund", 0.9)])
    assert found is not None
    assert found.intent == "order_cancel"


@pytest.mark.parametrize(
    ("best", "first"),
    [
        (("refund", 0.97), IntentGuess("order_cancel", 0.95)),
        (("legal_threat", 0.6), IntentGuess("delivery_problem", 0.99)),
        (("technical_fault", 0.5), IntentGuess("human_please", 0.99)),
    ],
)
def test_a_story_told_first_is_no_request(best: tuple[str, float], first: IntentGuess) -> None:
    assert first_request(scores(best), [first]) is None


def test_the_matter_comes_before_the_wish_to_talk_about_it() -> None:
    found = first_request(scores(("human_please", 0.95)), [IntentGuess("technical_fault", 0.9)])
    assert found is not None
    assert found.intent == "technical_fault"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("the mixer is too loud for me and could you tell me where to send it", 2),
        ("Die Lampe kam ohne Schirm, und wann kriege ich mein Porto wieder", 2),
        ("I like the red one and the blue one and the green one", 0),
    ],
)
def test_a_request_behind_an_and_is_a_part(text: str, parts: int) -> None:
    assert len(parts_of(text)) == parts
