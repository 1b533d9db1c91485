"""The Discord stand-in against an unmodified discord.py: what a bot may do over REST, and what not."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import discord
import pytest

from tests.standins.discord import Channel, DiscordStandIn, Guild, Limits, Person
from tests.standins.discord.probe import Probe, running

LIMITS = Limits(upload=1000, active_threads=3, category_channels=2, answer_seconds=0.3)
MESSAGES = "/channels/{id}/messages"


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
    return platform.guild("Fans", [anna])


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


async def refused(doing: Awaitable[Any]) -> tuple[int, int]:
    """Status and code of the platform's refusal."""
    with pytest.raises(discord.HTTPException) as no:
        await doing
    return no.value.status, no.value.code


def view(buttons: int, custom_id: str = "b") -> discord.ui.View:
    found = discord.ui.View(timeout=None)
    for number in range(buttons):
        found.add_item(discord.ui.Button(label=f"B{number}", custom_id=f"{custom_id}{number}"))
    return found


async def raw_send(bot: Probe, room: Channel, body: dict[str, Any]) -> Any:
    """Past the library's own checks."""
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=room.id)
    return await bot.http.request(route, json=body)


def row(count: int, **more: Any) -> dict[str, Any]:
    parts = [{"type": 2, "style": 1, "label": "x", "custom_id": f"{id(more)}{n}"} | more for n in range(count)]
    return {"type": 1, "components": parts}


async def test_texts_hold_1_to_2000_characters(bot: Probe, room: Channel) -> None:
    here = bot.room(room.id)
    assert (await here.send("x" * 2000)).content == "x" * 2000
    assert await refused(here.send("x" * 2001)) == (400, 50035)
    assert await refused(here.send("")) == (400, 50006)
    assert len(room.messages) == 1


@pytest.mark.parametrize(
    "components",
    [
        [row(1, custom_id=f"r{n}") for n in range(6)],
        [row(6)],
        [row(1, custom_id="x" * 101)],
        [row(2, custom_id="same")],
        [row(1, label="x" * 81)],
        [row(1, style=5)],
        [{"type": 2, "style": 1, "label": "bare", "custom_id": "x"}],
    ],
    ids=["six rows", "six buttons", "long custom id", "same custom id", "long label", "link without url", "no row"],
)
async def test_components_keep_to_the_limits(bot: Probe, room: Channel, components: list[Any]) -> None:
    body = {"content": "Hallo", "components": components}
    assert await refused(raw_send(bot, room, body)) == (400, 50035)


async def test_five_rows_of_five_buttons_fit(bot: Probe, platform: DiscordStandIn, room: Channel) -> None:
    sent = await bot.room(room.id).send("Bitte wählen", view=view(25))
    assert [len(r.children) for r in sent.components if isinstance(r, discord.ActionRow)] == [5] * 5
    assert "[B0] [B1]" in platform.transcript(room)


async def test_the_same_nonce_gives_the_message_that_was_sent(
    bot: Probe, platform: DiscordStandIn, room: Channel
) -> None:
    here = bot.room(room.id)
    first = await here.send("Einmal", nonce="z-1")
    again = await here.send("Einmal", nonce="z-1")
    other = await here.send("Einmal", nonce="z-2")
    assert first.id == again.id != other.id
    assert len(room.by_bot) == 2
    assert await refused(here.send("Zu lang", nonce="x" * 26)) == (400, 50035)


async def test_a_lost_answer_was_stored_and_the_nonce_tells(
    bot: Probe, platform: DiscordStandIn, room: Channel
) -> None:
    platform.lose_next("POST", MESSAGES)
    with pytest.raises(aiohttp.ClientError):
        await bot.room(room.id).send("Antwort", nonce="z-3")
    await bot.room(room.id).send("Antwort", nonce="z-3")
    assert [m.content for m in room.by_bot] == ["Antwort"]


async def test_a_429_is_waited_out_and_sent_once(bot: Probe, platform: DiscordStandIn, room: Channel) -> None:
    platform.fail_next("POST", MESSAGES, status=429, retry_after=0.2)
    started = asyncio.get_running_loop().time()
    await bot.room(room.id).send("Geduld")
    assert asyncio.get_running_loop().time() - started >= 0.2
    assert [call.status for call in platform.calls_to("POST", MESSAGES)] == [429, 200]
    assert len(room.by_bot) == 1


