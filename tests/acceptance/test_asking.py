"""Journey 1: somebody asks where they are, and is heard at once, in their language, exactly once."""

from __future__ import annotations

import asyncio
from typing import get_args

import pytest

from tests.acceptance.heard import having, numbered
from tests.acceptance.town import Platform, Town, fresh, language_of

QUESTIONS = {
    "de": "Guten Tag, ich habe meine Rechnung vom Oktober noch nicht bekommen. Könnt ihr sie mir bitte schicken?",
    "en": "Hello, I have not received my invoice for October yet. Could you please send it to me?",
}
EVERY_PLATFORM = pytest.mark.parametrize("platform", get_args(Platform))
EVERY_LANGUAGE = pytest.mark.parametrize("language", ["de", "en"])


@EVERY_PLATFORM
@EVERY_LANGUAGE
async def test_a_private_question_is_acknowledged_in_its_language(
    town: Town, platform: Platform, language: str
) -> None:
    klara = await town.contact(platform, fresh("Klara"), language)
    await klara.says(QUESTIONS[language])
    acknowledged = await klara.hears(numbered)
    assert language_of(acknowledged.text) == language
    thread = await town.staff_thread(acknowledged.number)
    assert QUESTIONS[language] in thread.by_bot[0].content
    assert len(klara.reads()) == 1


@EVERY_PLATFORM
async def test_the_language_is_that_of_the_words_not_of_the_app(town: Town, platform: Platform) -> None:
    kate = await town.contact(platform, fresh("Kate"), "de")
    await kate.says(QUESTIONS["en"])
    assert language_of((await kate.hears(numbered)).text) == "en"


@EVERY_PLATFORM
async def test_the_answer_of_staff_comes_back_and_is_judged(town: Town, platform: Platform) -> None:
    klaus = await town.contact(platform, fresh("Klaus"))
    ana = await town.discord_responder("agent", fresh("Ana"))
    await klaus.says(QUESTIONS["de"])
    acknowledged = await klaus.hears(numbered)
    thread = await town.staff_thread(acknowledged.number)
    await ana.in_(thread).says("Die Rechnung ist eben noch einmal an dich rausgegangen.")
    answer = await klaus.hears("noch einmal an dich rausgegangen")
    if platform != "web":
        assert ana.name in answer.text
    await klaus.presses(answer, "solved")
    asked = await klaus.hears(having("rate5"), after=answer)
    await klaus.presses(asked, "rate4")
    await thread.wait_for("✅")


@EVERY_PLATFORM
async def test_three_messages_at_once_are_one_ticket(town: Town, platform: Platform) -> None:
    karl = await town.contact(platform, fresh("Karl"))
    await asyncio.gather(*(karl.says(part) for part in ("Hallo zusammen", QUESTIONS["de"], "Kundennummer liegt bei")))
    number = (await karl.hears(numbered)).number
    thread = await town.staff_thread(number)
    await thread.wait_for("Kundennummer liegt bei")
    assert {heard.number for heard in karl.reads() if numbered(heard)} == {number}


@EVERY_PLATFORM
async def test_a_person_is_one_word_away(town: Town, platform: Platform) -> None:
    kim = await town.contact(platform, fresh("Kim"), "en")
    await kim.says("Hi there, I have got a question for you")
    greeted = await kim.hears()
    await kim.says("/human")
    answered = await kim.hears(after=greeted)
    assert language_of(answered.text) == "en"
    assert "person" in answered.text
