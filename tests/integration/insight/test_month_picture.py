"""The picture of a volunteer's month: in both languages, for much help and for little, whatever somebody's name is."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from app.catalogues import load_phrases
from desk.honours import MonthOfHelp
from desk.people import Locale
from insight.drawing import Picture
from insight.month_picture import month_picture
from insight.wording import Wording

TOPICS = [(f"Topic {number}", 9 - number) for number in range(8)]


def drawn(locale: Locale, *, name: str = "Vera", people: int = 31, thanks: int = 12, topics: int = 5) -> Picture:
    month = MonthOfHelp(name, locale, date(2026, 11, 1), people, TOPICS[:topics], thanks)
    return month_picture(month, Wording(load_phrases(Locale.GERMAN), locale), brand="Zuruf")


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        (Locale.GERMAN, ("Danke, Vera!", "November 2026", "Menschen geholfen", "Mal bedankt", "Zuruf")),
        (Locale.ENGLISH, ("Thank you, Vera!", "November 2026", "people helped", "times thanked", "Zuruf")),
    ],
)
def test_it_says_what_the_help_did(locale: Locale, words: tuple[str, ...]) -> None:
    shown = drawn(locale)
    for word in (*words, ">31<", ">12<", "Topic 0", "Topic 4"):
        assert word in shown.svg
    assert "31" in shown.said


def test_one_person_and_no_thanks_read_well() -> None:
    shown = drawn(Locale.ENGLISH, people=1, thanks=0, topics=1)
    assert "person helped" in shown.svg
    assert "thanked" not in shown.svg


def test_at_most_five_topics_are_shown() -> None:
    assert "Topic 5" not in drawn(Locale.GERMAN, topics=8).svg


@pytest.mark.parametrize("name", ["V", "Maximiliane von Hohenstein-Lauterbach", "W" * 60, "<b>$x_1$</b>", "Ä\n\x07é"])
def test_it_is_a_square_whatever_the_name(name: str) -> None:
    picture = Image.open(io.BytesIO(drawn(Locale.GERMAN, name=name, topics=0).png))
    assert abs(picture.width - picture.height) <= 2
    assert 850 <= picture.width <= 910


def test_the_same_month_gives_the_same_picture() -> None:
    assert drawn(Locale.GERMAN).png == drawn(Locale.GERMAN).png
