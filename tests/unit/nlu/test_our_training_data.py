"""Our own training files: every intent of the contract, enough examples in both languages, nothing twice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from desk.people import Locale
from nlu.rasa_domain import domain_text
from nlu.training_files import TrainingSet, load_training

TRAINING = Path(__file__).parents[3] / "nlu" / "training"
INTENTS = set(
    """
    delivery_status delivery_problem order_change order_cancel returns refund invoice payment_problem
    contract_cancel contract_change account_login account_data_change technical_fault outage how_to
    product_advice availability warranty complaint praise product_idea privacy_request job_application
    press_enquiry partnership phishing_report safety_hazard legal_threat human_please greeting thanks goodbye
    out_of_scope
    """.split()  # noqa: SIM905
)
ENTITIES = {"order_number", "invoice_number", "product", "amount", "date"}
LEAST = 60


@pytest.fixture(scope="module")
def training() -> TrainingSet:
    return load_training([TRAINING / "data"])


def test_every_intent_of_the_contract_has_enough_examples_in_both_languages(training: TrainingSet) -> None:
    counts = Counter((u.language, u.intent) for u in training.utterances)
    thin = [(language, intent) for language in Locale for intent in INTENTS if counts[language, intent] < LEAST]
    assert not thin
    assert set(training.intents) == INTENTS


def test_no_example_stands_twice(training: TrainingSet) -> None:
    told = Counter((u.language, re.sub(r"\W+", " ", u.text.casefold()).strip() or u.text) for u in training.utterances)
    assert not [text for text, times in told.items() if times > 1]


def test_entities_are_of_the_known_kinds(training: TrainingSet) -> None:
    assert {e.kind for u in training.utterances for e in u.entities} == ENTITIES


def test_the_domain_of_rasa_is_fresh(training: TrainingSet) -> None:
    assert (TRAINING / "domain.yml").read_text(encoding="utf-8") == domain_text(training)
