"""Journey 3 in chat: a topic and a thread a ticket, one talk in both, and nobody there who is not staff.

A staff forum on Telegram takes a message every 3.5 seconds (the platform's limit): few tests, many checks each.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.acceptance.conftest import TownMaker
from tests.acceptance.heard import PATIENCE, having, numbered
from tests.acceptance.seats import TelegramSeat
from tests.acceptance.town import Town, fresh

QUESTION = "Guten Tag, ich habe meine Rechnung vom Oktober noch nicht bekommen."
SLOW = 2 * PATIENCE


@pytest_asyncio.fixture(scope="module")
async def both(make_town: TownMaker) -> AsyncIterator[Town]:
    """A town whose staff sit on Telegram and on Discord."""
    async with make_town() as made:
        made.app.settings["telegram_staff_chat"] = made.staff_forum.id
        await made.app.starts()
        await made.until_connected()
        yield made


async def in_topic(town: Town, seat: TelegramSeat, number: str) -> TelegramSeat:
    """The same person, in the ticket's topic."""
    topic = await town.staff_forum.wait_for_topic(lambda one: one.name.startswith(number), SLOW)
    if seat.account.id not in town.staff_forum.members:
        seat.account.joins(town.staff_forum)
    return seat.in_(town.staff_forum, topic)


async def test_one_talk_in_both_rooms(both: Town) -> None:
    tanja = await both.telegram_responder("agent", fresh("Tanja"))
    dario = await both.discord_responder("agent", fresh("Dario"))
    klara = both.telegram_person(fresh("Klara"))
    await klara.says(QUESTION)
    number = (await klara.hears(numbered)).number
    desk = await in_topic(both, tanja, number)
    thread = await both.staff_thread(number)
    card = await desk.hears(having("claim", "solve"), timeout=SLOW)
    assert QUESTION in card.text
    await desk.presses(card, "claim")
    await thread.wait_for(tanja.name, PATIENCE)
    said = await desk.says("Sie ist **heute** noch einmal an dich gegangen.")
    answer = await klara.hears("noch einmal an dich gegangen")
    assert tanja.name in answer.text
    await thread.wait_for("noch einmal an dich gegangen", PATIENCE)
    await desk.says("// Vorsicht, die Kundin ist sehr verärgert")
    await thread.wait_for("sehr verärgert", PATIENCE)
    tanja.account.edits(said, "Sie ist gestern noch einmal an dich gegangen.")
    await klara.chat.until(lambda: "gestern" in answer.raw.text, "the edit", PATIENCE)
    await dario.in_(thread).says("Ich mache hier weiter.")
    refused = await thread.wait_for("/claim", PATIENCE)
    await dario.in_(thread).says("/claim")
    await thread.wait_for(lambda one: one.id > refused.id and dario.name in one.content, PATIENCE)
    await dario.in_(thread).says("Hier ist Dario, ich kümmere mich darum.")
    await klara.hears("Hier ist Dario")
    assert not any("verärgert" in heard.text or "Ich mache hier weiter" in heard.text for heard in klara.reads())


async def test_a_deleted_topic_is_made_again_and_the_message_kept(both: Town) -> None:
    klaus = both.discord_person(fresh("Klaus"))
    await klaus.says(QUESTION)
    number = (await klaus.hears(numbered)).number
    old = await both.staff_forum.wait_for_topic(lambda one: one.name.startswith(number), SLOW)
    await both.staff_forum.wait_for(lambda one: one.thread == old.id and number in one.text, SLOW)
    both.staff_forum.delete_topic(old)
    await klaus.says("Die Kundennummer ist 4711")
    new = await both.staff_forum.wait_for_topic(lambda one: one.name.startswith(number) and one.id != old.id, SLOW)
    await both.staff_forum.wait_for(lambda one: one.thread == new.id and "4711" in one.text, SLOW)


async def test_only_staff_answer_in_a_topic(both: Town) -> None:
    vera = await both.telegram_responder("volunteer", fresh("Vera"), topic="press_enquiry")
    kim = both.telegram_person(fresh("Kim"))
    await kim.says(QUESTION)
    acknowledged = await kim.hears(numbered)
    desk = await in_topic(both, vera, acknowledged.number)
    await desk.hears(having("claim"), timeout=SLOW)
    await desk.says("Ich antworte mal schnell selbst.")
    await desk.hears("/start", timeout=SLOW)
    thread = await both.staff_thread(acknowledged.number)
    ana = await both.discord_responder("agent", fresh("Ana"))
    await ana.in_(thread).says("Hier ist deine Rechnung.")
    await kim.hears("Hier ist deine Rechnung")
    assert not any("schnell selbst" in heard.text for heard in kim.reads())
