"""Nothing is lost on Discord while the bot is away."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bots import discord_catchup
from bots.discord_bot import DiscordChannel
from desk.errors import StorageUnavailable
from desk.inbound import InboundMessage, MessageEdited
from tests.contract.discord_bot.discord_desk import Cursors, Desk, at, channel_at, listening
from tests.standins.discord import Channel, DiscordStandIn, Guild, Person


@pytest.fixture
def channel(
    platform: DiscordStandIn, room: Channel, staff: Channel, forum: Channel, cursors: Cursors
) -> DiscordChannel:
    return channel_at(platform, cursors, staff=str(staff.id), watched=(str(room.id), str(forum.id)))


async def test_what_was_written_meanwhile_is_read_back_in_order(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person, ben: Person,
    room: Channel, forum: Channel, staff: Channel,
) -> None:  # fmt: skip
    post = anna.posts(forum, "Vor dem ersten Start", "alt")
    await asyncio.sleep(0.01)
    async with listening(platform, channel, desk):
        anna.writes("eins", anna.dm())
        anna.writes("eins", room)
        ben.opens_thread(staff, "Z-1")
        await desk.hears(InboundMessage, 2)
    for text in ("zwei", "drei", "vier"):
        anna.writes(text, anna.dm())
        anna.writes(text, room)
        anna.writes(text, post)
    ben.writes("aus dem Faden", staff.threads[0])
    new_post = anna.posts(forum, "Neu", "Frage")
    async with listening(platform, channel, desk):
        await desk.hears(InboundMessage, 13)
    by_place: dict[str, list[str]] = {}
    for heard in desk.of(InboundMessage):
        by_place.setdefault(heard.address.key.split("/")[-1], []).append(heard.text)
    assert by_place == {
        str(anna.dm().id): ["eins", "zwei", "drei", "vier"],
        str(room.id): ["eins", "zwei", "drei", "vier"],
        str(post.id): ["zwei", "drei", "vier"],
        str(staff.threads[0].id): ["aus dem Faden"],
        str(new_post.id): ["Frage"],
    }


async def test_old_history_does_not_flood_in(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person, room: Channel
) -> None:
    anna.writes("vor Jahren", room)
    anna.writes("vor Jahren", anna.dm())
    await asyncio.sleep(0.01)
    async with listening(platform, channel, desk):
        anna.writes("heute", anna.dm())
        anna.writes("heute", room)
        await desk.hears(InboundMessage, 2)
        await asyncio.sleep(0.1)
    assert desk.texts == ["heute", "heute"]


async def test_more_than_a_page_is_read_back(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person
) -> None:
    async with listening(platform, channel, desk):
        anna.writes("0", anna.dm())
        await desk.hears(InboundMessage)
    for number in range(1, 251):
        anna.writes(str(number), anna.dm())
    async with listening(platform, channel, desk):
        await desk.hears(InboundMessage, 251)
    assert desk.texts == [str(number) for number in range(251)]


async def test_a_stranger_who_wrote_while_the_bot_was_away_loses_nothing(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, ben: Person
) -> None:
    async with listening(platform, channel, desk):
        pass
    ben.writes("Hallo?", ben.dm())
    async with listening(platform, channel, desk):
        ben.writes("Ist da jemand?", ben.dm())
        await desk.hears(InboundMessage, 2)
    assert desk.texts == ["Hallo?", "Ist da jemand?"]


async def test_a_new_session_reads_back_what_the_old_one_missed(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person
) -> None:
    async with listening(platform, channel, desk):
        anna.writes("eins", anna.dm())
        await desk.hears(InboundMessage)
        platform.drop_gateway(resumable=False)
        await platform.disconnected()
        anna.writes("zwei", anna.dm())
        anna.writes("drei", anna.dm())
        await desk.hears(InboundMessage, 3, timeout=12)
    assert desk.texts == ["eins", "zwei", "drei"]


async def test_a_resumed_session_repeats_by_itself(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person
) -> None:
    async with listening(platform, channel, desk):
        anna.writes("eins", anna.dm())
        await desk.hears(InboundMessage)
        platform.gateway_down()
        await platform.until(lambda: channel.health == "disconnected")
        anna.writes("zwei", anna.dm())
        platform.gateway_up()
        await desk.hears(InboundMessage, 2, timeout=12)
        await platform.until(lambda: channel.health == "connected")
    assert platform.gateway.identified == 1


async def test_what_was_never_committed_comes_again_after_a_restart(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person
) -> None:
    desk.fails = [StorageUnavailable()] * 3
    async with listening(platform, channel, desk):
        anna.writes("eins", anna.dm())
        await platform.until(lambda: desk.offered)
    desk.fails = []
    async with listening(platform, channel, desk):
        anna.writes("zwei", anna.dm())
        await desk.hears(InboundMessage, 2)
    assert desk.texts == ["eins", "zwei"]


async def test_a_post_that_fell_asleep_unheard_is_found(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person, forum: Channel
) -> None:
    async with listening(platform, channel, desk):
        await asyncio.sleep(0.05)
    post = anna.posts(forum, "Akku", "leer")
    anna.archives(post)
    async with listening(platform, channel, desk):
        await desk.hears(InboundMessage)
    assert desk.texts == ["leer"]


async def test_edits_of_meanwhile_are_told(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person, room: Channel
) -> None:
    async with listening(platform, channel, desk):
        sent = [anna.writes("Bestellung 47", place) for place in (anna.dm(), room)]
        await desk.hears(InboundMessage, 2)
    for message in sent:
        anna.edits(message, "Bestellung 48")
    async with listening(platform, channel, desk):
        await desk.hears(MessageEdited, 2)
    assert {(edit.external_id, edit.text) for edit in desk.of(MessageEdited)} == {
        (str(message.id), "Bestellung 48") for message in sent
    }


async def test_a_thread_nobody_knew_is_asked_for_and_its_first_words_are_safe(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, cursors: Cursors, anna: Person, guild: Guild
) -> None:
    lounge = guild.text_channel("lounge")
    old = anna.opens_thread(lounge, "alt")
    anna.writes("gestern", old)
    anna.archives(old)
    async with listening(platform, channel, desk):
        asked = anna.writes(f"<@{platform.bot.id}> heute", old)
        heard = await desk.hears(InboundMessage)
        await cursors.reaches(str(old.id), str(asked.id))
    assert (heard.text, heard.address) == ("heute", at(old))


async def test_a_chat_that_is_surely_new_is_heard_without_asking_for_its_history(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, cursors: Cursors, anna: Person, ben: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(discord_catchup, "CLOCK_DOUBT", timedelta(seconds=-1))
    desk.fails = [StorageUnavailable()] * 3
    async with listening(platform, channel, desk):
        anna.writes("eins", anna.dm())
        await platform.until(lambda: desk.offered)
        assert platform.calls_to("GET", f"/channels/{anna.dm().id}/messages") == []
    desk.fails = []
    monkeypatch.undo()
    async with listening(platform, channel, desk):
        await desk.hears(InboundMessage)
        await cursors.reaches(f"dm:{anna.dm().id}", str(anna.dm().last.id))
    assert desk.texts == ["eins"]
