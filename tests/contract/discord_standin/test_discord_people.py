"""What people do on the Discord stand-in reaches an unmodified discord.py, and only what they may do."""

from __future__ import annotations

import discord
import pytest

from tests.standins.discord import Channel, DiscordStandIn, Guild, NotPossible, Person
from tests.standins.discord.probe import Probe


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
