"""The language of a message, alone and with the history of its conversation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.people import Locale
from nlu.language import LanguageDetector
from nlu.letter_model import LetterModel

BARE = LanguageDetector.learn([])
TAUGHT = LanguageDetector.learn(
    [
        (Locale.GERMAN, "wo ist mein paket geblieben"),
        (Locale.GERMAN, "rechnung bitte noch einmal schicken"),
        (Locale.ENGLISH, "where has my parcel gone"),
        (Locale.ENGLISH, "please send the invoice again"),
    ]
)
PLAIN = [
    ("Wann wird meine Bestellung endlich geliefert?", "de"),
    ("i wart scho seit letzter woch auf mei packerl", "de"),
    ("ich hab das tablet gekauft und es geht nicht an", "de"),
    ("kann ich das auch ohne app einrichten", "de"),
    ("When will my order finally be delivered?", "en"),
    ("cant log in to the app since yesterday", "en"),
    ("do u deliver on saturdays", "en"),
    ("my wifi keeps dropping every evening", "en"),
    ("Bonjour, je n'ai pas reçu ma commande", "other"),
    ("Hola, dónde está mi pedido por favor", "other"),
    ("Buongiorno, il mio pacco non è ancora arrivato", "other"),
    ("Merhaba, kargom hala gelmedi ne zaman gelir", "other"),
    ("Dzień dobry, gdzie jest moja paczka", "other"),
    ("Hallo, waar is mijn pakket, ik heb het nog niet ontvangen", "other"),
    ("где мой заказ", "other"),
    ("أين طلبي من فضلك", "other"),
    ("私の注文はどこですか", "other"),
    ("Bună ziua, unde este comanda mea", "other"),
]


@pytest.mark.parametrize("detector", [BARE, TAUGHT], ids=["bare", "taught"])
@pytest.mark.parametrize(("text", "language"), PLAIN)
def test_plain_sentences(detector: LanguageDetector, text: str, language: str) -> None:
    assert detector.detect(text) == language


def test_training_files_teach_words_that_are_no_function_words() -> None:
    assert TAUGHT.detect("paket geblieben") == "de"
    assert TAUGHT.detect("parcel gone") == "en"


@pytest.mark.parametrize("text", ["ok", "👍", "12345", "Router X200", "", "hmm ja"])
def test_history_decides_where_words_are_few(text: str) -> None:
    assert BARE.detect(text, Locale.GERMAN) == "de"


@pytest.mark.parametrize("text", ["ok", "👍", "12345", "", "merci"])
def test_history_decides_in_english_too(text: str) -> None:
    assert BARE.detect(text, Locale.ENGLISH) == "en"


def test_a_plain_change_of_language_beats_history() -> None:
    assert BARE.detect("can you please help me with my order", Locale.GERMAN) == "en"
    assert BARE.detect("kann mir bitte jemand bei meiner bestellung helfen", Locale.ENGLISH) == "de"


MIXED = [
    ("mein account ist locked", "de"),
    ("der download failed immer", "de"),
    ("my Konto is locked", "en"),
    ("wo isch mis päckli", "de"),
    ("des geht ned gscheid", "de"),
    ("moin, wo bliev mien paket", "de"),
    ("ick wart immer noch", "de"),
    ("ah cannae log in", "en"),
    ("ik ben mijn wachtwoord vergeten", "other"),
    ("hvor er min pakke", "other"),
    ("jag vill prata med en människa", "other"),
    ("kde je můj balík", "other"),
    ("nem működik az internet", "other"),
    ("olen muuttanut, uusi osoite", "other"),
    ("saya mau batalkan kontrak", "other"),
]


@pytest.mark.parametrize(("text", "language"), MIXED)
def test_mixtures_dialects_and_neighbours(text: str, language: str) -> None:
    assert BARE.detect(text) == language


@pytest.mark.parametrize("text", ["ok super", "Router X200 Pro", "update failed"])
def test_few_words_follow_the_conversation(text: str) -> None:
    assert TAUGHT.detect(text, Locale.GERMAN) == "de"
    assert TAUGHT.detect(text, Locale.ENGLISH) == "en"


def test_words_sound_like_the_language_they_were_learned_from() -> None:
    model = LetterModel([{"schnecke": 3, "schrank": 1, "tisch": 1}, {"through": 2, "thought": 5, "with": 1}])
    german, english = model.sounds("schnee")
    assert german > english
    german, english = model.sounds("thorough")
    assert english > german
    assert model.sounds("") == model.sounds("")
    assert all(sound < 0 for sound in model.sounds("żółw"))


def test_addresses_and_links_are_no_words() -> None:
    assert BARE.detect("wo ist es https://www.the-shop.example/where/is/my/order and@the.example") == "de"


@given(st.text(max_size=400), st.sampled_from([None, *Locale]))
def test_any_text_has_a_language(text: str, spoken: Locale | None) -> None:
    assert TAUGHT.detect(text, spoken) in {"de", "en", "other"}
