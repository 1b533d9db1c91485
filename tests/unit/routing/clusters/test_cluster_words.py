"""The words by which messages are compared, and those that are shown."""

from __future__ import annotations

import pytest

from routing.cluster_words import MOST_TERMS, Kind, leaning, shown_words, terms


def test_a_hashtag_gives_its_parts() -> None:
    found = terms("#PrayForSalvara now")
    assert found["#prayforsalvara"] is Kind.HASHTAG
    assert {"pray", "salvara"} <= set(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Preiserhöhung im Mai", "diese Preisanpassung!"),
        ("flood in Harvale", "#harvaleflood"),
        ("Störungen", "eine Stoerung"),
        ("charging cables", "cable"),
        ("Error 451", "451?!"),
    ],
)
def test_what_belongs_together_shares_a_term(one: str, other: str) -> None:
    assert terms(one).keys() & terms(other).keys()


def test_names_within_a_sentence_and_numbers_are_known_for_what_they_are() -> None:
    found = terms("Outage in Cologne since 8")
    assert found["cologn"] is Kind.NAME
    assert terms("Cologne is offline")["cologn"] is Kind.WORD
    assert terms("NO INTERNET IN COLOGNE")["cologn"] is Kind.WORD
    assert terms("error 451")["451"] is Kind.NUMBER


def test_function_words_links_and_masks_say_nothing() -> None:
    assert terms("die ist bei mir [Telefon] und the [name] is http://t.co/a") == {"link t.co/a": Kind.LINK}
    assert terms("internet http://t.co/a").keys() == {"interne", "inter-"}


@pytest.mark.parametrize("text", ["", "  ", "👋", "?!", "🙏🙏🏽", "#", "_"])
def test_what_says_nothing_has_no_terms(text: str) -> None:
    assert terms(text) == {}


def test_a_very_long_text_costs_no_more_and_its_end_is_read() -> None:
    found = terms("wort " * 50_000 + "router")
    assert "rout" in found
    assert len(terms(" ".join(f"wort{number}" for number in range(9999)))) <= MOST_TERMS + 3


def test_the_language_is_that_of_its_function_words() -> None:
    assert leaning("Das Internet ist weg") > 0
    assert leaning("the internet is gone") < 0
    assert leaning("Internet Köln") == 0


def test_shown_words_are_as_written_and_never_masked_ones() -> None:
    shown = shown_words("Störungen in #Köln bei [Name], 0221")
    assert set(shown.values()) == {"Störungen", "#Köln"}
