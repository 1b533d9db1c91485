"""Discord in public: what is overheard, reactions, the menu on a message, hiding, direct chats, pings."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bots.discord_bot import DiscordChannel
from desk.conversation import Address
from desk.inbound import CommandGiven, InboundMessage, Reacted, Receipt
from desk.outbound import OutboundMessage, Ping
from tests.contract.discord_bot.discord_desk import Cursors, Desk, at, channel_at, listening
from tests.standins.discord import Channel, DiscordStandIn, Person


async def test_answers_to_people_and_talk_in_threads_are_overheard(
    bot: DiscordChannel, desk: Desk, anna: Person, ben: Person, room: Channel
) -> None:
    asked = anna.writes("Wie geht das?", room)
    ben.writes("So geht das", room, reply_to=asked)
    thread = anna.opens_thread(asked, "Wie geht das?")
    ben.writes("Oder so", thread)
    await desk.hears(InboundMessage, 2)
    reply, in_thread = desk.of(InboundMessage)
    assert (reply.overheard, reply.reply_to, reply.calls_bot) == (True, str(asked.id), False)
    assert (in_thread.overheard, in_thread.thread_root) == (True, str(asked.id))


async def test_whoever_calls_the_bot_in_a_post_is_not_overheard(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person, ben: Person, forum: Channel
) -> None:
    post = anna.posts(forum, "Akku leer", "Nach einer Stunde ist er leer")
    ben.writes(f"<@{platform.bot.id}> meiner auch", post)
    await desk.hears(InboundMessage, 2)
    own = desk.of(InboundMessage)[1]
    assert (own.overheard, own.calls_bot) == (False, True)


async def test_what_the_desk_does_not_keep_moves_no_cursor_by_itself(
    bot: DiscordChannel,
    platform: DiscordStandIn,
    desk: Desk,
    cursors: Cursors,
    anna: Person,
    ben: Person,
    room: Channel,
) -> None:
    asked = anna.writes(f"<@{platform.bot.id}> Wie geht das?", room)
    await cursors.reaches(str(room.id), str(asked.id))
    desk.answer = lambda event: Receipt(ignored=True)
    ben.writes("Wer kommt heute?", room, reply_to=asked)
    await desk.hears(InboundMessage, 2)
    await asyncio.sleep(0.05)
    assert cursors.kept[str(room.id)] == str(asked.id)


async def test_the_tick_is_told_when_it_is_given_and_taken_away(
    bot: DiscordChannel, desk: Desk, anna: Person, room: Channel
) -> None:
    asked = anna.writes("Wie geht das?", room)
    for emoji in ("👍", "✅", "❤"):
        anna.reacts(asked, emoji)
    anna.unreacts(asked, "👍")
    anna.unreacts(asked, "✅")
    await desk.hears(Reacted, 2)
    assert [(one.added, one.author.external_id, one.message_external_id) for one in desk.of(Reacted)] == [
        (True, str(anna.id), str(asked.id)),
        (False, str(anna.id), str(asked.id)),
    ]
    assert desk.of(Reacted)[0].address == at(room)


async def test_reactions_in_direct_chats_say_nothing(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person
) -> None:
    anna.reacts(anna.writes("Hallo", anna.dm()), "✅")
    await desk.hears(InboundMessage)
    await asyncio.sleep(0.05)
    assert desk.of(Reacted) == []


async def test_the_menu_on_a_message_gives_the_command_with_that_message(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person, ben: Person, room: Channel
) -> None:
    desk.answer = lambda event: Receipt(notice="Danke!")
    await platform.until(lambda: platform.world.commands.get(None))
    answer = ben.writes("Halte die Taste zehn Sekunden lang", room)
    reply = await anna.picks(answer, "This solved it (de)")
    assert (reply.text, reply.ephemeral) == ("Danke!", True)
    given = await desk.hears(CommandGiven)
    assert given.name == "solved"
    assert given.about is not None
    assert (given.about.external_id, given.about.text) == (str(answer.id), "Halte die Taste zehn Sekunden lang")
    assert given.about.author.external_id == str(ben.id)


async def test_the_menu_on_a_message_of_the_bot_points_at_nobody(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person, room: Channel
) -> None:
    await platform.until(lambda: platform.world.commands.get(None))
    await bot.send(at(room), OutboundMessage("Ich frage nach"))
    await anna.picks(room.last, "This solved it")
    assert (await desk.hears(CommandGiven)).about is None


async def test_a_message_is_hidden_only_with_the_permission(bot: DiscordChannel, anna: Person, room: Channel) -> None:
    said = anna.writes("Meine Nummer ist 0171 2345678", room)
    room.bot_lacks("manage_messages")
    assert await bot.hide(at(room), str(said.id)) is False
    assert not said.deleted
    room.bot_has("manage_messages")
    assert await bot.hide(at(room), str(said.id)) is True
    assert said.deleted
    assert await bot.hide(at(room), str(said.id)) is True


async def test_a_direct_chat_is_opened_for_who_never_wrote(bot: DiscordChannel, anna: Person) -> None:
    place = await bot.private_chat(str(anna.id))
    assert place == at(anna.dm())
    assert await bot.private_chat("12345") is None


async def test_nobody_is_pinged_but_those_who_asked_for_it(
    bot: DiscordChannel, anna: Person, ben: Person, room: Channel
) -> None:
    text = f"<@{ben.id}> @everyone vielleicht weißt du das?"
    await bot.send(at(room), OutboundMessage(text))
    assert (room.last.mentions, room.last.mention_everyone) == ([], False)
    await bot.send(at(room), OutboundMessage(text, pings=(Ping(str(anna.id), "Anna"),)))
    assert (room.last.mentions, room.last.mention_everyone) == ([anna], False)
    asked = ben.writes("Wie geht das?", room)
    await bot.send(at(room), replace(OutboundMessage("So"), reply_to=str(asked.id)))
    assert room.last.mentions == []


async def test_answers_written_meanwhile_are_read_back(
    platform: DiscordStandIn, cursors: Cursors, anna: Person, ben: Person, room: Channel, forum: Channel
) -> None:
    channel, first, second = channel_at(platform, cursors), Desk(), Desk()
    async with listening(platform, channel, first):
        post = anna.posts(forum, "Akku leer", "Nach einer Stunde ist er leer")
        await first.hears(InboundMessage)
    answer = ben.writes("Nimm ein anderes Netzteil", post)
    async with listening(platform, channel_at(platform, cursors), second):
        heard = await second.hears(InboundMessage)
    assert (heard.external_id, heard.overheard, heard.thread_root) == (str(answer.id), True, str(post.id))
    assert heard.address == Address("discord", str(forum.id), str(post.id))