async def test_a_planned_failure_changes_nothing(bot: Probe, platform: DiscordStandIn, room: Channel) -> None:
    platform.fail_next("POST", MESSAGES, status=503)
    assert (await refused(bot.room(room.id).send("weg")))[0] == 503
    assert room.by_bot == []


async def test_budgets_when_switched_on(bot: Probe, platform: DiscordStandIn, room: Channel) -> None:
    platform.limit_rates()
    headers = {"Authorization": f"Bot {platform.token}"}
    url = f"{platform.url}/api/v10/channels/{room.id}/messages"
    async with aiohttp.ClientSession(headers=headers) as http:
        answers = [await http.post(url, json={"content": str(n)}) for n in range(6)]
    assert [a.status for a in answers] == [200] * 5 + [429]
    assert answers[4].headers["X-RateLimit-Remaining"] == "0"
    assert 0 < (await answers[5].json())["retry_after"] <= 5


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
    assert await refused(raw_send(bot, room, {"content": "x"})) == (403, 50001)
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


async def test_uploads_arrive_and_large_ones_do_not(bot: Probe, anna: Person, room: Channel) -> None:
    here = bot.room(room.id)
    files = [discord.File(io.BytesIO(b"eins"), "eins.txt"), discord.File(io.BytesIO(b"zwei"), "zwei.png")]
    sent = await here.send("Anbei", files=files)
    assert [a.data for a in room.last.attachments] == [b"eins", b"zwei"]
    assert await sent.attachments[1].read() == b"zwei"
    kept = await sent.edit(attachments=[sent.attachments[0]])
    assert [a.filename for a in kept.attachments] == ["eins.txt"]
    assert await refused(here.send(file=discord.File(io.BytesIO(b"x" * 1001), "x"))) == (413, 40005)


async def test_history_pins_reactions_and_deletions(bot: Probe, anna: Person, room: Channel) -> None:
    here = bot.room(room.id)
    written = [anna.writes(str(n), room) for n in range(120)]
    after = [m.id async for m in here.history(after=discord.Object(written[9].id), limit=None)]
    assert after == [m.id for m in written[10:]]
    message = await here.fetch_message(written[0].id)
    await message.add_reaction("✅")
    assert await refused(message.add_reaction("x")) == (400, 10014)
    await message.pin()
    assert [m.id async for m in here.pins()] == [written[0].id]
    assert (await here.fetch_message(written[0].id)).reactions[0].me
    await here.delete_messages([discord.Object(m.id) for m in written[1:3]])
    anna.deletes(*written[3:6])
    assert isinstance((await bot.hears("raw_bulk_message_delete", 2))[0], discord.RawBulkMessageDeleteEvent)
    await message.delete()
    assert written[0].deleted
    assert [m.kind for m in room.messages if m.author.bot] == [6]


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
    assert await refused(raw_send(bot, forum, {"content": "x"})) == (400, 50008)


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


async def test_mentions_ping_as_far_as_allowed(bot: Probe, anna: Person, room: Channel) -> None:
    here = bot.room(room.id)
    loud = await here.send(f"<@{anna.id}>")
    quiet = await here.send(f"<@{anna.id}>", allowed_mentions=discord.AllowedMentions.none())
    assert [m.id for m in loud.mentions] == [anna.id]
    assert quiet.mentions == []
    theirs = await here.fetch_message(anna.writes("Frage", room).id)
    answer = await theirs.reply("Antwort")
    assert [m.id for m in answer.mentions] == [anna.id]
    anna.deletes(room.history[theirs.id])
    assert await refused(theirs.reply("zu spät")) == (400, 50035)


@pytest.mark.parametrize("path", ["/guilds/{guild}/stickers", "/voice/regions"])
async def test_a_route_it_lacks_answers_404_and_is_noted(
    bot: Probe, platform: DiscordStandIn, guild: Guild, path: str
) -> None:
    ask: Callable[..., Awaitable[Any]] = bot.http.request
    assert await refused(ask(discord.http.Route("GET", path.format(guild=guild.id)))) == (404, 0)
    assert len(platform.unknown_calls) == 1
