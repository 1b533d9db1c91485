"""A guild with two people, a help channel, a forum and a staff room, and the adapter listening to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bots.discord_bot import DiscordChannel
from tests.contract.discord_bot.discord_desk import Cursors, Desk, channel_at, listening
from tests.standins.discord import Channel, DiscordStandIn, Guild, Person


@pytest.fixture
async def platform() -> AsyncIterator[DiscordStandIn]:
    async with DiscordStandIn() as standin:
        yield standin
        assert standin.unknown_calls == []
        assert standin.crashes == []


@pytest.fixture
def anna(platform: DiscordStandIn) -> Person:
    return platform.person("Anna")


@pytest.fixture
def ben(platform: DiscordStandIn) -> Person:
    return platform.person("Ben", locale="en-GB")


@pytest.fixture
def guild(platform: DiscordStandIn, anna: Person, ben: Person) -> Guild:
    return platform.guild("Fans", [anna, ben])


@pytest.fixture
def room(guild: Guild) -> Channel:
    return guild.text_channel("hilfe")


@pytest.fixture
def forum(guild: Guild) -> Channel:
    return guild.forum("Fragen")


@pytest.fixture
def staff(guild: Guild) -> Channel:
    return guild.text_channel("staff")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def cursors() -> Cursors:
    return Cursors()


@pytest.fixture
async def bot(
    platform: DiscordStandIn, room: Channel, forum: Channel, staff: Channel, desk: Desk, cursors: Cursors
) -> AsyncIterator[DiscordChannel]:
    async with listening(platform, channel_at(platform, cursors, staff=str(staff.id)), desk) as channel:
        yield channel
