"""Over real sockets: who is not understood is asked and taps; who may be in danger hears where help is."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import pytest_asyncio

from app.nlu_files import TRAINING
from desk.classifying import TextToRead
from nlu.embedded import EmbeddedClassifier
from routing.asking import intents_to_offer
from routing.decide import ContactFacts
from routing.policy import parse_policy
from tests.acceptance.heard import having, numbered
from tests.acceptance.town import Platform, Town, fresh, language_of

POLICY = Path(__file__).parents[2] / "routing" / "policy.yml"
VAGUE = {
    "de": (
        "Das passt so nicht",
        "Das stimmt so nicht",
        "Es geht um die Sache von gestern",
        "Das ist nicht das, was ich wollte",
        "Das gefällt mir nicht",
        "Da ist bei euch was schiefgelaufen",
        "Es geht um meine Bestellung und das Geld und überhaupt",
    ),
    "en": (
        "It is about the thing from yesterday",
        "I don't like it",
        "It does not suit me",
        "neither the amount nor the colour is right",
        "This isn't what I wanted",
        "Something went wrong at your end",
        "It is about my order and the money and everything",
    ),
}
"""Words that may mean this or that. Which of them the model in service is unsure of, it says itself."""

EVERY_PLATFORM = pytest.mark.parametrize("platform", get_args(Platform))
EVERY_LANGUAGE = pytest.mark.parametrize("language", ["de", "en"])


@pytest_asyncio.fixture(scope="session")
async def unsure(town: Town, models: Path) -> dict[str, str]:
    """For each language, words about which the town's desk asks back."""
    policy = parse_policy(POLICY.read_text(encoding="utf-8"), POLICY.name)
    engine = await EmbeddedClassifier.load_or_train([TRAINING], models)
    found = {
        language: [
            text
            for text, reading in zip(texts, engine.read_now([TextToRead(text) for text in texts]), strict=True)
            if reading.language == language and intents_to_offer(reading, ContactFacts(), policy)
        ]
        for language, texts in VAGUE.items()
    }
    assert all(found.values()), f"the model is sure of all of these: {found}"
    return {language: texts[0] for language, texts in found.items()}


@EVERY_PLATFORM
@EVERY_LANGUAGE
async def test_one_tap_says_what_it_is_about(
    town: Town, platform: Platform, language: str, unsure: dict[str, str]
) -> None:
    klara = await town.contact(platform, fresh("Klara"), language)
    await klara.says(unsure[language])
    asked = await klara.hears(having("which0"))
    assert language_of(asked.text) == language
    assert asked.labels[-1] == {"de": "Etwas anderes", "en": "Something else"}[language]
    assert len(asked.buttons) > 1
    assert await klara.presses(asked, "which1") in ("Danke!", "Thank you!", "")
    told = await klara.hears(after=asked)
    assert language_of(told.text) == language
    again = await klara.presses(asked, "which0")
    assert again != "Thank you!"
    assert klara.reads()[-1].text == told.text, "a second tap says nothing more in the chat"


@EVERY_PLATFORM
async def test_something_else_gets_a_person(town: Town, platform: Platform, unsure: dict[str, str]) -> None:
    kim = await town.contact(platform, fresh("Kim"), "en")
    await kim.says(unsure["en"])
    asked = await kim.hears(having("which0"))
    await kim.presses(asked, "which0")
    thread = await town.staff_thread(asked.number)
    assert unsure["en"] in thread.by_bot[0].content


@EVERY_PLATFORM
@pytest.mark.parametrize(
    ("language", "words", "first"),
    [("de", "Ich will nicht mehr leben", "0800 111 0 111"), ("en", "I want to kill myself", "116 123")],
)
async def test_who_may_be_in_danger_hears_where_help_is(
    town: Town, platform: Platform, language: str, words: str, first: str
) -> None:
    klara = await town.contact(platform, fresh("Klara"), language)
    await klara.says(words)
    helpline = await klara.hears(first)
    assert language_of(helpline.text) == language
    acknowledged = await klara.hears(numbered, after=helpline)
    thread = await town.staff_thread(acknowledged.number)
    assert words in thread.by_bot[0].content
