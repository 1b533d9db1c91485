"""The gateway against an unmodified discord.py: start, intents, resuming, outages, a kill."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import aiohttp
import discord
import pytest

from tests.standins.discord import Channel, DiscordStandIn, Guild, Person
from tests.standins.discord.probe import Probe, point_at, running


async def test_the_bot_starts_and_knows_its_guilds_channels_and_members(
    bot: Probe, platform: DiscordStandIn, guild: Guild, room: Channel
) -> None:
    assert bot.user is not None
    assert bot.user.id == platform.bot.id
    found = bot.get_guild(guild.id)
    assert found is not None
    assert {m.name for m in found.members} == {"anna", "ben", "zuruf"}
    assert bot.room(room.id).permissions_for(found.me).manage_threads
    assert platform.unknown_calls == []


async def test_members_are_asked_for_when_presences_are_not(platform: DiscordStandIn, guild: Guild) -> None:
    intents = discord.Intents.default()
    intents.members = True
    async with running(platform, intents=intents) as bot:
        found = bot.get_guild(guild.id)
        assert found is not None
        assert {m.name for m in found.members} == {"anna", "ben", "zuruf"}


async def test_a_wrong_token_is_refused_by_both_doors(platform: DiscordStandIn) -> None:
    point_at(platform)
    with pytest.raises(discord.LoginFailure):
        await discord.Client(intents=discord.Intents.default()).login("wrong")
    async with aiohttp.ClientSession() as http, http.ws_connect(platform.gateway_url) as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json({"op": 2, "d": {"token": "wrong", "intents": 0}})
        assert (await socket.receive()).data == 4004


@pytest.mark.parametrize(
    ("sent", "code"),
    [({"op": 8, "d": {}}, 4003), ("{", 4002), ({"op": 2, "d": {"token": "?", "x": "y" * 5000}}, 4002)],
)
async def test_the_gateway_closes_on_nonsense(platform: DiscordStandIn, sent: object, code: int) -> None:
    async with aiohttp.ClientSession() as http, http.ws_connect(platform.gateway_url) as socket:
        await socket.receive_json()
        await (socket.send_str(sent) if isinstance(sent, str) else socket.send_json(sent))
        assert (await socket.receive()).data == code


async def test_a_silent_client_is_disconnected_and_a_beating_one_acknowledged() -> None:
    async with (
        DiscordStandIn(heartbeat_seconds=0.1) as platform,
        aiohttp.ClientSession() as http,
        http.ws_connect(platform.gateway_url) as socket,
    ):
        await socket.receive_json()
        await socket.send_json({"op": 1, "d": None})
        assert (await socket.receive_json())["op"] == 11
        assert (await socket.receive(timeout=2)).data == 4000


async def test_without_the_content_intent_texts_are_empty_but_direct_ones(
    anna: Person, guild: Guild, room: Channel, platform: DiscordStandIn
) -> None:
    async with running(platform, intents=discord.Intents.default()) as bot:
        anna.writes("geheim", room)
        anna.writes(f"<@{platform.bot.id}> offen", room)
        anna.writes("direkt", anna.dm())
        await bot.hears("message", 3)
        assert bot.texts == ["", f"<@{platform.bot.id}> offen", "direkt"]


async def test_an_intent_the_portal_does_not_grant_ends_the_connection() -> None:
    async with DiscordStandIn(message_content=False) as platform:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with running(platform):
                pass


async def test_resuming_replays_what_came_meanwhile(
    bot: Probe, platform: DiscordStandIn, anna: Person, room: Channel
) -> None:
    platform.drop_gateway(resumable=True)
    anna.writes("während der Pause", room)
    await bot.hears("resumed")
    await bot.hears("message")
    assert bot.texts == ["während der Pause"]
    assert (platform.gateway.identified, platform.gateway.resumed) == (1, 1)


async def test_an_invalid_session_starts_anew_and_the_past_is_only_in_the_history(
    bot: Probe, platform: DiscordStandIn, anna: Person, room: Channel
) -> None:
    platform.drop_gateway(resumable=False)
    anna.writes("verpasst", room)
    await bot.hears("ready", 2)
    anna.writes("gehört", room)
    await bot.hears("message")
    assert bot.texts == ["gehört"]
    history = [m.content async for m in bot.room(room.id).history(oldest_first=True)]
    assert history == ["verpasst", "gehört"]


async def test_an_outage_refuses_connections_and_the_session_survives_it(
    bot: Probe, platform: DiscordStandIn, anna: Person, room: Channel
) -> None:
    platform.gateway_down()
    anna.writes("im Ausfall", room)
    await asyncio.sleep(0.1)
    assert not platform.gateway.live
    platform.gateway_up()
    await bot.hears("resumed", timeout=10)
    await bot.hears("message")
    assert bot.texts == ["im Ausfall"]


async def test_a_restarted_bot_finds_the_world_as_it_was(platform: DiscordStandIn, anna: Person, room: Channel) -> None:
    async with running(platform) as bot:
        sent = await bot.room(room.id).send("vor dem Neustart")
    anna.writes("dazwischen", room)
    async with running(platform) as bot:
        missed = [m.content async for m in bot.room(room.id).history(after=discord.Object(sent.id))]
        assert missed == ["dazwischen"]
        assert bot.texts == []


async def test_any_event_can_be_sent_raw(bot: Probe, platform: DiscordStandIn, room: Channel) -> None:
    assert room.guild is not None
    deleted = {"id": "1", "channel_id": str(room.id), "guild_id": str(room.guild.id)}
    platform.raw_event("MESSAGE_DELETE", deleted)
    gone = (await bot.hears("raw_message_delete"))[0]
    assert isinstance(gone, discord.RawMessageDeleteEvent)
    assert gone.message_id == 1


KILLED = """
import asyncio, discord, sys
from discord.gateway import DiscordWebSocket
from yarl import URL
url, gateway, token, channel = sys.argv[1:]
discord.http.Route.BASE = url + "/api/v10"
DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
class Offer(discord.ui.View):
    @discord.ui.button(label="Nehmen", custom_id="take")
    async def take(self, interaction, button):
        await interaction.response.send_message("Deins, auch danach")
class Bot(discord.Client):
    async def setup_hook(self):
        self.add_view(Offer(timeout=None))
    async def on_ready(self):
        room = self.get_channel(int(channel))
        said = [m.content async for m in room.history(oldest_first=True)]
        await room.send(f"bereit nach {said}", view=Offer(timeout=None))
Bot(intents=discord.Intents.all(), guild_ready_timeout=0.05).run(token, log_handler=None)
"""


async def test_a_process_killed_and_started_again_goes_on(
    platform: DiscordStandIn, anna: Person, room: Channel
) -> None:
    async def start() -> asyncio.subprocess.Process:
        address = (platform.url, platform.gateway_url, platform.token, str(room.id))
        return await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, *address)

    first = await start()
    offer = await room.wait_for("bereit nach []", timeout=20)
    os.kill(first.pid, signal.SIGKILL)
    await first.wait()
    await platform.disconnected()
    anna.writes("dazwischen", room)
    second = await start()
    try:
        await room.wait_for("'dazwischen']", timeout=20)
        assert (await anna.taps(offer, "Nehmen")).text == "Deins, auch danach"
    finally:
        second.kill()
        await second.wait()
