"""Plain signs, mood and urgency in German and English."""

from __future__ import annotations

import pytest

from desk.reading import Sentiment, Urgency
from nlu.sentiment import sentiment
from nlu.signals import Signal, signals
from nlu.urgency import urgency

SIGNS = [
    ("Ich bring mich um", Signal.SELF_HARM),
    ("ich will nicht mehr leben", Signal.SELF_HARM),
    ("I want to kill myself", Signal.SELF_HARM),
    ("i dont want to be alive anymore", Signal.SELF_HARM),
    ("Der Router qualmt!", Signal.DANGER),
    ("das Netzteil ist durchgeschmort", Signal.DANGER),
    ("Akku vom Tablet ist aufgebläht", Signal.DANGER),
    ("the battery is swollen", Signal.DANGER),
    ("got an electric shock from the coffee machine", Signal.DANGER),
    ("there's a burning smell", Signal.DANGER),
    ("Mein Anwalt wird sich melden", Signal.LEGAL),
    ("ich schalte die Verbraucherzentrale ein", Signal.LEGAL),
    ("see you in court", Signal.LEGAL),
    ("my solicitor will be in touch", Signal.LEGAL),
    ("Auskunft nach Art. 15 DSGVO", Signal.PRIVACY),
    ("löscht bitte alle meine Daten", Signal.PRIVACY),
    ("please delete all my data", Signal.PRIVACY),
    ("subject access request", Signal.PRIVACY),
    ("ich will mit einem echten Menschen reden", Signal.HUMAN),
    ("kein Bot bitte", Signal.HUMAN),
    ("let me speak to a human", Signal.HUMAN),
    ("Agent!!", Signal.HUMAN),
]
NO_SIGNS = [
    "wo ist mein Paket",
    "habt ihr den Fire Stick auch in rot",
    "der Kaffee ist zu heiß",
    "my headphones are the best",
    "ich will nicht mehr warten, dann leben wir halt ohne",
    "kann man die Daten vom alten Handy übertragen?",
    "how do I delete my old photos",
    "ein Mensch bei euch war sehr nett",
    "send it all back",
    "Feuerzeug",
    "the agent yesterday was great",
]


@pytest.mark.parametrize(("text", "signal"), SIGNS)
def test_plain_signs_are_seen(text: str, signal: Signal) -> None:
    assert signal in signals(text)


@pytest.mark.parametrize("text", NO_SIGNS)
def test_other_messages_show_none(text: str) -> None:
    assert not signals(text)


@pytest.mark.parametrize(("text", "signal"), SIGNS)
def test_umlauts_capitals_and_line_ends_change_nothing(text: str, signal: Signal) -> None:
    spelled = text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace(" ", "\n")
    assert signal in signals(spelled)
    assert signal in signals(text.upper())


MOODS = [
    ("Ihr seid echt unverschämt, so ein Saftladen", Sentiment.NEGATIVE),
    ("na toll, danke für nichts", Sentiment.NEGATIVE),
    ("this is ridiculous, third time now!!", Sentiment.NEGATIVE),
    ("thanks for nothing", Sentiment.NEGATIVE),
    ("not happy with this at all", Sentiment.NEGATIVE),
    ("😡😡", Sentiment.NEGATIVE),
    ("Wo ist mein Paket?", Sentiment.NEUTRAL),
    ("how do I reset the router", Sentiment.NEUTRAL),
    ("Großes Lob, ihr seid super!", Sentiment.POSITIVE),
    ("gar nicht schlecht, danke", Sentiment.POSITIVE),
    ("love it, brilliant service ❤", Sentiment.POSITIVE),
]


@pytest.mark.parametrize(("text", "mood"), MOODS)
def test_moods(text: str, mood: Sentiment) -> None:
    assert sentiment(text, "how_to") is mood


URGENCIES = [
    ("ich brauche das dringend bis heute abend", "delivery_status", Urgency.URGENT),
    ("need this today please", "delivery_status", Urgency.URGENT),
    ("mein Konto wurde gehackt", "account_login", Urgency.URGENT),
    ("zum dritten Mal doppelt abgebucht", "payment_problem", Urgency.URGENT),
    ("nicht dringend, aber wo ist mein Paket", "delivery_status", Urgency.LOW),
    ("no rush, just curious", "how_to", Urgency.LOW),
    ("danke euch", "thanks", Urgency.LOW),
    ("wo ist mein Paket", "delivery_status", Urgency.NORMAL),
    ("no rush but the charger is on fire", "safety_hazard", Urgency.URGENT),
]


@pytest.mark.parametrize(("text", "intent", "expected"), URGENCIES)
def test_urgency(text: str, intent: str, expected: Urgency) -> None:
    assert urgency(text, intent, signals(text)) is expected


def test_self_harm_is_urgent_whatever_the_intent() -> None:
    for intent in ("thanks", "out_of_scope", "greeting"):
        assert urgency("keine eile, ich bring mich um", intent, frozenset({Signal.SELF_HARM})) is Urgency.URGENT
