"""Photos, albums, documents, voice and stickers: relayed in both directions, or refused by name."""

from __future__ import annotations

from tests.acceptance.heard import PATIENCE, numbered
from tests.acceptance.town import Town, fresh, language_of
from tests.standins.discord import Channel
from tests.standins.discord import Message as DiscordMessage
from tests.standins.telegram import png

QUESTION = "Guten Tag, ich habe meine Rechnung vom Oktober noch nicht bekommen."


def carried(channel: Channel) -> list[str]:
    """The names of the files in a channel."""
    return [file.filename for message in channel.by_bot for file in message.attachments]


async def file_in(channel: Channel, data: bytes) -> DiscordMessage:
    """The message that brings these bytes."""
    return await channel.wait_for(lambda one: any(file.data == data for file in one.attachments), PATIENCE)


async def test_an_album_is_one_ticket_with_all_its_photos(town: Town) -> None:
    fred = town.telegram_person(fresh("Fred"))
    photos = [png(8 + number, 8) for number in range(3)]
    fred.account.sends_album(photos, caption=QUESTION)
    number = (await fred.hears(numbered)).number
    thread = await town.staff_thread(number)
    for photo in photos:
        await file_in(thread, photo)
    assert carried(thread) == ["photo.jpg"] * 3
    assert {one.number for one in fred.reads() if numbered(one)} == {number}


async def test_every_kind_of_file_reaches_staff_byte_for_byte(town: Town) -> None:
    frida = town.telegram_person(fresh("Frida"))
    await frida.says(QUESTION)
    thread = await town.staff_thread((await frida.hears(numbered)).number)
    frida.account.sends_document(data=b"%PDF-1.7 die Rechnung", name="Rechnung Oktober.pdf")
    frida.account.sends_voice(data=b"OggS so klingt es")
    frida.account.sends_sticker(data=b"RIFF....WEBP so")
    for data in (b"%PDF-1.7 die Rechnung", b"OggS so klingt es", b"RIFF....WEBP so"):
        await file_in(thread, data)
    assert any(name.endswith(".pdf") for name in carried(thread))


async def test_what_cannot_be_relayed_is_refused_by_name_and_shown_to_staff(town: Town) -> None:
    falk = town.telegram_person(fresh("Falk"), "en")
    await falk.says("Hello, I have not received my invoice for October yet.")
    acknowledged = await falk.hears(numbered)
    falk.account.sends_location()
    refused = await falk.hears("location", after=acknowledged)
    assert language_of(refused.text) == "en"
    await (await town.staff_thread(acknowledged.number)).wait_for("location", PATIENCE)


async def test_a_program_is_not_passed_on_and_the_sender_is_told(town: Town) -> None:
    fabio = town.telegram_person(fresh("Fabio"))
    await fabio.says(QUESTION)
    acknowledged = await fabio.hears(numbered)
    fabio.account.sends_document(data=b"MZ gift", name="geschenk.exe", mime="application/x-msdownload")
    await fabio.hears("geschenk.exe", after=acknowledged)
    thread = await town.staff_thread(acknowledged.number)
    await thread.wait_for("geschenk.exe", PATIENCE)
    assert not carried(thread)


async def test_a_file_from_discord_reaches_staff(town: Town) -> None:
    fiona = town.discord_person(fresh("Fiona"))
    fiona.account.attaches(fiona.channel, "beleg.png", png(9, 9), QUESTION)
    thread = await town.staff_thread((await fiona.hears(numbered)).number)
    await file_in(thread, png(9, 9))


async def test_files_go_both_ways_on_the_web(town: Town) -> None:
    frieda = await town.web_person(fresh("Frieda"))
    ana = await town.discord_responder("agent", fresh("Ana"))
    await frieda.uploads("beleg.png", png(12, 5), QUESTION)
    thread = await town.staff_thread((await frieda.hears(numbered)).number)
    await file_in(thread, png(12, 5))
    ana.account.attaches(thread, "so-geht-es.png", png(5, 12), "So sieht die Stelle im Kundenkonto aus.")
    answer = await frieda.hears(lambda one: any(file["url"] for file in one.raw["attachments"]))
    assert await frieda.fetches(answer.raw["attachments"][0]["url"]) == png(5, 12)


async def test_a_photo_of_staff_reaches_the_contact(town: Town) -> None:
    felix = town.telegram_person(fresh("Felix"))
    ana = await town.discord_responder("agent", fresh("Ana"))
    await felix.says(QUESTION)
    acknowledged = await felix.hears(numbered)
    thread = await town.staff_thread(acknowledged.number)
    ana.account.attaches(thread, "so-geht-es.png", png(11, 7), "So sieht die Stelle im Kundenkonto aus.")
    await felix.hears("Stelle im Kundenkonto")
    came = await felix.hears(lambda one: one.raw.file is not None)
    assert came.raw.file.data == png(11, 7)
