"""The intent model: deterministic, calibrated, abstaining, and safe on disk."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import SettingsInvalid
from nlu import sense_training
from nlu.intent_model import IntentModel
from nlu.intent_training import train_intents
from nlu.model_store import drop_models, fingerprint, store_model, stored_model
from nlu.normalising import HEAD, TAIL, folded
from nlu.recent_vectors import recent_vectors
from nlu.sentence_vectors import sentence_vectors
from nlu.training_files import Utterance

THINGS = ["router", "paket", "tablet", "kopfhörer", "phone", "speaker", "kaffeemaschine", "uhr"]
SAYINGS = {
    "cancel": ["ich will {} stornieren", "bitte {} abbestellen", "cancel my {}", "storno {}", "kündige {}"],
    "where": ["wo ist {}", "wann kommt {}", "where is my {}", "{} noch nicht da", "lieferstatus {}"],
    "broken": ["{} ist kaputt", "{} geht nicht an", "my {} is broken", "{} defekt", "{} wont start"],
    "out_of_scope": [
        "wie wird das wetter",
        "tell me a joke about {}",
        "rezept für kuchen",
        "wer ist kanzler",
        "{} reim dich",
    ],
}


def utterances() -> list[Utterance]:
    return [Utterance(s.format(t), intent) for intent, said in SAYINGS.items() for s in said for t in THINGS]


@pytest.fixture(scope="module", autouse=True)
def few_steps() -> Iterator[None]:
    """So few texts are learned in fewer steps than real ones ask for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sense_training, "_LEAST_STEPS", 60)
        yield


@pytest.fixture(scope="module")
def model(few_steps: None) -> IntentModel:
    return train_intents(utterances())


def test_it_learns_what_it_is_taught(model: IntentModel) -> None:
    for text, intent in [
        ("wo bleibt paket", "where"),
        ("tablet kaputt", "broken"),
        ("please cancel the speaker", "cancel"),
    ]:
        (scores,) = model.scores([text])
        assert scores.guesses[0].intent == intent
        assert not scores.out_of_scope


def test_it_abstains_from_what_it_was_taught_to_leave(model: IntentModel) -> None:
    (scores,) = model.scores(["tell me a joke"])
    assert scores.out_of_scope
    assert all(g.intent != "out_of_scope" for g in scores.guesses)


def test_confidences_are_probabilities_and_fall(model: IntentModel) -> None:
    for scores in model.scores([u.text for u in utterances()] + ["", "xyz"]):
        confidences = [g.confidence for g in scores.guesses]
        assert confidences == sorted(confidences, reverse=True)
        assert 0 <= sum(confidences) <= 1.0001


def test_only_guesses_from_sure_from_on_are_certain(model: IntentModel) -> None:
    certain = {
        (scores.certain, scores.guesses[0].confidence >= model.sure_from)
        for scores in model.scores([u.text for u in utterances()] + ["", "xyz qrs", "wo storno kaputt"])
    }
    assert (True, True) in certain
    assert (False, False) in certain
    assert len(certain) == 2


def test_the_vectors_are_left_for_the_mood_model(model: IntentModel) -> None:
    texts = ["where is my routr", "bitte router abbestellen"]
    model.scores(texts)
    mended = sentence_vectors().of([model.speller.mended(text) for text in texts])
    assert np.allclose(recent_vectors().of(texts), mended, atol=1e-5)


def test_same_data_same_model(model: IntentModel) -> None:
    again = train_intents(utterances())
    assert np.array_equal(again.words.weights, model.words.weights)
    assert np.array_equal(again.senses.hidden, model.senses.hidden)
    assert again.mixture == model.mixture
    assert again.gate.abstain_above == model.gate.abstain_above
    assert again.sure_from == model.sure_from


