"""Channels, threads, forums and webhooks of the Discord stand-in, and who may not use them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest

from tests.standins.discord import Channel, DiscordStandIn, Guild, Person
from tests.standins.discord.probe import Probe, refused


async def test_unknown_and_forbidden_places(
    bot: Probe, platform: DiscordStandIn, anna: Person, guild: Guild, room: Channel
) -> None:
    assert await refused(bot.fetch_channel(1)) == (404, 10003)
    assert await refused(bot.room(room.id).fetch_message(1)) == (404, 10008)
    assert await refused(bot.fetch_user(1)) == (404, 10013)
    theirs = anna.writes("von Anna", room)
    assert await refused(bot.room(room.id).get_partial_message(theirs.id).edit(content="x")) == (403, 50005)
    room.bot_lacks("send_messages")
    assert await refused(bot.room(room.id).send("x")) == (403, 50013)
    room.bot_lacks("view_channel")
    assert await refused(bot.raw_send(room.id, {"content": "x"})) == (403, 50001)
    platform.remove_bot(guild)
    assert await refused(bot.fetch_guild(guild.id)) == (403, 50001)


async def test_people_who_take_no_direct_messages(
    bot: Probe, platform: DiscordStandIn, anna: Person, guild: Guild
) -> None:
    user = await bot.fetch_user(anna.id)
    await user.send("Hallo")
    anna.closes_dms()
    assert await refused(user.send("Noch da?")) == (403, 50007)
    anna.opens_dms()
    anna.leaves(guild)
    assert await refused(user.send("Noch da?")) == (403, 50278)
    assert [m.content for m in anna.dm().by_bot] == ["Hallo"]
    stranger = discord.Object(1)
    assert await refused(bot.http.start_private_message(stranger.id)) == (400, 50033)


async def test_threads_open_archive_lock_and_refuse(
    bot: Probe, platform: DiscordStandIn, anna: Person, room: Channel
) -> None:
    here = bot.room(room.id)
    message = await here.fetch_message(anna.writes("Mein Paket fehlt", room).id)
    thread = await message.create_thread(name="Z-1")
    assert thread.id == message.id
    assert await refused(message.create_thread(name="Z-2")) == (400, 160004)
    said = await thread.send("Ich schaue nach")
    await thread.edit(archived=True)
    assert await refused(said.edit(content="Nein")) == (400, 50083)
    assert await refused(thread.add_user(discord.Object(anna.id))) == (400, 50083)
    await thread.send("weckt")
    inside = room.threads[0]
    assert not inside.archived
    await thread.edit(archived=True, locked=True)
    assert await refused(thread.send("weckt nicht")) == (400, 50083)
    assert [t.id async for t in here.archived_threads()] == [thread.id]
    await thread.edit(archived=False, locked=False)
    await thread.add_user(discord.Object(anna.id))
    assert {m.id for m in await thread.fetch_members()} == {anna.id, platform.bot.id}
    await thread.delete()
    assert await refused(thread.send("weg")) == (404, 10003)


async def test_private_threads_are_for_those_invited(
    bot: Probe, platform: DiscordStandIn, anna: Person, guild: Guild, room: Channel
) -> None:
    thread = await bot.room(room.id).create_thread(name="Z-7")
    inside = await room.wait_for_thread(lambda t: t.name == "Z-7")
    assert not platform.world.sees(anna, inside)
    await thread.add_user(discord.Object(anna.id))
    anna.writes("Ich sehe es", inside)
    assert thread.is_private()
    found = bot.get_guild(guild.id)
    assert found is not None
    assert [t.id for t in await found.active_threads()] == [thread.id]


async def test_a_forum_post_is_a_thread_with_its_first_message(bot: Probe, anna: Person, forum: Channel) -> None:
    post = anna.posts(forum, "Lampe blinkt", "Seit gestern", tags=["Technik"])
    heard = (await bot.hears("thread_create"))[0]
    first = (await bot.hears("message"))[0]
    assert isinstance(heard, discord.Thread)
    assert isinstance(first, discord.Message)
    assert heard.id == first.id == post.starter.id
    assert [t.name for t in heard.applied_tags] == ["Technik"]
    place = bot.get_channel(forum.id)
    assert isinstance(place, discord.ForumChannel)
    made = await place.create_thread(name="Anleitung", content="So geht es")
    assert made.message.id == made.thread.id
    assert [t.name for t in forum.threads] == ["Lampe blinkt", "Anleitung"]
    assert await refused(bot.raw_send(forum.id, {"content": "x"})) == (400, 50008)


async def test_there_is_room_for_so_many_threads_and_channels(bot: Probe, guild: Guild, room: Channel) -> None:
    here = bot.room(room.id)
    for number in range(3):
        await here.create_thread(name=f"Z-{number}")
    assert await refused(here.create_thread(name="Z-9")) == (400, 160006)
    found = bot.get_guild(guild.id)
    assert found is not None
    category = await found.create_category("Tickets")
    for number in range(2):
        await found.create_text_channel(f"t-{number}", category=category)
    assert await refused(found.create_text_channel("t-9", category=category)) == (400, 50035)
    assert [c.name for c in guild.channels if c.parent] == ["t-0", "t-1"]


async def test_a_channel_made_for_some_is_seen_by_them_alone(
    bot: Probe, platform: DiscordStandIn, anna: Person, guild: Guild
) -> None:
    found = bot.get_guild(guild.id)
    assert found is not None
    role = guild.role("Team", anna)
    await bot.hears("guild_role_create")
    hidden = discord.PermissionOverwrite(view_channel=False)
    shown = discord.PermissionOverwrite(view_channel=True)
    made = await found.create_text_channel("staff", overwrites={found.default_role: hidden, found.me: shown})
    staff = platform.world.channels[made.id]
    assert not platform.world.sees(anna, staff)
    team = found.get_role(role.id)
    assert team is not None
    await made.edit(overwrites={found.default_role: hidden, team: shown})
    assert platform.world.sees(anna, staff)
    assert await refused(made.send("ausgesperrt")) == (403, 50001)


async def test_webhooks_speak_under_another_name(bot: Probe, anna: Person, room: Channel) -> None:
    here = bot.room(room.id)
    hook = await here.create_webhook(name="Bote")
    sent = await hook.send("Hallo", username="Vera", wait=True)
    await sent.edit(content="Guten Tag")
    thread = await here.create_thread(name="Z-5")
    await hook.send("im Faden", thread=thread, wait=True)
    inside = await room.wait_for_thread()
    assert (room.last.shown_as, room.last.content) == ("Vera", "Guten Tag")
    assert [m.content for m in inside.by_bot] == ["im Faden"]
    assert [w.name for w in await here.webhooks()] == ["Bote"]
    await hook.delete()
    assert await refused(hook.send("weg", wait=True)) == (404, 10015)


@pytest.mark.parametrize("path", ["/guilds/{guild}/stickers", "/voice/regions"])
async def test_a_route_it_lacks_answers_404_and_is_noted(
    bot: Probe, platform: DiscordStandIn, guild: Guild, path: str
) -> None:
    ask: Callable[..., Awaitable[Any]] = bot.http.request
    assert await refused(ask(discord.http.Route("GET", path.format(guild=guild.id)))) == (404, 0)
    assert len(platform.unknown_calls) == 1
