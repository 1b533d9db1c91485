"""Phrases: the person's language, else the desk's, else English; what people wrote is never read as a pattern."""

from __future__ import annotations

from gettext import NullTranslations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.people import Locale
from desk.phrases import CataloguePhrases, marked


class German(NullTranslations):
    """A catalogue of two texts."""

    def gettext(self, message: str) -> str:
        return {"Hello {name}": "Hallo {name}", "100 % sure": "100 % sicher"}.get(message, message)


@pytest.fixture(scope="module")
def phrases() -> CataloguePhrases:
    return CataloguePhrases({Locale.GERMAN: German()}, Locale.GERMAN)


def test_it_speaks_the_language_of_the_person(phrases: CataloguePhrases) -> None:
    assert phrases.say(Locale.GERMAN, "Hello {name}", name="Vera") == "Hallo Vera"
    assert phrases.say(Locale.ENGLISH, "Hello {name}", name="Vera") == "Hello Vera"


def test_to_whom_it_knows_nothing_of_it_speaks_the_desks(phrases: CataloguePhrases) -> None:
    assert phrases.say(None, "Hello {name}", name="Vera") == "Hallo Vera"


def test_what_nobody_translated_is_said_in_english(phrases: CataloguePhrases) -> None:
    assert phrases.say(Locale.GERMAN, "Brand new") == "Brand new"


def test_without_values_braces_are_just_braces(phrases: CataloguePhrases) -> None:
    assert phrases.say(None, "a {b} c") == "a {b} c"


@given(st.text(max_size=60) | st.sampled_from(["{name}", "{0}", "{", "}", "{name.__class__}", "%s %(name)s"]))
def test_what_somebody_is_called_is_said_to_the_letter(phrases: CataloguePhrases, name: str) -> None:
    assert phrases.say(Locale.GERMAN, "Hello {name}", name=name) == f"Hallo {name}"


def test_marking_changes_nothing() -> None:
    assert marked("✅ Solved") == "✅ Solved"
