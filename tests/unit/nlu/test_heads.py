"""The heads of the intent model: the network learns sense, the mixture and the gate trust what proved right."""

from __future__ import annotations

import numpy as np

from nlu.intent_fitting import LIKELIER_THAN_NOT, SURE, fitted_gate, fitted_mixture, sure_from
from nlu.intent_heads import log_softmax, softmax
from nlu.intent_model import Gate, Mixture, Opinions, signs
from nlu.sense_training import train_senses
from nlu.sentence_vectors import sentence_vectors
from nlu.vectoriser import Vectoriser

SHIPPING = ["my parcel never arrived", "where is my order", "the package has not come yet", "when will it be delivered"]
MONEY = ["I want my money back", "please refund me", "you charged me twice", "the amount on my bill is wrong"]


def test_the_network_understands_words_it_never_saw() -> None:
    vectors = sentence_vectors().whole(SHIPPING + MONEY)
    head = train_senses(vectors, vectors, np.array([0] * 4 + [1] * 4), 2, rounds=60)
    asked = sentence_vectors().whole(["Wo bleibt meine Lieferung?", "Ich möchte mein Geld zurück"])
    assert head.logits(asked).argmax(axis=1).tolist() == [0, 1]


def opinions_of(truth: np.ndarray, sure: float, unsure: float) -> Opinions:
    """Words that know nothing, senses that know all; and lengths."""
    chance = np.random.default_rng(1)
    words = chance.standard_normal((len(truth), 3)).astype(np.float32)
    senses = (chance.standard_normal((len(truth), 3)) * unsure + sure * np.eye(3)[truth]).astype(np.float32)
    return Opinions(words, senses, np.full(len(truth), 5, dtype=np.float32))


def test_the_mixture_trusts_the_head_that_was_right() -> None:
    truth = np.arange(300) % 3
    mixture = fitted_mixture(opinions_of(truth, 3, 1), truth)
    assert mixture.sense_share >= 0.8
    assert mixture.word_sharpness < mixture.sense_sharpness


def test_the_best_guess_is_as_often_right_as_it_is_sure_also_where_only_two_labels_compete() -> None:
    chance = np.random.default_rng(4)
    scores = log_softmax((2 * chance.standard_normal((1500, 12))).astype(np.float32))
    second, best = np.argsort(scores, axis=1)[:, -2:].T
    truth = np.where(chance.random(1500) < np.exp(scores.max(axis=1)), best, second)
    said = Opinions(scores, scores, np.full(1500, 5, dtype=np.float32))
    sure = np.exp(fitted_mixture(said, truth).log_probabilities(said).max(axis=1))
    assert abs(sure.mean() - (best == truth).mean()) < 0.01


def test_the_gate_keeps_what_is_in_scope_and_stops_what_is_not() -> None:
    truth = np.arange(600) % 3
    said = opinions_of(truth, 4, 1)
    mixture = fitted_mixture(said, truth)
    chance = np.random.default_rng(2)
    words, senses = (0.2 * chance.standard_normal((99, 3)).astype(np.float32) for _ in range(2))
    unlike = Opinions(words, senses, np.full(99, 5, dtype=np.float32))
    for labels in (("a", "b", "c"), ("a", "b", "out_of_scope")):
        gate = fitted_gate(said, truth, mixture, labels)
        assert 0 <= gate.abstain_above <= 1
        assert np.isfinite(gate.weights).all()
    gate = fitted_gate(said, truth, mixture, ("a", "b", "c"))
    everything = np.ones(3, dtype=bool)
    kept = gate.strangeness(signs(said, mixture.weigh(said), everything)) <= gate.abstain_above
    stopped = gate.strangeness(signs(unlike, mixture.weigh(unlike), everything)) > gate.abstain_above
    assert kept.mean() > 0.95
    assert stopped.mean() > 0.5


LABELS = ("a", "b", "out_of_scope")
LETS_ALL_PASS = Gate(np.zeros(21, dtype=np.float32), 0.0, 1.0)
PLAIN = Mixture(1, 1, 0.5, 1, 1)


