"""The check of what volunteers write: what is refused, with which rule and place, and what passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.answer_check import LONGEST_ANSWER, REASONS, Rule, check, excerpt, rules_of
from desk.reading import PersonalDataSpan
from tests.eval.answers import figures, rules_against

DOMAINS = ("zuruf.example",)


def test_fine_answers_pass_and_bad_ones_do_not() -> None:
    """The marked texts; a change of the rules that costs one of them is seen here."""
    counted = figures()
    assert not counted.missed
    assert not counted.needless
    assert counted.bad.total() >= 150
    assert counted.fine >= 150
    assert counted.by_its_rule >= counted.bad.total() - 1


@given(st.text())
def test_whatever_is_written_is_judged_and_the_places_stand_in_the_text(text: str) -> None:
    for finding in check(text, (), brand="Zuruf", domains=DOMAINS):
        assert 0 <= finding.start < finding.end <= len(text)
        assert excerpt(text, finding) or not text[finding.start : finding.end].strip()


@given(st.text(alphabet="ab .\n/:@-", max_size=300))
def test_signs_without_words_take_no_time(text: str) -> None:
    check(text * 20, (), brand="Zuruf", domains=DOMAINS)


@pytest.mark.parametrize("kind", ["phone", "email", "handle"])
def test_contact_details_are_told_apart_from_other_personal_data(kind: str) -> None:
    (found,) = check("xxxx", [PersonalDataSpan(0, 4, kind)], brand="Zuruf", domains=())
    assert found.rule is Rule.CONTACT_DETAILS
    (other,) = check("xxxx", [PersonalDataSpan(0, 4, "iban")], brand="Zuruf", domains=())
    assert other.rule is Rule.PERSONAL_DATA


@pytest.mark.parametrize("kind", ["order_number", "device_number", "password", "ip_address", "link"])
def test_numbers_of_things_are_no_harm(kind: str) -> None:
    assert not check("xxxx", [PersonalDataSpan(0, 4, kind)], brand="Zuruf", domains=())


def test_the_place_is_shown_as_it_was_written() -> None:
    text = "Bitte schau auf  Super\u200bhilfe.NET  nach"
    (found,) = check(text, (), brand="Zuruf", domains=DOMAINS)
    assert excerpt(text, found) == "Super\u200bhilfe.NET"


@pytest.mark.parametrize(
    ("link", "passes"),
    [
        ("zuruf.example", True),
        ("https://hilfe.zuruf.example/a?b=c#d", True),
        ("HTTPS://ZURUF.EXAMPLE/", True),
        ("zuruf.example.net", False),
        ("notzuruf.example.com", False),
        ("https://zuruf.example:8443/x", True),
        ("https://zuruf.example@evil.example.com/", False),
        ("http://10.0.0.1/setup", True),
        ("http://8.8.8.8/setup", False),
        ("fritz.box", True),
        ("fritz.box.evil.com", False),
    ],
)
def test_links_are_judged_by_where_they_lead(link: str, passes: bool) -> None:
    assert (rules_against(f"Schau hier: {link} und dann weiter.") == ()) is passes


@pytest.mark.parametrize(
    "text", ["Das ist gut.Dann weiter", "z.B. so", "usw.", "Version 2.0.1.", "readme.md", "x.zip", "1.5.2026"]
)
def test_dots_alone_make_no_link(text: str) -> None:
    assert rules_against(text) == ()


@pytest.mark.parametrize("brand", ["Zuruf", "Müller & Söhne", "a.b*c(", "", "  "])
def test_any_brand_can_be_posed_as(brand: str) -> None:
    if brand.strip():
        assert Rule.POSING in rules_of(check(f"Dein {brand} Team", (), brand=brand, domains=()))
    assert not check("Zieh den Stecker.", (), brand=brand, domains=())


def test_a_text_that_nobody_reads_to_the_end_is_refused() -> None:
    assert rules_of(check("a " * LONGEST_ANSWER, (), brand="Zuruf", domains=())) == (Rule.TOO_LONG,)


def test_every_rule_has_its_reason() -> None:
    assert set(REASONS) == set(Rule)
