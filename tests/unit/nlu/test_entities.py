"""Entities are found where they stand, the longer one winning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.reading import Entity
from nlu.entities import EntityFinder
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
        ("mein ROUTER spinnt", "product", "ROUTER"),
        ("der Murmel Mini in blau", "product", "Murmel Mini"),
        ("I like C++ a lot", "product", "C++"),
    ],
)
def test_entities_are_found(text: str, kind: str, value: str) -> None:
    start = text.index(value)
    assert FINDER.find(text) == (Entity(kind, value, start, start + len(value)),)


@pytest.mark.parametrize("text", ["routern", "vermurmelt", "10 Uhr", "Version 1.2.3", "2024", "may I ask", "100 Mbit"])
def test_parts_of_words_and_bare_figures_are_none(text: str) -> None:
    assert FINDER.find(text) == ()


def test_a_brand_without_marked_words_has_patterns_alone() -> None:
    bare = EntityFinder.learn(TrainingSet([Utterance("hallo", "greeting")]))
    assert [e.kind for e in bare.find("49 Euro für den Router")] == ["amount"]


@given(st.text(max_size=500))
def test_entities_are_sorted_disjoint_and_quoted_right(text: str) -> None:
    found = FINDER.find(text)
    ends = [0] + [e.end for e in found]
    assert all(before <= e.start < e.end for before, e in zip(ends, found, strict=False))
    assert all(text[e.start : e.end] == e.value for e in found)
