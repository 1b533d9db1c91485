"""The mood of whole messages: signs and model together, and what always wins upward."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import SettingsInvalid
from desk.reading import SAFETY_HAZARD, Danger, IntentGuess, Sentiment, Urgency
from nlu import mood_model as module
from nlu import mood_training
from nlu.mood_model import COLUMNS, INPUTS, WEIGHTS, mood_model, stored_moods
from nlu.mood_training import TEXTS, _store, fingerprint, ordinary_texts, questions_of
from nlu.moods import (
    SELF_HARM_FROM,
    SURELY_SELF_HARM_FROM,
    SUSPECTED_FROM,
    Heard,
    about,
    beside_a_matter,
    danger_of,
    hear,
    sentiment_of,
    urgency_of,
    wants_human,
)
from nlu.recent_vectors import RecentVectors, recent_vectors
from nlu.sentence_vectors import WIDTH, sentence_vectors
from nlu.signals import Signal
from nlu.training_apart import WRONG_FILES
from nlu.training_files import Utterance, load_training


def heard(text: str) -> Heard:
    return hear([text], recent_vectors().of([text]), mood_model())[0]


def test_weights_of_the_texts_and_the_code_are_used() -> None:
    mood_model()
    assert stored_moods(WEIGHTS, fingerprint()) is not None


def test_ordinary_texts_tell_only_that_they_are_no_self_harm() -> None:
    plain = Utterance("wo ist mein paket", "delivery_status")
    dark = replace(plain, text="macht es gut", intent=SAFETY_HAZARD, danger=Danger.SELF_HARM)
    texts = [
        replace(dark, human=False, sentiment=Sentiment.NEGATIVE, urgency=Urgency.URGENT),
        *(
            replace(plain, human=True, sentiment=mood, urgency=hurry)
            for mood, hurry in zip(Sentiment, Urgency, strict=True)
        ),
    ]
    mood, hurry, wish, harm = questions_of(texts, ordinary=2)
    assert mood.wanted == [None, *Sentiment, None, None], "a farewell teaches no mood"
    assert hurry.wanted == [None, *Urgency, None, None]
    assert wish.wanted == [False, True, True, True, None, None]
    assert harm.wanted == [True, False, False, False, False, False]
    assert list(wish.rows) == [0, 1, 2, 3]


def test_danger_is_no_ordinary_text() -> None:
    all_texts = [u for u in load_training([TEXTS.parent / "data"]).utterances if u.intent != SAFETY_HAZARD]
    assert ordinary_texts() == all_texts[1::3], "the others tell how often one is taken for self-harm"


def test_wrong_texts_are_named_by_the_process_that_makes_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "de.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: refund\n  examples: |\n    - geld\n', encoding="utf-8"
    )
    monkeypatch.setattr(mood_training, "TEXTS", tmp_path)
    monkeypatch.setattr(mood_training, "WEIGHTS", tmp_path / "weights.npz")
    assert mood_training.main() == WRONG_FILES
    assert "de.yml:5: lacks the label human" in capsys.readouterr().err
    assert not (tmp_path / "weights.npz").exists()


def test_weights_are_made_in_a_process_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def stored_elsewhere(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        made.append(command[-1])
        _store(tmp_path / "weights.npz", first)
        return subprocess.CompletedProcess(command, 0, b"", b"")

    first = mood_model()
    monkeypatch.setattr(module, "WEIGHTS", tmp_path / "weights.npz")
    monkeypatch.setattr(module.subprocess, "run", stored_elsewhere)
    module.mood_model.__wrapped__()
    assert len(made) == 1
    module.mood_model.__wrapped__()
    assert len(made) == 1, "what is stored is used"


@pytest.mark.parametrize(
    ("status", "said", "told"),
    [
        (WRONG_FILES, b"de.yml:5: lacks a label", "de.yml:5: lacks a label"),
        (-2, b"Traceback", "signal 2"),
        (-9, b"", "9"),
    ],
)
def test_who_ends_a_training_ends_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, said: bytes, told: str
) -> None:
    monkeypatch.setattr(module, "WEIGHTS", tmp_path / "weights.npz")
    monkeypatch.setattr(
        module.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, status, b"", said)
    )
    with pytest.raises(SettingsInvalid, match=told):
        module.mood_model.__wrapped__()


def test_weights_may_be_read_by_others_than_who_made_them(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    _store(path, mood_model())
    assert path.stat().st_mode & 0o777 == 0o644
    assert stored_moods(path, fingerprint()) is not None
    assert list(tmp_path.iterdir()) == [path]


def test_weights_that_are_stale_or_damaged_are_not_used(tmp_path: Path) -> None:
    weights = tmp_path / "weights.npz"
    assert stored_moods(weights, "key") is None
    for content in (b"", b"PK garbage"):
        weights.write_bytes(content)
        assert stored_moods(weights, "key") is None
    for key, rows in (("key", 3), ("another", INPUTS)):
        write_weights(weights, key, rows)
        assert stored_moods(weights, "key") is None
    write_weights(weights, "key", INPUTS)
    assert stored_moods(weights, "key") is not None


def write_weights(path: Path, key: str, rows: int) -> None:
    leans = np.zeros((1, COLUMNS - 2))
    heads = {"weights": np.zeros((rows, COLUMNS)), "intercept": np.zeros(COLUMNS), "leans": leans}
    networks = {}
    for name, answers in (("hurry", 3), ("wish", 2), ("harm", 2)):
        inside = {"hidden": np.zeros((WIDTH, 2)), "hidden_bias": np.zeros(2)}
        network = inside | {"output": np.zeros((2, answers)), "output_bias": np.zeros(answers)}
        networks |= {f"{name}_{part}": array for part, array in network.items()}
    words = {"word_weights": np.zeros((1, COLUMNS)), "word_intercept": np.zeros(COLUMNS), "idf": np.ones(1)}
    features = np.ones(1, dtype=np.uint32)
    texts = {"features": features, "intents": np.array(["a"]), "fingerprint": np.array(key)}
    np.savez(path, **heads, **networks, **words, **texts)


@pytest.mark.parametrize(
    ("level", "heard_as_danger", "told_beside", "urgency"),
    [
        (SURELY_SELF_HARM_FROM, True, True, Urgency.URGENT),
        (SUSPECTED_FROM, False, True, Urgency.URGENT),
        (SELF_HARM_FROM, False, True, Urgency.URGENT),
        (SUSPECTED_FROM - 0.1, False, False, Urgency.NORMAL),
        (-9.0, False, False, Urgency.NORMAL),
    ],
)
def test_beside_a_matter_the_model_must_be_surer_of_self_harm(
    level: float, heard_as_danger: bool, told_beside: bool, urgency: Urgency
) -> None:
    calm = heard("please end my contract with the next month")
    opinion = replace(calm.opinion, self_harm=level, urgencies=np.array([0, 9, 0], dtype=np.float32))
    signals = frozenset({Signal.SELF_HARM} if level >= SELF_HARM_FROM else ())
    one = beside_a_matter(replace(calm, signals=signals, opinion=opinion))
    assert (danger_of(one, "contract_cancel") is Danger.SELF_HARM) is heard_as_danger
    assert (Signal.SELF_HARM in one.told_beside) is told_beside
    assert urgency_of(one, "contract_cancel") is urgency


def test_words_of_self_harm_count_beside_any_matter() -> None:
    said = heard("i want to kill myself, cancel my contract")
    doubted = replace(said, opinion=replace(said.opinion, self_harm=-9.0))
    assert beside_a_matter(doubted) is doubted
    assert danger_of(doubted, "contract_cancel") is Danger.SELF_HARM
    assert sentiment_of(doubted) is Sentiment.NEGATIVE


MOODS = [
    ("na toll, wieder eine Woche gewartet, danke für nichts", Sentiment.NEGATIVE),
    ("oh brilliant, the wrong colour again, thanks a lot", Sentiment.NEGATIVE),
    ("bin echt enttäuscht von euch", Sentiment.NEGATIVE),
    ("Der Drucker zeigt Fehler 12, was bedeutet das?", Sentiment.NEUTRAL),
    ("where do I find my customer number", Sentiment.NEUTRAL),
    ("mega zufrieden, alles super gelaufen 😍", Sentiment.POSITIVE),
    ("your engineer was wonderful, so happy", Sentiment.POSITIVE),
]


@pytest.mark.parametrize(("text", "mood"), MOODS)
def test_moods_of_messages(text: str, mood: Sentiment) -> None:
    assert sentiment_of(heard(text)) is mood


HURRIES = [
    ("ich brauche das Gerät unbedingt bis morgen früh", Urgency.URGENT),
    ("someone is ordering things with my account right now", Urgency.URGENT),
    ("arztpraxis ohne telefon, patienten kommen nicht durch, bitte sofort", Urgency.URGENT),
    ("fifth email about the 300 euro you owe me, never any answer", Urgency.URGENT),
    ("wie lade ich die App herunter", Urgency.NORMAL),
    ("which headphones fit small ears", Urgency.NORMAL),
    ("no rush, just wondering when it ships", Urgency.LOW),
    ("ihr seid klasse, weiter so", Urgency.LOW),
]


@pytest.mark.parametrize(("text", "hurry"), HURRIES)
def test_hurries_of_messages(text: str, hurry: Urgency) -> None:
    assert urgency_of(heard(text), "how_to") is hurry


PERILS = [
    "ich kann nicht mehr, ohne mich wären alle besser dran",
    "keine eile, ich bring mich um",
    "i dont want to wake up tomorrow",
    "no rush but the charger is on fire",
]


@pytest.mark.parametrize("text", PERILS)
def test_danger_to_life_is_urgent_whatever_else_is_said(text: str) -> None:
    assert urgency_of(heard(text), "thanks") is Urgency.URGENT


HARMLESS = [
    "der Preis bringt mich um",
    "Akku stirbt nach einer Stunde",
    "ich sterbe vor Lachen 😂",
    "this bill is killing me",
    "bombe!",
    "ist der Rauchmelder mit der App kompatibel?",
    "my phone keeps dying",
    "the firewall blocks my fire stick",
    "die led brennt dauerhaft",
    "how do I kill a frozen app",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_figures_of_speech_are_no_danger(text: str) -> None:
    assert not heard(text).signals & {Signal.SELF_HARM, Signal.DANGER}


ASKED = [
    "kann ich mit jemandem reden",
    "bist du ein bot? will einen menschen",
    "agent pls",
    "Mitarbeiter!!",
    "no robots",
]
NOT_ASKED = ["ich will keinen Anruf", "der Mitarbeiter im Laden war nett", "the agent yesterday was great"]


@pytest.mark.parametrize("text", ASKED)
def test_a_person_is_asked_for(text: str) -> None:
    assert wants_human(heard(text), "how_to", 0.9)


@pytest.mark.parametrize("text", NOT_ASKED)
def test_a_person_is_only_told_of(text: str) -> None:
    assert not wants_human(heard(text), "praise", 0.9)


@given(st.text(max_size=300))
def test_any_text_has_a_mood_and_a_hurry(text: str) -> None:
    (found,) = hear([text], np.zeros((1, 512), dtype=np.float32), mood_model())
    assert sentiment_of(found) in Sentiment
    assert urgency_of(found, "how_to") in Urgency


def test_the_model_outweighs_no_danger() -> None:
    calm = np.array([0, 0, 0, 99, 99, -99, -9, -9], dtype=np.float32)
    careless = replace(mood_model(), weights=np.zeros_like(mood_model().weights), intercept=calm)
    (found,) = hear(["es brennt"], np.zeros((1, 512), dtype=np.float32), careless)
    assert urgency_of(found, "how_to") is Urgency.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "we fly at six tomorrow and the passports are in your parcel",
        "treppenlift steht und meine mutter sitzt oben fest",
        "die haben mein onlinebanking und überweisen schon",
    ],
)
def test_a_hurry_needs_no_word_of_hurry(text: str) -> None:
    assert urgency_of(heard(text), "how_to") is Urgency.URGENT


@pytest.mark.parametrize(
    "text", ["muss jetzt los, tschüss", "right then, heading home, cheers", "heute bestellt, morgen da, respekt"]
)
def test_what_can_wait_by_its_intent_is_not_urgent_by_a_hint(text: str) -> None:
    assert urgency_of(heard(text), "goodbye") is not Urgency.URGENT


def test_what_a_message_is_about_tips_the_scales() -> None:
    said = heard("der Mann vom Service gestern")
    praised, complained = about([said, said], [[IntentGuess(intent, 0.9)] for intent in ("praise", "complaint")])
    good, bad = (list(Sentiment).index(mood) for mood in (Sentiment.POSITIVE, Sentiment.NEGATIVE))
    assert praised.opinion.sentiments[good] > said.opinion.sentiments[good]
    assert complained.opinion.sentiments[bad] > said.opinion.sentiments[bad]


def test_intents_of_another_brand_change_nothing() -> None:
    said = heard("wo ist mein Boot")
    (known,) = about([said], [[IntentGuess("boat_hire", 1.0)]])
    assert np.array_equal(known.opinion.urgencies, said.opinion.urgencies)


def test_vectors_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = sentence_vectors()
    asked: list[str] = []

    def of(texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        asked.extend(texts)
        return encoder.of(texts)

    monkeypatch.setattr("nlu.recent_vectors.sentence_vectors", lambda: type("Counting", (), {"of": staticmethod(of)}))
    recent = RecentVectors()
    first = recent.of(["hallo", "where is it", "hallo"])
    again = recent.of(["where is it", "hallo"])
    assert asked == ["hallo", "where is it"]
    assert np.array_equal(first[[1, 0]], again)
    recent.of([f"text {n}" for n in range(512)])
    recent.of(["hallo"])
    assert asked.count("hallo") == 2
