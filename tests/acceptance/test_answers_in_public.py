"""Answers in public, end to end: a post, a thread, a watched channel, a Telegram group; and what goes into private."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest_asyncio

from tests.acceptance.heard import PATIENCE, Heard, numbered
from tests.acceptance.seats import DiscordSeat, TelegramSeat
from tests.acceptance.town import Town, fresh, language_of

HOW = "Wie setze ich den Router auf die Werkseinstellungen zurück?"
ANSWER = "Halte die Taste auf der Rückseite zehn Sekunden lang gedrückt."
SECRET = "0171 2345678"
Joining = Callable[..., Awaitable[DiscordSeat]]


@pytest_asyncio.fixture
async def joining(town: Town) -> AsyncIterator[Joining]:
    """Volunteers on Discord; after the test they rest."""
    joined: list[DiscordSeat] = []

    async def join(name: str) -> DiscordSeat:
        joined.append(await town.discord_responder("volunteer", fresh(name), topic="technology", language=("de", "en")))
        return joined[-1]

    yield join
    await town.rest(*joined)


def choosing(heard: Heard) -> bool:
    """The bot's line that names the answers."""
    return "thissolved" in heard.buttons


async def test_a_volunteer_answers_in_a_post_and_the_askers_tick_solves_it(town: Town, joining: Joining) -> None:
    vera, doro, eva = await joining("Vera"), town.discord_person(fresh("Doro")), town.discord_person(fresh("Eva"))
    post = doro.account.posts(town.questions, "Router zurücksetzen", HOW)
    seat = doro.in_(post)
    number = (await seat.hears(numbered)).number
    answer = await vera.in_(post).says(ANSWER)
    line = await seat.hears(choosing)
    assert language_of(line.text) == "de"
    assert any("Halte die Taste" in label for label in line.labels)
    eva.account.reacts(answer, "✅")
    assert language_of(await eva.in_(post).presses(line, "thissolved")) == "de"
    doro.account.reacts(answer, "✅")
    await vera.hears("🎉")
    await post.world.until(lambda: not seat.now(line).buttons, PATIENCE, "the line goes on offering", post)
    assert all(not heard.raw.mentions and not heard.raw.mention_everyone for heard in seat.reads())
    doro.account.unreacts(answer, "✅")
    await seat.hears(lambda heard: number in heard.text and heard.raw.id > line.raw.id)
    await post.world.until(lambda: seat.now(line).buttons, PATIENCE, "the answers are offered again", post)
    await seat.presses(line, "thissolved")


async def test_the_menu_on_an_answer_in_a_thread_solves_the_question(town: Town, joining: Joining) -> None:
    vera, dirk = await joining("Vera"), town.discord_person(fresh("Dirk")).in_(town.help_channel)
    asked = await dirk.says(HOW)
    await dirk.hears(lambda heard: numbered(heard) and heard.raw.reply_to is asked)
    thread = dirk.account.opens_thread(asked, "Router")
    answer = await vera.in_(thread).says(ANSWER)
    await dirk.hears(lambda heard: choosing(heard) and heard.raw.reply_to is asked)
    thanked = await dirk.account.picks(answer, "Das hat geholfen")
    assert thanked.ephemeral
    assert language_of(thanked.text) == "de"
    await vera.hears("🎉")


async def test_what_a_volunteer_says_in_a_watched_channel_is_no_question(town: Town, joining: Joining) -> None:
    vera, dana = await joining("Vera"), town.discord_person(fresh("Dana")).in_(town.help_channel)
    asked = await dana.says(HOW)
    await dana.hears(lambda heard: numbered(heard) and heard.raw.reply_to is asked)
    said = await vera.in_(town.help_channel).says(ANSWER, reply_to=asked)
    line = await dana.hears(lambda heard: choosing(heard) and heard.raw.reply_to is asked)
    assert not any(heard.raw.reply_to is said for heard in dana.reads())
    await dana.presses(line, "thissolved")


async def test_solved_in_answer_to_a_message_of_a_telegram_group(town: Town) -> None:
    gita, otto = (town.telegram_person(fresh(name)).in_(town.fans) for name in ("Gita", "Otto"))
    asked = await gita.says(f"/ask {HOW}")
    await gita.hears(lambda heard: numbered(heard) and heard.raw.reply_to is asked)
    answer = await otto.says(ANSWER, reply_to=asked)  # privacy mode: the bot does not hear it
    await gita.says("/solved", reply_to=answer)
    thanks = await gita.hears(lambda heard: heard.raw.reply_to is answer)
    assert "/volunteer" in thanks.text
    assert language_of(thanks.text) == "de"


async def test_personal_data_in_a_post_are_hidden_and_it_goes_on_in_private(town: Town) -> None:
    dina, ana = town.discord_person(fresh("Dina")), await town.discord_responder("agent", fresh("Ana"))
    post = dina.account.posts(town.questions, "Rechnung", "Ich habe eine Frage zu meiner Rechnung vom Oktober")
    seat = dina.in_(post)
    number = (await seat.hears(numbered)).number
    told = await seat.says(f"Ihr erreicht mich unter {SECRET}")
    moved = await dina.hears(SECRET)
    assert language_of(moved.text) == "de"
    await seat.hears(lambda heard: heard.text.startswith("🔒"))
    assert told.deleted
    assert not any(SECRET in heard.text for heard in seat.reads())
    thread = await town.staff_thread(number)
    await thread.wait_for(SECRET, PATIENCE)
    await dina.says("Die Rechnungsnummer weiß ich nicht")
    await thread.wait_for("Rechnungsnummer weiß ich nicht", PATIENCE)
    await ana.in_(thread).says("Ich rufe dich gleich an.")
    await dina.hears("rufe dich gleich an")
    assert not any("rufe dich gleich an" in heard.text for heard in seat.reads())


async def test_without_the_permission_or_private_messages_it_warns_and_names_the_web_chat(town: Town) -> None:
    room = town.guild.text_channel("flohmarkt")
    room.bot_lacks("manage_messages")
    dunja = town.discord_person(fresh("Dunja"), "en").in_(room)
    dunja.account.closes_dms()
    told = await dunja.says(f"<@{town.discord.bot.id}> My parcel is lost, please call me: {SECRET}")
    warning = await dunja.hears(lambda heard: "/chat" in heard.text)
    assert language_of(warning.text) == "en"
    assert not told.deleted
    assert not any(SECRET in heard.text for heard in dunja.reads())


async def test_answers_written_while_the_desk_was_down_are_read_back(make_town: object) -> None:
    async with make_town() as town:  # type: ignore[operator]
        await town.app.starts()
        await town.until_connected()
        gero = TelegramSeat(town.telegram_person("Gero").account, town.fans)
        vera = await town.discord_responder("volunteer", "Vera", topic="technology", language=("de", "en"))
        dora = town.discord_person("Dora")
        post = dora.account.posts(town.questions, "Router zurücksetzen", HOW)
        await dora.in_(post).hears(numbered)
        await town.app.stops()
        await vera.in_(post).says(ANSWER)
        await gero.says("Wer kommt heute?")
        await town.app.starts()
        line = await dora.in_(post).hears(choosing)
        await dora.in_(post).presses(line, "thissolved")
        await vera.hears("🎉")
