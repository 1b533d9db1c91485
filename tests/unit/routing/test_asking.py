"""When a contact is asked which of a few things they mean, and what is offered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.asking import MOST_OFFERED, AskingState
from desk.reading import OUT_OF_SCOPE, Danger, IntentGuess, PersonalDataSpan, Reading
from desk.ticket import Lane
from routing.asking import intents_to_offer
from routing.decide import ContactFacts
from routing.policy import Policy

UNSURE = Reading(
    language="en",
    intent="returns",
    confidence=0.5,
    runners_up=(IntentGuess("refund", 0.3), IntentGuess("warranty", 0.15), IntentGuess("how_to", 0.03)),
    engine="embedded",
    certain=False,
)
STRANGE = replace(UNSURE, intent=OUT_OF_SCOPE, confidence=0.8, out_of_scope=True, runners_up=UNSURE.runners_up)


def test_the_three_likeliest_are_offered(policy: Policy) -> None:
    assert intents_to_offer(UNSURE, ContactFacts(), policy) == ("returns", "refund", "warranty")


def test_what_is_out_of_scope_is_asked_about_by_its_guesses(policy: Policy) -> None:
    assert intents_to_offer(STRANGE, ContactFacts(), policy) == ("refund", "warranty", "how_to")


def test_guesses_that_are_mere_chance_are_not_offered(policy: Policy) -> None:
    chance = tuple(IntentGuess(intent, 0.05) for intent in ("refund", "warranty", "how_to"))
    assert intents_to_offer(replace(STRANGE, runners_up=chance), ContactFacts(), policy) == ()
    assert intents_to_offer(replace(STRANGE, runners_up=()), ContactFacts(), policy) == ()


def test_who_is_understood_is_not_asked(policy: Policy) -> None:
    assert intents_to_offer(replace(UNSURE, certain=True), ContactFacts(), policy) == ()


@pytest.mark.parametrize(
    "why",
    [
        {"engine": "unread"},
        {"language": "other"},
        {"wants_human": True},
        {"danger": Danger.SELF_HARM},
        {"danger": Danger.HAZARD},
        {"intent": "safety_hazard"},
        {"runners_up": (IntentGuess("safety_hazard", 0.2),)},
        {"personal_data": (PersonalDataSpan(0, 4, "iban"),)},
        {"intent": "legal_threat"},
        {"also": ("privacy_request",)},
        {"also": ("invoice",)},
    ],
    ids=str,
)
def test_what_is_staffs_at_once_is_not_asked_about(policy: Policy, why: dict[str, Any]) -> None:
    assert intents_to_offer(replace(UNSURE, **why), ContactFacts(), policy) == ()


@pytest.mark.parametrize("facts", [ContactFacts(rejections=2), ContactFacts(asked_for_human=True)])
def test_nor_who_was_rejected_twice_or_wants_a_person(policy: Policy, facts: ContactFacts) -> None:
    assert intents_to_offer(UNSURE, facts, policy) == ()


@pytest.mark.parametrize("state", AskingState)
def test_nobody_is_asked_twice(policy: Policy, state: AskingState) -> None:
    assert intents_to_offer(UNSURE, ContactFacts(answer=state), policy) == ()


def test_not_when_nine_of_ten_guesses_lead_to_the_same_place(policy: Policy) -> None:
    parcels = replace(UNSURE, intent="delivery_status", runners_up=(IntentGuess("delivery_problem", 0.42),))
    assert intents_to_offer(parcels, ContactFacts(), policy) == ()
    staffs = replace(UNSURE, intent="refund", runners_up=(IntentGuess("invoice", 0.42),))
    assert intents_to_offer(staffs, ContactFacts(), policy) == ()
    elsewhere = replace(UNSURE, intent="refund", runners_up=(IntentGuess("complaint", 0.42),))
    assert intents_to_offer(elsewhere, ContactFacts(), policy) == ("refund", "complaint")


def test_greetings_and_persons_are_no_choices(policy: Policy) -> None:
    guesses = (IntentGuess("thanks", 0.2), IntentGuess("human_please", 0.1), IntentGuess("refund", 0.1))
    assert intents_to_offer(replace(UNSURE, runners_up=guesses), ContactFacts(), policy) == ("returns", "refund")


INTENTS = st.sampled_from(["returns", "refund", "how_to", "greeting", "human_please", "safety_hazard", "no_such"])
READINGS = st.builds(
    Reading,
    language=st.sampled_from(["de", "en", "other"]),
    intent=INTENTS,
    confidence=st.floats(0, 1),
    runners_up=st.lists(st.builds(IntentGuess, INTENTS, st.floats(0, 1)), max_size=5).map(tuple),
    out_of_scope=st.booleans(),
    certain=st.booleans(),
    engine=st.just("embedded"),
)


@given(READINGS)
def test_offers_are_few_different_and_known_and_never_a_danger(policy: Policy, reading: Reading) -> None:
    offered = intents_to_offer(reading, ContactFacts(), policy)
    assert len(offered) <= MOST_OFFERED
    assert len(set(offered)) == len(offered)
    assert not {"greeting", "human_please", "safety_hazard", "no_such", OUT_OF_SCOPE} & set(offered)
    assert all(policy.intents[intent].lane is not Lane.KNOWLEDGE for intent in offered)