def test_a_batch_reads_as_single_messages_do(model: IntentModel) -> None:
    texts = [u.text for u in utterances()][:20]
    for together, text in zip(model.scores(texts), texts, strict=True):
        (alone,) = model.scores([text])
        assert [g.intent for g in together.guesses] == [g.intent for g in alone.guesses]
        assert together.strangeness == pytest.approx(alone.strangeness, abs=1e-5)


def test_intents_with_few_examples_do_not_stop_training() -> None:
    few = [*utterances(), Utterance("ein einziges beispiel", "rare")]
    assert "rare" in train_intents(few).labels
    single = train_intents([Utterance("wo ist es", "where"), Utterance("es ist kaputt", "broken")])
    assert single.scores(["kaputt"])[0].guesses[0].intent == "broken"


def test_two_intents_without_out_of_scope_are_enough() -> None:
    two = train_intents([u for u in utterances() if u.intent in {"where", "broken"}])
    assert two.scores(["wo ist router"])[0].guesses[0].intent == "where"
    assert two.scores(["router kaputt"])[0].guesses[0].intent == "broken"


@pytest.mark.parametrize("intents", [{"where"}, {"where", "out_of_scope"}])
def test_one_intent_is_refused(intents: set[str]) -> None:
    with pytest.raises(SettingsInvalid, match="fewer than two"):
        train_intents([u for u in utterances() if u.intent in intents])


def test_a_stored_model_reads_the_same(model: IntentModel, tmp_path: Path) -> None:
    store_model(tmp_path, "k1", model)
    stored = stored_model(tmp_path, "k1")
    assert stored is not None
    texts = [u.text for u in utterances()]
    assert stored.scores(texts) == model.scores(texts)
    assert stored_model(tmp_path, "k2") is None
    store_model(tmp_path, "k2", model)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["intents-k1.npz", "intents-k2.npz"]


def test_the_oldest_models_go_and_the_ones_to_keep_stay(model: IntentModel, tmp_path: Path) -> None:
    for age, key in enumerate(["newest", "newer", "older", "oldest", "served"]):
        store_model(tmp_path, key, model)
        os.utime(tmp_path / f"intents-{key}.npz", (1e9 - age, 1e9 - age))
    (tmp_path / "left-behind.part").touch()
    (tmp_path / "being-written.part").touch()
    os.utime(tmp_path / "left-behind.part", (1e9, 1e9))
    drop_models(tmp_path, keep=["served", "not-there"], most=4)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "being-written.part",
        *(f"intents-{key}.npz" for key in ("newer", "newest", "served")),
    ]


def test_a_damaged_model_is_no_model(model: IntentModel, tmp_path: Path) -> None:
    store_model(tmp_path, "k", model)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    chance = random.Random(7)
    for damage in (b"", whole[: len(whole) // 2], b"PK\x03\x04" + whole[4:900], chance.randbytes(5000)):
        path.write_bytes(damage)
        assert stored_model(tmp_path, "k") is None
    (tmp_path / "intents-other.npz").write_bytes(whole)
    assert stored_model(tmp_path, "other") is None, "a model under a foreign fingerprint"


def test_the_fingerprint_follows_the_files(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("one")
    before = fingerprint([path])
    assert fingerprint([path]) == before
    path.write_text("two")
    assert fingerprint([path]) != before


@given(st.text(max_size=4000))
def test_folding_is_bounded_and_settles(text: str) -> None:
    once = folded(text)
    assert len(once) <= HEAD + TAIL
    assert "  " not in once


def test_spellings_of_the_same_agree() -> None:
    assert folded("Kündigung GRÜSSE  straße 4711") == folded("kuendigung grüße\tSTRASSE 1234")
    assert folded("haaaaallo") == folded("haallo")
    assert folded("Z̴̢̛a̷l̶g̵o̴") == "zalgo"
    assert folded("a" * 3000 + " the end").endswith("the end")


@given(text=st.text(max_size=500))
def test_any_text_gets_scores(model: IntentModel, text: str) -> None:
    scores = model.scores([text])[0]
    assert scores.guesses
    assert 0 <= scores.strangeness <= 1
