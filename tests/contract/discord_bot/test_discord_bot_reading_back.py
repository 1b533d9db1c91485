"""Nothing is lost on Discord: not while the bot is away, not while storage is, not in bad weather."""

from __future__ import annotations

import asyncio

import pytest

from bots import discord_intake
from bots.discord_bot import DiscordChannel
from desk.errors import InputRejected, StorageUnavailable
from desk.inbound import InboundMessage
from tests.contract.discord_bot.discord_desk import Cursors, Desk, channel_at, listening
from tests.standins.discord import Channel, DiscordStandIn, Person


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


async def test_a_message_stays_until_storage_is_back(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, cursors: Cursors, anna: Person, ben: Person
) -> None:
    async with listening(platform, channel, desk):
        desk.fails = [StorageUnavailable(), RuntimeError("secret text")]
        anna.writes("eins", anna.dm())
        second = anna.writes("zwei", anna.dm())
        await desk.hears(InboundMessage, 2)
        await cursors.reaches(f"dm:{anna.dm().id}", str(second.id))
    assert desk.texts == ["eins", "zwei"]
    assert len(desk.offered) == 4


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


async def test_a_refused_message_does_not_block_and_is_answered(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person
) -> None:
    async with listening(platform, channel, desk):
        desk.fails = [InputRejected("too long")]
        anna.writes("giftig", anna.dm())
        anna.writes("gut", anna.dm())
        await desk.hears(InboundMessage)
        await anna.dm().wait_for("Sorry, this did not work")
    async with listening(platform, channel, desk):
        await asyncio.sleep(0.1)
    assert desk.texts == ["gut"]


async def test_a_flood_is_left_to_history_and_nothing_of_it_is_lost(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_intake, "MOST_WAITING", 3)
    async with listening(platform, channel, desk):
        desk.fails = [StorageUnavailable()]
        for number in range(20):
            anna.writes(str(number), anna.dm())
        await desk.hears(InboundMessage, 20)
        anna.writes("danach", anna.dm())
        await desk.hears(InboundMessage, 21)
    assert desk.texts == [*(str(number) for number in range(20)), "danach"]


@pytest.mark.parametrize(
    "name", ["MESSAGE_CREATE", "MESSAGE_UPDATE", "INTERACTION_CREATE", "CHANNEL_CREATE", "THREAD_CREATE", "NEW"]
)
async def test_malformed_events_are_counted_and_passed_over(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person, name: str
) -> None:
    async with listening(platform, channel, desk):
        for nonsense in (
            {},
            {"id": "x", "channel_id": [], "type": None},
            {"id": "1", "channel_id": "2", "author": None},
        ):
            platform.raw_event(name, nonsense)
        anna.writes("Hallo", anna.dm())
        await desk.hears(InboundMessage)
    assert platform.gateway.identified == 1


async def test_history_that_cannot_be_had_now_is_asked_for_again(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person
) -> None:
    async with listening(platform, channel, desk):
        anna.writes("eins", anna.dm())
        await desk.hears(InboundMessage)
    anna.writes("zwei", anna.dm())
    platform.fail_next("GET", "/channels/{id}/messages", status=502)
    async with listening(platform, channel, desk):
        await desk.hears(InboundMessage, 2)
