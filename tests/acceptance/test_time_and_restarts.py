"""Silence, leases, restarts and outages: nothing is lost and nothing comes twice.

Towns of their own, with a policy whose minutes are moments.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from app.settings import PACKAGED_POLICY
from tests.acceptance.conftest import TownMaker
from tests.acceptance.heard import PATIENCE, having, numbered
from tests.acceptance.town import Town, fresh, language_of

PARCEL = "Wie setze ich den Router auf die Werkseinstellungen zurück?"
BILL = "Guten Tag, ich habe meine Rechnung vom Oktober noch nicht bekommen."
OFFER = having("take", "pass")


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Callable[[float, float], Path]:
    """A policy file like the packaged one, with these minutes for waves and leases; waves of one volunteer."""

    def write(wave: float, lease: float) -> Path:
        text = PACKAGED_POLICY.read_text(encoding="utf-8")
        text = re.sub(r"\{size: \d+, minutes: \d+\}", f"{{size: 1, minutes: {wave}}}", text)
        text = re.sub(r"lease_minutes: \d+", f"lease_minutes: {lease}", text)
        path = tmp_path_factory.mktemp("policy") / "policy.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest_asyncio.fixture(scope="module")
async def hasty(make_town: TownMaker, policy: Callable[[float, float], Path]) -> AsyncIterator[Town]:
    """A town in which a wave lasts up to ten seconds (it may be as short as a third of that) and a lease two."""
    async with make_town(policy_file=policy(10 / 60, 2 / 60)) as made:
        await made.app.starts()
        await made.until_connected()
        yield made


@pytest_asyncio.fixture(scope="module")
async def sturdy(make_town: TownMaker) -> AsyncIterator[Town]:
    """A town whose desk is stopped, killed and started again."""
    async with make_town() as made:
        await made.app.starts()
        await made.until_connected()
        yield made


async def test_silence_asks_the_next_volunteer_and_then_staff(hasty: Town) -> None:
    vera = await hasty.telegram_responder("volunteer", fresh("Vera"), topic="technology")
    viktor = await hasty.discord_responder("volunteer", fresh("Viktor"), topic="technology")
    klara = hasty.telegram_person(fresh("Klara"))
    await klara.says(PARCEL)
    acknowledged = await klara.hears(numbered)
    # Who is asked first is the choice's, and an offer may end before the other's comes: both listen at once.
    first, second = await asyncio.gather(vera.hears(OFFER), viktor.hears(OFFER))
    await vera.chat.until(lambda: not vera.now(first).buttons, "the end of the offer", PATIENCE)
    thread = await hasty.staff_thread(acknowledged.number)
    assert PARCEL in thread.by_bot[0].content
    assert not viktor.now(second).buttons
    told = await klara.hears(after=acknowledged)
    assert language_of(told.text) == "de"
    for one in (vera, viktor):
        await one.says("/pause 24")


async def test_a_lease_that_ends_gives_the_question_to_others(hasty: Town) -> None:
    vera = await hasty.telegram_responder("volunteer", fresh("Vera"), topic="warranty")
    klaus = hasty.discord_person(fresh("Klaus"))
    await klaus.says("Mein Gerät geht nicht mehr an, habe ich darauf noch Garantie?")
    number = (await klaus.hears(numbered)).number
    await vera.presses(await vera.hears(OFFER), "take")
    brief = await vera.hears(having("handback"))
    ended = await vera.hears(lambda heard: not heard.buttons, after=brief)
    assert language_of(ended.text) == "de"
    await hasty.staff_thread(number)


async def test_buttons_work_after_a_restart(sturdy: Town) -> None:
    vera = await sturdy.telegram_responder("volunteer", fresh("Vera"), topic="technology")
    viktor = await sturdy.discord_responder("volunteer", fresh("Viktor"), topic="warranty")
    klara, klaus = sturdy.telegram_person(fresh("Klara")), sturdy.discord_person(fresh("Klaus"))
    await klara.says(PARCEL)
    await klaus.says("Mein Gerät geht nicht mehr an, habe ich darauf noch Garantie?")
    offers = await vera.hears(OFFER), await viktor.hears(OFFER)
    assert await sturdy.app.stops() == 0
    await sturdy.app.starts()
    await sturdy.until_connected()
    assert await vera.presses(offers[0], "take")
    assert await viktor.presses(offers[1], "take")
    await vera.hears(having("handback"))
    await viktor.hears(having("handback"))
    await vera.says("Den Knopf hinten zehn Sekunden drücken.")
    await vera.presses(await vera.hears(having("send", "askback")), "send")
    answer = await klara.hears("zehn Sekunden")
    await klara.presses(answer, "solved")
    await klara.hears(having("rate5"), after=answer)


async def test_what_was_written_while_the_desk_was_dead_is_heard_once(sturdy: Town) -> None:
    ana = await sturdy.discord_responder("agent", fresh("Ana"))
    tom, dora = sturdy.telegram_person(fresh("Tom")), sturdy.discord_person(fresh("Dora"))
    await dora.says(BILL)
    before = await dora.hears(numbered)
    thread = await sturdy.staff_thread(before.number)
    await sturdy.app.dies()
    await tom.says(BILL)
    await dora.says("Die Kundennummer ist 4711")
    post = dora.account.posts(sturdy.questions, "Noch etwas", "Guten Tag, bitte schickt mir eine Kopie der Rechnung.")
    in_channel = dora.in_(sturdy.help_channel)
    await in_channel.says("Guten Tag, ist meine Rechnung vom November schon da?")
    await ana.in_(thread).says("Wir suchen sie heraus.")
    await sturdy.app.starts()
    await tom.hears(numbered)
    await thread.wait_for("4711", PATIENCE)
    await dora.in_(post).hears(numbered)
    await in_channel.hears(numbered)
    await dora.hears("Wir suchen sie heraus")
    assert len([one for one in tom.reads() if numbered(one)]) == 1
    assert len([one for one in dora.in_(post).reads() if numbered(one)]) == 1
    assert "".join(message.content for message in thread.by_bot).count("4711") == 1
    assert len([one for one in dora.reads() if "Wir suchen sie heraus" in one.text]) == 1


async def test_what_was_being_sent_when_the_desk_died_goes_out_soon_after(sturdy: Town) -> None:
    ana = await sturdy.discord_responder("agent", fresh("Ana"))
    tilo = sturdy.telegram_person(fresh("Tilo"))
    await tilo.says(BILL)
    thread = await sturdy.staff_thread((await tilo.hears(numbered)).number)
    sturdy.telegram.slow_next("sendMessage", 30.0, chat=tilo.chat)
    await ana.in_(thread).says("Hier ist sie, im Anhang.")
    sending = "select count(*) as n from outbox where channel = 'telegram' and state = 'sending'"
    await sturdy.until(lambda rows: rows[0]["n"] == 1, sending)
    await sturdy.app.dies()
    await sturdy.app.starts()
    await tilo.hears("Hier ist sie", timeout=25.0)


async def test_an_answer_waits_while_the_platform_is_away(sturdy: Town) -> None:
    ana = await sturdy.discord_responder("agent", fresh("Ana"))
    tilda = sturdy.telegram_person(fresh("Tilda"))
    await tilda.says(BILL)
    thread = await sturdy.staff_thread((await tilda.hears(numbered)).number)
    async with sturdy.telegram.outage():
        await ana.in_(thread).says("Hier ist sie.")
        await ana.in_(thread).says("Und hier die vom November.")
        kept = "select count(*) as n from outbox where channel = 'telegram' and state in ('queued', 'sending')"
        await sturdy.until(lambda rows: rows[0]["n"] >= 2, kept)
    await tilda.hears("Und hier die vom November")
    texts = [one.text for one in tilda.reads()]
    assert [sum(said in text for text in texts) for said in ("Hier ist sie.", "Und hier die vom")] == [1, 1]
    assert next(i for i, t in enumerate(texts) if "Hier ist sie." in t) < len(texts) - 1
