"""Journey 2: the right volunteers are asked, one takes it, the contact judges. Every test has a topic of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from tests.acceptance.heard import PATIENCE, Heard, Seat, having, numbered
from tests.acceptance.seats import DiscordSeat, TelegramSeat
from tests.acceptance.town import Platform, Town, fresh, language_of
from tests.acceptance.web_seat import WebSeat

Responder = TelegramSeat | DiscordSeat
Joining = Callable[..., Awaitable[Responder]]
OFFER = having("take", "pass")


@pytest_asyncio.fixture
async def joining(town: Town) -> AsyncIterator[Joining]:
    """Volunteers join by their platform; after the test they rest."""
    joined: list[Responder] = []

    async def join(platform: Platform, name: str, topic: str, *languages: str) -> Responder:
        make = town.telegram_responder if platform == "telegram" else town.discord_responder
        languages = languages or ("de", "en")
        joined.append(await make("volunteer", fresh(name), topic=topic, language=languages))
        return joined[-1]

    yield join
    await town.rest(*joined)


async def became(seat: Responder, heard: Heard, test: Callable[[Heard], object]) -> Heard:
    """The same message, as soon as it reads so."""
    if isinstance(seat, TelegramSeat):
        await seat.chat.until(lambda: test(seat.now(heard)), "the change", PATIENCE)
    else:
        await seat.channel.world.until(lambda: test(seat.now(heard)), PATIENCE, "no change", seat.channel)
    return seat.now(heard)


async def answers(seat: Responder, text: str) -> None:
    """Writes, sees the draft, sends it."""
    await seat.says(text)
    await seat.presses(await seat.hears(having("send", "askback", "rewrite")), "send")


def gone(heard: Heard) -> bool:
    """An offer that cannot be taken any more."""
    return not heard.buttons


@pytest.mark.parametrize("platform", ["telegram", "discord"])
async def test_a_question_is_offered_taken_answered_solved_and_rated(
    town: Town, joining: Joining, platform: Platform
) -> None:
    vera = await joining(platform, "Vera", "logistics")
    viktor = await joining("discord", "Viktor", "logistics")
    klara = await town.web_person(fresh("Klara"))
    await klara.says(
        "Mein Paket ist laut Sendungsverfolgung zugestellt, aber bei mir ist nichts angekommen. "
        "Ich bin unter 0171 2345678 erreichbar."
    )
    acknowledged = await klara.hears(numbered)
    assert "human" in acknowledged.buttons
    offer, rival = await vera.hears(OFFER), await viktor.hears(OFFER)
    assert "Sendungsverfolgung" in offer.text
    assert "2345678" not in offer.text
    assert "[Telefon" in offer.text
    assert klara.name not in offer.text
    await vera.presses(offer, "take")
    await became(vera, offer, gone)
    await became(viktor, rival, gone)
    brief = await vera.hears(having("handback", "staff"), after=offer)
    assert "2345678" not in brief.text
    await klara.hears(after=acknowledged)
    await klara.sees(someone_is_answering=True, by="community")
    await answers(vera, "Frag mal in der Filiale nach, dort liegt es **oft** noch einen Tag.")
    answer = await klara.hears("in der Filiale")
    assert answer.raw["from"] == "community"
    await klara.presses(answer, "solved")
    asked = await klara.hears(having("rate1", "rate5"), after=answer)
    await klara.presses(asked, "rate5")
    await vera.hears("🎉")
    await klara.sees(status="solved", csat=5)


async def test_the_answer_of_a_volunteer_is_marked_and_never_looks_like_staff(town: Town, joining: Joining) -> None:
    vera = await joining("discord", "Vera", "technology")
    klaus = town.telegram_person(fresh("Klaus"))
    await klaus.says("Wie setze ich den Router auf die Werkseinstellungen zurück?")
    await vera.presses(await vera.hears(OFFER), "take")
    await vera.hears(having("handback"))
    await answers(vera, "Halte den kleinen Knopf hinten **zehn Sekunden** gedrückt.")
    answer = await klaus.hears("zehn Sekunden")
    assert "Community" in answer.text
    assert vera.name not in answer.text
    assert "zehn Sekunden" in answer.raw.covered("bold")
    assert {"solved", "unsolved", "human"} <= set(answer.buttons)


async def test_of_two_who_tap_at_once_one_wins_and_the_other_is_told(town: Town, joining: Joining) -> None:
    rivals = [await joining(platform, "Rival", "warranty") for platform in ("telegram", "discord")]
    kai = town.telegram_person(fresh("Kai"))
    await kai.says("Mein Gerät geht nicht mehr an, habe ich darauf noch Garantie?")
    offers = [await rival.hears(OFFER) for rival in rivals]
    await asyncio.gather(*(rival.presses(offer, "take") for rival, offer in zip(rivals, offers, strict=True)))
    told = [(await became(rival, offer, gone)).text for rival, offer in zip(rivals, offers, strict=True)]
    assert sorted("✔" in text for text in told) == [False, True]
    winner, loser = rivals if "✔" in told[0] else reversed(rivals)
    await winner.hears(having("handback"))
    assert not any("handback" in heard.buttons for heard in loser.reads())


async def test_twice_not_solved_brings_it_to_staff_with_the_history(town: Town, joining: Joining) -> None:
    vera = await joining("telegram", "Vera", "returns")
    kurt = town.discord_person(fresh("Kurt"))
    await kurt.says("Wie schicke ich einen Artikel zurück, den ich nicht behalten möchte?")
    number = (await kurt.hears(numbered)).number
    await vera.presses(await vera.hears(OFFER), "take")
    brief = await vera.hears(having("handback"))
    await answers(vera, "Im Kundenkonto unter Bestellungen.")
    first = await kurt.hears("unter Bestellungen")
    await kurt.presses(first, "unsolved")
    await kurt.hears(having("human"), after=first)
    await vera.hears(having("handback"), after=brief)
    await answers(vera, "Dann ruf dort das Formular für Rücksendungen auf.")
    second = await kurt.hears("Formular für Rücksendungen")
    await kurt.presses(second, "unsolved")
    thread = await town.staff_thread(number)
    card = thread.by_bot[0].content
    assert all(said in card for said in ("nicht behalten möchte", "unter Bestellungen", "Formular für Rücksendungen"))
    told = await kurt.hears(after=second)
    assert language_of(told.text) == "de"


async def test_when_all_have_passed_staff_get_it_at_once(town: Town, joining: Joining) -> None:
    volunteers = [await joining(platform, "Paul", "product_advice") for platform in ("telegram", "discord")]
    karin = await town.web_person(fresh("Karin"))
    await karin.says("Welches eurer Modelle passt am besten für eine kleine Wohnung?")
    number = (await karin.hears(numbered)).number
    for one in volunteers:
        offer = await one.hears(OFFER)
        assert await one.presses(offer, "pass")
        await became(one, offer, gone)
    thread = await town.staff_thread(number)
    assert "kleine Wohnung" in thread.by_bot[0].content
    await karin.sees(lane="staff")


async def test_handing_back_asks_the_next_and_staff_is_one_tap_away(town: Town, joining: Joining) -> None:
    vera = await joining("telegram", "Vera", "availability", "de")
    karl = town.telegram_person(fresh("Karl"))
    await karl.says("Ist der blaue Rucksack bald wieder auf Lager?")
    number = (await karl.hears(numbered)).number
    offer = await vera.hears(OFFER)
    viktor = await joining("discord", "Viktor", "availability", "de")
    await vera.presses(offer, "take")
    await vera.presses(await vera.hears(having("handback")), "handback")
    second = await viktor.hears(OFFER)
    await viktor.presses(second, "take")
    await viktor.presses(await viktor.hears(having("staff"), after=second), "staff")
    await viktor.presses(await viktor.hears(having("why1", "why0")), "why4")
    await town.staff_thread(number)
    assert not any("take" in heard.buttons for heard in vera.reads())


async def test_the_contact_goes_on_talking_and_the_holder_reads_it_masked(town: Town, joining: Joining) -> None:
    vera = await joining("discord", "Vera", "outage")
    kira = town.telegram_person(fresh("Kira"))
    await kira.says("Seit heute morgen geht bei mir das Internet nicht mehr, gibt es eine Störung?")
    offer = await vera.hears(OFFER)
    await vera.presses(offer, "take")
    brief = await vera.hears(having("handback"), after=offer)
    said = await kira.says("Die Lampe am Router blinkt rot, meine Mail ist kira@example.org")
    relayed = await vera.hears("blinkt rot", after=brief)
    assert "kira@example.org" not in relayed.text
    kira.account.edits(said, "Die Lampe am Router blinkt gelb, meine Mail ist kira@example.org")
    changed = await vera.hears("blinkt gelb", after=relayed)
    assert "kira@example.org" not in changed.text


async def test_data_that_only_staff_may_see_take_the_question_from_the_volunteer(town: Town, joining: Joining) -> None:
    vera = await joining("telegram", "Vera", "delivery_status")
    kolja = town.discord_person(fresh("Kolja"))
    await kolja.says("Wann kommt meine Bestellung an?")
    number = (await kolja.hears(numbered)).number
    await vera.presses(await vera.hears(OFFER), "take")
    brief = await vera.hears(having("handback"))
    await kolja.says("Bucht die Lieferung bitte von DE89 3704 0044 0532 0130 00 ab")
    thread = await town.staff_thread(number)
    assert "DE89" in thread.by_bot[0].content
    await vera.hears(after=brief)
    assert not any("DE89" in heard.text for heard in vera.reads())


async def test_buttons_of_others_and_old_ones_are_answered_politely(town: Town, joining: Joining) -> None:
    vera = await joining("telegram", "Vera", "technology")
    otto, kasimir = town.telegram_person(fresh("Otto")), town.telegram_person(fresh("Kasimir"))
    await kasimir.says("Der Bildschirm flackert dauernd und das Gerät stürzt ab")
    offer = await vera.hears(OFFER)
    await otto.says("Guten Tag, ich habe meine Rechnung vom Oktober noch nicht bekommen.")
    mine = await otto.hears(numbered)
    assert isinstance(vera, TelegramSeat)
    for forged in (offer.buttons["take"], "solved:1", "take:999999", "nonsense", "rate:1:77"):
        refused = await otto.account.taps(mine.raw, data=forged, timeout=PATIENCE)
        assert refused.alert
        assert language_of(refused.text) == "de"
    await vera.presses(offer, "take")
    await became(vera, offer, gone)
    again = await vera.account.taps(offer.raw, data=offer.buttons["take"], timeout=PATIENCE)
    assert again.alert
    assert not any("handback" in heard.buttons for heard in otto.reads())


async def test_a_person_is_one_tap_away_whoever_has_the_question(town: Town, joining: Joining) -> None:
    vera = await joining("discord", "Vera", "product_idea")
    kuno: Seat = await town.web_person(fresh("Kuno"))
    assert isinstance(kuno, WebSeat)
    await kuno.says("Ich hätte eine Idee: baut doch einen Dunkelmodus in die App ein!")
    acknowledged = await kuno.hears(numbered)
    offer = await vera.hears(OFFER)
    await vera.presses(offer, "take")
    await vera.hears(having("handback"))
    await kuno.presses(acknowledged, "human")
    await town.staff_thread(acknowledged.number)
    await vera.hears(lambda heard: not heard.buttons, after=offer)
    await kuno.sees(lane="staff", someone_is_answering=False)


async def test_a_question_in_english_is_offered_to_those_who_speak_it(town: Town, joining: Joining) -> None:
    eric = await joining("telegram", "Eric", "technology", "en")
    greta = await joining("telegram", "Greta", "technology", "de")
    kate = town.discord_person(fresh("Kate"), "en")
    await kate.says("How do I reset the router to factory settings?")
    offer = await eric.hears(OFFER)
    assert language_of(offer.text) == "en"
    await eric.presses(offer, "pass")
    assert not any("take" in heard.buttons for heard in greta.reads())
