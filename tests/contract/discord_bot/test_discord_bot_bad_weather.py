"""Nothing is lost on Discord in bad weather: storage away, faults of ours, floods, nonsense, outages."""

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


async def test_an_event_at_which_the_desk_fails_gives_way_and_is_not_forgotten(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, cursors: Cursors, anna: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(discord_intake, "PATIENCE", 2)
    desk.chokes_on = "Stolperstein"
    async with listening(platform, channel, desk):
        stone = anna.writes("Stolperstein", anna.dm())
        anna.writes("weiter", anna.dm())
        await desk.hears(InboundMessage)
        await asyncio.sleep(0.05)
    assert desk.texts == ["weiter"]
    assert cursors.kept[f"dm:{anna.dm().id}"] < str(stone.id)
    desk.chokes_on = None
    async with listening(platform, channel, desk):
        await desk.hears(InboundMessage, 2)
        await cursors.reaches(f"dm:{anna.dm().id}", str(anna.dm().last.id))
    assert desk.texts == ["weiter", "Stolperstein"]


async def test_an_outage_at_the_start_is_waited_out(
    platform: DiscordStandIn, channel: DiscordChannel, desk: Desk, anna: Person
) -> None:
    platform.fail_next("GET", "/gateway", status=503)
    async with listening(platform, channel, desk):
        anna.writes("Hallo", anna.dm())
        await desk.hears(InboundMessage)
