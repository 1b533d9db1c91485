"""Why a text was read as it was: the words that mattered, what is near, and why the model doubts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace

import numpy as np
import pytest

from desk.classifying import TextToRead
from nlu.embedded import EmbeddedClassifier
from nlu.explaining import Explanation, explain
from nlu.intent_heads import Floats
from nlu.intent_training import train_intents
from nlu.kept_vectors import kept_vectors
from nlu.reading import Rules
from nlu.training_files import TrainingSet, Utterance
from tests.unit.nlu.test_intent_model import utterances

Why = Callable[[str], Explanation]
EXAMPLES = [
    *(replace(u, where=f"nlu.yml:{at}") for at, u in enumerate(utterances(), 1)),
    Utterance("where is my phone, ring 0176 1234567", "where", where="nlu.yml:0"),
]


@pytest.fixture(scope="module")
def engine() -> EmbeddedClassifier:
    training = TrainingSet(list(EXAMPLES))
    return EmbeddedClassifier(train_intents(EXAMPLES), Rules.learn(training), "test")


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Floats:
    return kept_vectors([u.text for u in EXAMPLES], tmp_path_factory.mktemp("vectors"))


@pytest.fixture
def why(engine: EmbeddedClassifier, vectors: Floats) -> Why:
    def explained(text: str) -> Explanation:
        message = TextToRead(text)
        return explain(engine.model, message, engine.read_now([message])[0], EXAMPLES, vectors)

    return explained


def test_the_word_that_carries_the_intent_pushes_most(why: Why) -> None:
    found = why("my tablet is broken")
    assert found.best.intent == "broken"
    assert found.without[0].words == "broken"
    assert found.without[0].push > 1
    assert found.without[0].confidence < found.best.confidence
    assert any("broken" in one.shown and one.lead > 0 for one in found.features[:4])


def test_features_add_up_to_what_the_word_head_says(engine: EmbeddedClassifier, why: Why) -> None:
    text = "paket kaputt"
    found, head = why(text), engine.model.words
    margins = head.margins([text])[0] - head.intercept
    best, other = (engine.model.labels.index(g.intent) for g in (found.best, found.runner_up))
    assert sum(one.best for one in found.features) == pytest.approx(float(margins[best]), abs=0.02)
    assert sum(one.runner_up for one in found.features) == pytest.approx(float(margins[other]), abs=0.02)


def test_both_heads_vote_and_slips_are_told(why: Why) -> None:
    found = why("tablet kaput")
    assert found.mended == (("kaput", "kaputt"),)
    assert {votes[0].intent for votes in found.heads.values()} == {"broken"}
    assert 0 <= found.sense_share <= 1
    assert 0 <= found.agreement <= 1


def test_the_nearest_examples_come_first_with_their_place(why: Why) -> None:
    near = why("where is my speaker").nearest
    assert near[0].text == "where is my speaker"
    assert near[0].sense == pytest.approx(1, abs=0.01)
    assert [one.sense for one in near] == sorted((one.sense for one in near), reverse=True)
    assert near[0].where.startswith("nlu.yml:")


def test_no_personal_data_are_repeated(why: Why) -> None:
    found = why("where is my phone? ring 0176 1234567 or mail jo.farrow@example.org")
    told = json.dumps(asdict(found))
    assert not any(secret in told for secret in ("0176", "1234567", "0000", "farrow", "example.org"))
    assert "[phone]" in told


def test_doubts_say_why_it_abstains(why: Why) -> None:
    found = why("rezept für kuchen")
    assert found.strangeness > found.abstain_above
    assert "abstains" in found.doubts[0]
    assert len(found.doubts) > 1, "a number alone explains nothing"
    assert not why("where is my router").doubts


@pytest.mark.parametrize("text", ["", "   ", "👋", "?", "a", "\u202e\x00", "kaputt " * 3000])
def test_any_text_is_explained(why: Why, text: str) -> None:
    found = why(text)
    assert len(found.without) <= 12
    assert all(np.isfinite([one.push for one in found.without]))
