"""A platform with a guild, two people and a bot, for the tests of the Discord stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.standins.discord import Channel, DiscordStandIn, Guild, Limits, Person
from tests.standins.discord.probe import Probe, running

LIMITS = Limits(upload=1000, active_threads=3, category_channels=2, answer_seconds=0.3)


@pytest.fixture
async def platform() -> AsyncIterator[DiscordStandIn]:
    async with DiscordStandIn(limits=LIMITS) as standin:
        yield standin
        assert standin.crashes == []


@pytest.fixture
def anna(platform: DiscordStandIn) -> Person:
    return platform.person("Anna")


@pytest.fixture
def guild(platform: DiscordStandIn, anna: Person) -> Guild:
    return platform.guild("Fans", [anna, platform.person("Ben")])


@pytest.fixture
def room(guild: Guild) -> Channel:
    return guild.text_channel("hilfe")


@pytest.fixture
def forum(guild: Guild) -> Channel:
    return guild.forum("fragen", tags=["Technik"])


@pytest.fixture
async def bot(platform: DiscordStandIn, room: Channel, forum: Channel) -> AsyncIterator[Probe]:
    async with running(platform) as probe:
        yield probe
