"""Every text for people exists in English and German, says the same in both, and none is left out of the catalogues."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from app.catalogues import load_phrases
from desk.commands import COMMANDS, Command
from desk.people import Locale

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted([*ROOT.glob("bots/**/templates/*.html"), *ROOT.glob("console/templates/*.html")])
SPEAKING = sorted(
    path for folder in ("workflows", "bots", "console", "app", "desk") for path in ROOT.glob(f"{folder}/*.py")
)
PLACES = re.compile(r"\{\w+\}|%\(\w+\)s")
COMMAND = re.compile(r"(?<![\w/<])/[a-z]{2,}\b")
GERMAN_WORDS = {"und", "nicht", "ist", "bitte", "dein", "deine", "du", "wird", "eine", "einen", "der", "das", "für"}
SHORTEST_SPOKEN = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")
OWN_NAMES = re.compile(r"English|Deutsch")
ATTRIBUTES = re.compile(r"""[\w-]+="[^"]*" *""")
READ_ALOUD = {"title", "aria-label", "placeholder", "alt"}


def read(path: Path) -> Catalog:
    """A catalogue file."""
    with path.open("rb") as file:
        return read_po(file)


def texts_of(catalogue: Catalog) -> dict[str, Message]:
    """Its messages by their English text, without the header."""
    return {str(message.id): message for message in catalogue if message.id}


GERMAN = texts_of(read(ROOT / "texts" / "de.po"))


def said(english: str) -> str:
    """The German for it."""
    return str(GERMAN[english].string)


def marks(text: str) -> Counter[str]:
    """What must be the same in both languages: places, commands, Markdown, line ends, signs and emojis."""
    signs = [char for char in text if unicodedata.category(char) in {"So", "Sm"} or char in "*`~[]|_\n"]
    return Counter([*PLACES.findall(text), *COMMAND.findall(text), *signs])


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The texts that stand in the code and in the templates now, collected as `make texts` does."""
    found = tmp_path_factory.mktemp("texts") / "found.pot"
    options = ["--keywords=marked", "--no-location", "--omit-header"]
    mapping = f"--mapping={ROOT / 'babel.cfg'}"
    CommandLineInterface().run(
        ["pybabel", "--quiet", "extract", mapping, *options, f"--output-file={found}", str(ROOT)]
    )
    return read(found)


def test_no_text_of_the_code_is_missing_in_german(extracted: Catalog) -> None:
    assert not sorted(texts_of(extracted).keys() - GERMAN.keys()), "run `make texts`, then translate texts/de.po"
    assert len(texts_of(extracted)) > 400


def test_the_catalogues_hold_no_text_that_nobody_says_any_more(extracted: Catalog) -> None:
    template = read(ROOT / "texts" / "zuruf.pot")
    assert texts_of(template).keys() == texts_of(extracted).keys(), "run `make texts`"
    assert not sorted(GERMAN.keys() - texts_of(extracted).keys()), "run `make texts`"
    assert not read(ROOT / "texts" / "de.po").obsolete


def test_no_text_needs_plurals(extracted: Catalog) -> None:
    """Port `Phrases` knows none: say "offers: 3" rather than "3 offers"."""
    assert not [message.id for message in extracted if message.pluralizable]


def test_every_text_is_translated_and_none_is_a_guess() -> None:
    assert not [english for english, message in GERMAN.items() if not message.string or message.fuzzy]


def test_both_languages_have_the_same_places_commands_and_signs() -> None:
    assert not [english for english in GERMAN if marks(said(english)) != marks(english)]


def test_no_blank_is_lost_and_a_sentence_stays_a_sentence() -> None:
    for english in GERMAN:
        german = said(english)
        for text in (english, german):
            assert text == text.strip()
            assert not re.search(r" {2}|\t| \n", text), text
        assert (english[-1] in ".!?…") == (german[-1] in ".!?…"), english
        assert (english[-1] == ":") == (german[-1] == ":"), english


def test_the_message_ids_are_english() -> None:
    for english in GERMAN:
        assert not set("äöüßÄÖÜ„‚") & set(english)
        assert not GERMAN_WORDS & set(re.findall(r"[a-zäöüß]+", english.lower())), english


def test_german_is_set_as_german_is_and_says_du() -> None:
    for german in map(said, GERMAN):
        assert not re.search(r"[\"'”]| - |--|\.\.\.|\bIhnen\b|\bIhre?[mnrs]?\b|\b[Kk]önnen Sie\b", german), german
        assert german.count("„") == german.count("“"), german


def test_each_text_can_be_said_in_both_languages() -> None:
    phrases = load_phrases(Locale.GERMAN)
    for english in GERMAN:
        values = {place: f"‹{place}›" for place in re.findall(r"\{(\w+)\}", english)}
        for locale in Locale:
            text = phrases.say(locale, english, **values)
            assert all(value in text for value in values.values()), english
        assert phrases.say(Locale.ENGLISH, english) == english
        assert phrases.say(None, english) == said(english)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_what_a_command_does_fits_every_platforms_menu(command: Command) -> None:
    for text in (command.description, said(command.description)):
        assert 0 < len(text) <= 100


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nothing_is_said_that_is_not_marked_for_translation(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "say":
            continue
        unmarked = [one for one in node.args if isinstance(one, ast.JoinedStr | ast.Constant) and not _is_none(one)]
        assert not unmarked, f"{path.name}:{node.lineno} says a text that no catalogue holds"


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class Words(HTMLParser):
    """The words of a page that somebody reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        self.found += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_page_holds_words_of_one_language_only(path: Path) -> None:
    page = re.sub(r"(?s)\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", path.read_text(encoding="utf-8"))
    words = Words()
    words.feed(page)
    left = [re.sub("|".join(one.pattern for one in (OWN_NAMES, ATTRIBUTES, COMMAND)), "", text) for text in words.found]
    assert not [text.strip() for text in left if SHORTEST_SPOKEN.search(text)]
