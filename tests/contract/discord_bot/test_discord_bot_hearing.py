"""What the desk hears of what people write on Discord."""

from __future__ import annotations

import asyncio

import pytest

from bots.discord_bot import DiscordChannel
from desk.conversation import AttachmentKind, Surface
from desk.errors import MessageRefused
from desk.inbound import InboundMessage, MessageDeleted, MessageEdited
from desk.outbound import OutboundMessage
from tests.contract.discord_bot.discord_desk import Cursors, Desk, at, channel_at, listening
from tests.standins.discord import Channel, DiscordStandIn, Person


async def test_a_direct_message_is_a_private_conversation(bot: DiscordChannel, desk: Desk, anna: Person) -> None:
    sent = anna.writes("Wo ist mein **Paket**?", anna.dm())
    heard = await desk.hears(InboundMessage)
    assert (heard.text, heard.external_id, heard.surface) == (
        "Wo ist mein **Paket**?",
        str(sent.id),
        Surface.PRIVATE,
    )
    assert heard.address == at(anna.dm())
    assert (heard.author.external_id, heard.author.name) == (str(anna.id), "Anna")


async def test_in_a_text_channel_only_those_who_call_the_bot_are_heard(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person, room: Channel
) -> None:
    anna.writes("Guten Morgen zusammen", room)
    anna.writes(f"<@{platform.bot.id}>, mein Paket fehlt", room)
    answer = await bot.send(at(room), OutboundMessage("Seit wann?"))
    anna.writes("Seit Montag", room, reply_to=room.history[int(answer)])
    await desk.hears(InboundMessage, 2)
    assert desk.texts == ["mein Paket fehlt", "Seit Montag"]
    assert desk.of(InboundMessage)[1].reply_to == answer
    assert {heard.surface for heard in desk.of(InboundMessage)} == {Surface.PUBLIC}


async def test_a_forum_post_is_its_owners_conversation(
    bot: DiscordChannel, desk: Desk, anna: Person, ben: Person, forum: Channel
) -> None:
    post = anna.posts(forum, "Akku leer", "Nach einer Stunde ist er leer")
    ben.writes("Bei mir auch", post)
    anna.writes("Seit dem Update", post)
    await desk.hears(InboundMessage, 3)
    first, by_another, second = desk.of(InboundMessage)
    assert (by_another.overheard, first.overheard, second.overheard) == (True, False, False)
    assert by_another.thread_root == str(post.id)
    assert (first.text, first.title, second.text, second.title) == (
        "Nach einer Stunde ist er leer", "Akku leer", "Seit dem Update", None,
    )  # fmt: skip
    assert first.address == second.address == at(post)


async def test_every_word_in_the_staff_room_is_passed_on(
    bot: DiscordChannel, desk: Desk, ben: Person, staff: Channel
) -> None:
    thread = await bot.open_thread(at(staff), "Z-1 Paket fehlt")
    ben.writes("Ich schaue nach", staff.threads[0])
    ben.writes("Wer hat Dienst?", staff)
    await desk.hears(InboundMessage, 2)
    assert {(heard.text, heard.address) for heard in desk.of(InboundMessage)} == {
        ("Ich schaue nach", thread),
        ("Wer hat Dienst?", at(staff)),
    }


async def test_watched_channels_are_heard_in_full_and_other_forums_are_not(
    platform: DiscordStandIn, desk: Desk, anna: Person, room: Channel, forum: Channel
) -> None:
    async with listening(platform, channel_at(platform, Cursors(), watched=(str(room.id),)), desk):
        anna.posts(forum, "Titel", "Text")
        anna.writes("Hallo", room)
        await desk.hears(InboundMessage)
        await asyncio.sleep(0.1)
        assert desk.texts == ["Hallo"]


async def test_bots_and_notices_of_the_platform_are_not_heard(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person, staff: Channel
) -> None:
    await bot.send(at(staff), OutboundMessage("Guten Tag"))
    anna.pins(staff.last)
    anna.writes("Danke", staff)
    await desk.hears(InboundMessage)
    assert desk.texts == ["Danke"]


async def test_edits_and_deletions_are_told_and_previews_are_not(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person
) -> None:
    sent = anna.writes("Halo", anna.dm())
    await desk.hears(InboundMessage)
    anna.edits(sent, "Hallo")
    anna.deletes(sent)
    edited, deleted = await desk.hears(MessageEdited), await desk.hears(MessageDeleted)
    assert (edited.external_id, edited.text, edited.address) == (str(sent.id), "Hallo", at(anna.dm()))
    assert (deleted.external_id, deleted.address) == (str(sent.id), at(anna.dm()))
    assert edited.edited_at.tzinfo is not None


async def test_files_can_be_fetched_even_when_their_link_has_expired(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person
) -> None:
    anna.attaches(anna.dm(), "foto.png", b"picture", "Schaut mal")
    heard = await desk.hears(InboundMessage)
    file = heard.files[0]
    assert (heard.text, file.kind, file.name, file.size) == ("Schaut mal", AttachmentKind.PHOTO, "foto.png", 7)
    platform.expire_links()
    assert b"".join([chunk async for chunk in bot.fetch(file.source)]) == b"picture"


async def test_a_voice_message_is_named_as_one(bot: DiscordChannel, desk: Desk, anna: Person) -> None:
    anna.speaks(anna.dm(), b"OggS", 2.5)
    heard = await desk.hears(InboundMessage)
    assert heard.files[0].kind is AttachmentKind.VOICE


@pytest.mark.parametrize("source", [
    "1/2/3 http://127.0.0.1:1/x", "1/2/3 https://example.org/x", "x", "- https://cdn.discordapp.com:8443/x",
    "- https://a@cdn.discordapp.com/x", "- file:///etc/passwd", "- https://cdn.discordapp.com.example.org/",
])  # fmt: skip
async def test_nothing_but_the_platforms_own_files_is_fetched(bot: DiscordChannel, source: str) -> None:
    with pytest.raises(MessageRefused):
        [chunk async for chunk in bot.fetch(source)]


async def test_mentioning_the_bots_own_role_means_the_bot(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person, room: Channel
) -> None:
    bot_id = platform.bot.id
    bot._places.bot_id = str(bot_id)
    bot._places.learn_guild({
        "id": str(room.guild.id if room.guild else 0),
        "roles": [{"id": "77", "tags": {"bot_id": str(bot_id)}}],
        "channels": [{"id": str(room.id), "type": 0}, {"id": "nonsense"}],
    })  # fmt: skip
    anna.writes("<@&78> jemand da?", room)
    anna.writes("<@&77> bitte", room)
    assert (await desk.hears(InboundMessage)).text == "bitte"


@pytest.mark.parametrize(("written", "heard"), [
    ("__wichtig__ und _leise_", "wichtig und *leise*"), ("||Spoiler||", "Spoiler"), ("<:paket:123456>", ":paket:"),
    ("<t:0:R>", "1970-01-01 00:00 UTC"), ("<t:99999999999999:R>", "<t:99999999999999:R>"),
    ("Geht </ask:42>?", "Geht /ask?"),
    ("`__init__` <#1>", "`__init__` #…"), ("snake_case_name", "snake_case_name"), ("a\0b\ud800", "ab?"),
])  # fmt: skip
async def test_discords_markup_becomes_words(
    bot: DiscordChannel, desk: Desk, anna: Person, written: str, heard: str
) -> None:
    anna.writes(written, anna.dm())
    assert (await desk.hears(InboundMessage)).text == heard
