"""The Discord stand-in against an unmodified discord.py: the gateway, and what people do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from tests.standins.discord import Channel, DiscordStandIn, Guild, NotPossible, Person
from tests.standins.discord.probe import Probe, point_at, running


@pytest.fixture
async def platform() -> AsyncIterator[DiscordStandIn]:
    async with DiscordStandIn() as standin:
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
async def bot(platform: DiscordStandIn, room: Channel) -> AsyncIterator[Probe]:
    async with running(platform) as probe:
        yield probe


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


async def test_messages_reach_the_bot_with_author_and_reply(bot: Probe, anna: Person, room: Channel) -> None:
    first = anna.writes("Mein Paket fehlt", room)
    anna.writes("Seit Montag", room, reply_to=first)
    heard = (await bot.hears("message", 2))[0]
    assert isinstance(heard, discord.Message)
    assert isinstance(heard.author, discord.Member)
    assert heard.author.id == anna.id
    assert heard.reference is not None
    assert isinstance(heard.reference.resolved, discord.Message)
    assert heard.reference.resolved.content == "Mein Paket fehlt"


async def test_a_direct_chat_has_no_guild(bot: Probe, anna: Person) -> None:
    anna.writes("Hallo", anna.dm())
    heard = (await bot.hears("message"))[0]
    assert isinstance(heard, discord.Message)
    assert isinstance(heard.channel, discord.DMChannel)
    await heard.channel.send("Guten Tag")
    assert (await anna.dm().wait_for("Guten Tag")).author.bot


async def test_edits_deletions_reactions_and_typing_are_told(bot: Probe, anna: Person, room: Channel) -> None:
    message = anna.writes("Halo", room)
    anna.edits(message, "Hallo")
    anna.reacts(message, "✅")
    anna.unreacts(message, "✅")
    anna.types(room)
    anna.deletes(message)
    edited = (await bot.hears("raw_message_edit"))[0]
    assert isinstance(edited, discord.RawMessageUpdateEvent)
    assert edited.data["content"] == "Hallo"
    reacted = (await bot.hears("raw_reaction_add"))[0]
    assert isinstance(reacted, discord.RawReactionActionEvent)
    assert reacted.emoji.name == "✅"
    await bot.hears("raw_reaction_remove")
    await bot.hears("typing")
    gone = (await bot.hears("raw_message_delete"))[0]
    assert isinstance(gone, discord.RawMessageDeleteEvent)
    assert gone.message_id == message.id
    assert message.earlier == ["Halo"]


async def test_files_are_served_until_their_links_expire(
    bot: Probe, platform: DiscordStandIn, anna: Person, room: Channel
) -> None:
    anna.writes("Bilder", room, files={"eins.png": b"\x89PNG1", "zwei.pdf": b"%PDF"})
    anna.speaks(room, b"OggS", 2.5)
    heard = (await bot.hears("message"))[0]
    voice = (await bot.hears("message", 2))[0]
    assert isinstance(heard, discord.Message)
    assert isinstance(voice, discord.Message)
    assert [a.content_type for a in heard.attachments] == ["image/png", "application/pdf"]
    assert await heard.attachments[0].read() == b"\x89PNG1"
    assert voice.attachments[0].is_voice_message()
    platform.expire_links()
    with pytest.raises(discord.NotFound):
        await heard.attachments[0].read()
    again = await heard.channel.fetch_message(heard.id)
    assert await again.attachments[1].read() == b"%PDF"


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


async def test_members_come_and_go(bot: Probe, platform: DiscordStandIn, guild: Guild) -> None:
    clara = platform.person("Clara")
    clara.joins(guild)
    guild.role("Team", clara)
    clara.leaves(guild)
    await bot.hears("member_join")
    await bot.hears("member_update")
    await bot.hears("member_remove")
    found = bot.get_guild(guild.id)
    assert found is not None
    assert [m.name for m in await found.query_members("an")] == ["anna"]


async def test_any_event_can_be_sent_raw(bot: Probe, platform: DiscordStandIn, room: Channel) -> None:
    assert room.guild is not None
    deleted = {"id": "1", "channel_id": str(room.id), "guild_id": str(room.guild.id)}
    platform.raw_event("MESSAGE_DELETE", deleted)
    gone = (await bot.hears("raw_message_delete"))[0]
    assert isinstance(gone, discord.RawMessageDeleteEvent)
    assert gone.message_id == 1


async def test_people_cannot_do_what_their_app_would_not_let_them(
    platform: DiscordStandIn, guild: Guild, anna: Person, room: Channel
) -> None:
    stranger = platform.person("Fremd")
    with pytest.raises(NotPossible, match="does not see"):
        stranger.writes("Hallo", room)
    staff = guild.text_channel("staff", only_for=[])
    with pytest.raises(NotPossible, match="does not see"):
        anna.writes("Hallo", staff)
    with pytest.raises(NotPossible, match="2001"):
        anna.writes("x" * 2001, room)
    with pytest.raises(NotPossible, match="no 'Nehmen'"):
        await anna.taps(anna.writes("Hallo", room), "Nehmen")


async def test_a_failed_wait_shows_the_channel(anna: Person, room: Channel) -> None:
    anna.writes("Nur das hier", room)
    with pytest.raises(AssertionError, match="Anna: Nur das hier"):
        await room.wait_for("etwas anderes", timeout=0.01)
