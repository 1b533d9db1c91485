"""Entities are found where they stand, the longer one winning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import SettingsInvalid
from desk.reading import Entity
from nlu.entities import EntityFinder
from nlu.privacy import find_personal_data
from nlu.training_files import TrainingSet, Utterance

FINDER = EntityFinder.learn(
    TrainingSet(
        [Utterance("Murmel", "x", (Entity("product", "Murmel", 0, 6),))],
        lookups={"product": ["Murmel Mini", "router", "C++"]},
    )
)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Bestellung 4711-2209 fehlt", "order_number", "4711-2209"),
        ("Rechnung RE-2024-3381", "invoice_number", "RE-2024-3381"),
        ("es sind 49,90 Euro", "amount", "49,90 Euro"),
        ("£12.50 too much", "amount", "£12.50"),
        ("1.234,56 € weg", "amount", "1.234,56 €"),
        ("$1,299.00 charged", "amount", "$1,299.00"),
        ("49,- Euro", "amount", "49,- Euro"),
        ("am 3. März bestellt", "date", "3. März"),
        ("on 12 May 2024", "date", "12 May 2024"),
        ("March 3rd please", "date", "March 3rd"),
        ("bis 14.12. da", "date", "14.12."),
        ("01/02/2024", "date", "01/02/2024"),
        ("moving out on 30/04/2025, new flat", "date", "30/04/2025"),
        ("am dritten April", "date", "dritten April"),
        ("the third of April please", "date", "third of April"),
        ("bis zum einundzwanzigsten Mai", "date", "einundzwanzigsten Mai"),
        ("am ersten Dritten", "date", "ersten Dritten"),
        ("im Oktober doppelt", "date", "Oktober"),
        ("since March nothing", "date", "March"),
        ("Stand 2026-04-03", "date", "2026-04-03"),
        ("€ 12,50 zu viel", "amount", "€ 12,50"),
        ("zwölf Euro weg", "amount", "zwölf Euro"),
        ("12 Euro 50 zu viel", "amount", "12 Euro 50"),
        ("you owe me 20 quid", "amount", "20 quid"),
        ("fifty quid gone", "amount", "fifty quid"),
        ("CHF 1'200.00 abgebucht", "amount", "CHF 1'200.00"),
        ("a tenner short", "amount", "a tenner"),
        ("fehlen 50 ct", "amount", "50 ct"),
        ("bei 26081174 war die Verpackung auf", "order_number", "26081174"),
        ("mein ROUTER spinnt", "product", "ROUTER"),
        ("der Murmel Mini in blau", "product", "Murmel Mini"),
        ("I like C++ a lot", "product", "C++"),
    ],
)
def test_entities_are_found(text: str, kind: str, value: str) -> None:
    start = text.index(value)
    assert FINDER.find(text) == (Entity(kind, value, start, start + len(value)),)


@pytest.mark.parametrize(
    "text",
    ["routern", "vermurmelt", "10 Uhr", "Version 1.2.3", "2024", "may I ask", "100 Mbit", "24/7", "3.2.1", "1/4 Zoll"],
)
def test_parts_of_words_and_bare_figures_are_none(text: str) -> None:
    assert FINDER.find(text) == ()


def test_a_brand_without_marked_words_has_patterns_alone() -> None:
    bare = EntityFinder.learn(TrainingSet([Utterance("hallo", "greeting")]))
    assert [e.kind for e in bare.find("49 Euro für den Router")] == ["amount"]


def test_regex_items_of_the_training_files_are_searched_for() -> None:
    finder = EntityFinder.learn(TrainingSet([Utterance("hallo", "greeting")], regexes={"shelf": [r"\bR-\d{2}\b"]}))
    assert [(e.kind, e.value) for e in finder.find("Regal R-17 fehlt")] == [("shelf", "R-17")]
    with pytest.raises(SettingsInvalid, match="shelf"):
        EntityFinder.learn(TrainingSet([Utterance("hallo", "greeting")], regexes={"shelf": ["(R"]}))


@pytest.mark.parametrize(
    "text",
    [
        "geboren am 3. März 1981",
        "mail murmel@web.example bitte",
        "IBAN DE89370400440532013000",
        "Herr Router wohnt hier",
    ],
)
def test_what_is_personal_is_no_entity(text: str) -> None:
    assert FINDER.find(text, find_personal_data(text)) == ()


def test_numbers_of_orders_and_invoices_are_both() -> None:
    text = "Bestellung 4711-2209, Rechnung RE-2024-3381, Retoure 6983-0415"
    found = FINDER.find(text, find_personal_data(text))
    assert [e.kind for e in found] == ["order_number", "invoice_number", "order_number"]


@given(st.text(max_size=500))
def test_entities_are_sorted_disjoint_and_quoted_right(text: str) -> None:
    found = FINDER.find(text)
    ends = [0] + [e.end for e in found]
    assert all(before <= e.start < e.end for before, e in zip(ends, found, strict=False))
    assert all(text[e.start : e.end] == e.value for e in found)