def guessed(confidences: list[float]) -> Opinions:
    """Opinions that say "a" with these confidences, "b" with what is left."""
    sure = np.array(confidences)
    scores = np.log(np.stack([sure, 1 - sure, np.full(len(sure), 1e-9)], axis=1)).astype(np.float32)
    return Opinions(scores, scores, np.full(len(sure), 5, dtype=np.float32))


def test_a_guess_is_certain_from_where_97_in_100_were_right() -> None:
    confidences = [0.9] * 200 + [0.7] * 100 + [0.6] * 100
    truth = np.array([0] * 198 + [1] * 2 + [0] * 96 + [1] * 4 + [0] * 60 + [1] * 40)
    found = sure_from(guessed(confidences), truth, PLAIN, LETS_ALL_PASS, LABELS)
    assert 0.6 < found <= 0.7 + 1e-6


def test_a_text_out_of_scope_that_passes_the_gate_makes_a_wrong_guess() -> None:
    confidences = [0.9] * 200 + [0.7] * 100
    truth = np.array([0] * 200 + [2] * 60 + [0] * 40)
    assert sure_from(guessed(confidences), truth, PLAIN, LETS_ALL_PASS, LABELS) > 0.7
    all_right = np.zeros(300, dtype=np.int64)
    assert sure_from(guessed(confidences), all_right, PLAIN, LETS_ALL_PASS, LABELS) <= 0.7 + 1e-6


def test_a_few_lucky_guesses_prove_nothing_and_half_a_chance_is_never_certain() -> None:
    few = np.zeros(20, dtype=np.int64)
    assert sure_from(guessed([0.6] * 20), few, PLAIN, LETS_ALL_PASS, LABELS) == SURE
    wrong = np.ones(400, dtype=np.int64)
    assert sure_from(guessed([0.9] * 400), wrong, PLAIN, LETS_ALL_PASS, LABELS) == SURE
    many = np.zeros(400, dtype=np.int64)
    assert sure_from(guessed([0.50001] * 400), many, PLAIN, LETS_ALL_PASS, LABELS) >= LIKELIER_THAN_NOT
    stops_all = Gate(LETS_ALL_PASS.weights, 0.0, 0.0)
    assert sure_from(guessed([0.9] * 400), many, PLAIN, stops_all, LABELS) == SURE


def test_probabilities_survive_large_numbers() -> None:
    logits = np.array([[1e4, -1e4, 0], [0, 0, 0]], dtype=np.float32)
    assert np.allclose(softmax(logits).sum(axis=1), 1)
    assert np.isfinite(log_softmax(logits)).all()
    assert np.allclose(np.exp(log_softmax(logits)), softmax(logits))


def test_words_never_seen_make_a_text_lighter() -> None:
    vectoriser = Vectoriser.fit(["wo ist mein paket", "wo ist der router"])
    _, known = vectoriser.features(["wo ist mein paket"]).text(0)
    _, strange = vectoriser.features(["wo ist mein paket xylophonquartett"]).text(0)
    assert np.linalg.norm(known) > np.linalg.norm(strange)
    assert len(vectoriser.features(["zzz"]).text(0)[0]) == 0


def test_features_are_counted_kept_by_frequency_and_named() -> None:
    texts = ["das paket", "das paket", "das fahrrad", "ein rad"]
    vectoriser = Vectoriser.fit(texts, grams=False)
    names = vectoriser.names("das paket das")
    assert set(names.values()) == {("words", name) for name in ("das", "paket", "das paket", " das")}
    indices, values = vectoriser.features(["das paket das"]).text(0)
    weight = dict(zip((names[at] for at in indices.tolist()), values.tolist(), strict=True))
    assert weight["words", "das"] > weight["words", " das"]  # twice in the text, and as frequent in training

    both = Vectoriser.fit(["rad fahren", "rad"])
    named = both.names("rad am rad")
    assert {("words", "rad"), ("letters", "rad")} <= set(named.values())
    assert set(both.features(["rad am rad"]).text(0)[0].tolist()) == set(named)
    assert np.isclose(np.linalg.norm(both.features(["rad"]).text(0)[1]), 2**0.5)

    fewer = Vectoriser.fit(texts, most=6, grams=False)
    assert {name for _, name in fewer.names("das paket ein rad").values()} == {"das", "paket", " das", "das paket"}
    assert len(Vectoriser.fit([]).features(["das paket"]).text(0)[0]) == 0
