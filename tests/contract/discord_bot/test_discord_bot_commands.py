"""Slash commands, typed commands and buttons on Discord."""

from __future__ import annotations

import pytest

from bots.discord_bot import DiscordChannel
from desk.conversation import Button, Surface
from desk.errors import InputRejected, RateLimited, StorageUnavailable
from desk.inbound import ButtonTapped, CommandGiven, InboundMessage, Receipt
from desk.outbound import OutboundMessage
from desk.people import Locale
from tests.contract.discord_bot.discord_desk import Desk, at
from tests.standins.discord import Channel, DiscordStandIn, Limits, Person


async def test_a_slash_command_shows_its_notice_to_its_author_alone(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, ben: Person, room: Channel
) -> None:
    desk.answer = lambda event: Receipt(notice="Ask away, Ben")
    await platform.until(lambda: platform.world.commands.get(None))
    reply = await ben.slash("ask", room, question="Where is my parcel?")
    assert (reply.text, reply.ephemeral, reply.failed) == ("Ask away, Ben", True, False)
    given = await desk.hears(CommandGiven)
    assert (given.name, given.argument, given.shows_notice) == ("ask", "Where is my parcel?", True)
    assert (given.address, given.surface, given.author.locale) == (at(room), Surface.PUBLIC, Locale.ENGLISH)
    assert given.external_id.startswith("ix:")


async def test_commands_are_offered_in_both_languages(bot: DiscordChannel, platform: DiscordStandIn) -> None:
    commands = await platform.until(lambda: platform.world.commands.get(None))
    found = next(command for command in commands if command["name"] == "human")
    assert found["description"] == "Talk to a person"
    assert found["description_localizations"]["de"] == "Talk to a person (de)"


@pytest.mark.parametrize(("text", "name", "argument"), [
    ("/help", "help", ""), ("/join CODE-7", "join", "CODE-7"),
        ("/ask  Wo ist\nmein Paket?", "ask", "Wo ist\nmein Paket?"),
])  # fmt: skip
async def test_commands_may_be_typed_as_text(
    bot: DiscordChannel, desk: Desk, anna: Person, text: str, name: str, argument: str
) -> None:
    anna.writes(text, anna.dm())
    given = await desk.hears(CommandGiven)
    assert (given.name, given.argument, given.shows_notice) == (name, argument, False)


async def test_a_slash_that_is_no_command_is_a_message(bot: DiscordChannel, desk: Desk, anna: Person) -> None:
    anna.writes("/srv/data ist voll", anna.dm())
    assert (await desk.hears(InboundMessage)).text == "/srv/data ist voll"


async def test_a_tap_brings_the_action_and_shows_the_notice(bot: DiscordChannel, desk: Desk, anna: Person) -> None:
    desk.answer = lambda event: Receipt(notice="Schon vergeben", alert=True)
    buttons = (
        (Button("Nehmen", "take:7"), Button("Passen", "pass:7")),
        (Button("Seite", url="https://example.org"),),
    )
    sent = await bot.send(at(anna.dm()), OutboundMessage("Eine Frage", buttons))
    reply = await anna.taps(anna.dm().history[int(sent)], "Nehmen")
    notice = await reply.followup()
    assert (notice.content, notice.ephemeral) == ("Schon vergeben", True)
    tapped = await desk.hears(ButtonTapped)
    assert (tapped.action, tapped.message_external_id, tapped.address) == ("take:7", sent, at(anna.dm()))


async def test_a_slow_desk_does_not_fail_an_interaction(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person
) -> None:
    desk.fails = [StorageUnavailable(), StorageUnavailable()]
    sent = await bot.send(at(anna.dm()), OutboundMessage("?", ((Button("Nehmen", "take:7"),),)))
    reply = await anna.taps(anna.dm().history[int(sent)], "Nehmen")
    assert not reply.failed
    assert (await desk.hears(ButtonTapped)).action == "take:7"


async def test_a_refused_tap_says_so(bot: DiscordChannel, desk: Desk, ben: Person) -> None:
    desk.fails = [InputRejected("unknown action")]
    sent = await bot.send(at(ben.dm()), OutboundMessage("?", ((Button("Take", "forged"),),)))
    reply = await ben.taps(ben.dm().history[int(sent)], "Take")
    assert (await reply.followup()).content == "Sorry, this did not work. Nothing has changed."


async def test_a_tap_is_answered_in_time_while_the_whole_bot_is_limited(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, anna: Person, room: Channel
) -> None:
    sent = await bot.send(at(anna.dm()), OutboundMessage("?", ((Button("Nehmen", "take:7"),),)))
    platform.fail_next("POST", "/channels/{id}/messages", status=429, retry_after=30, everywhere=True)
    with pytest.raises(RateLimited):
        await bot.send(at(room), OutboundMessage("Hallo"))
    desk.answer = lambda event: Receipt(notice="Deins")
    reply = await anna.taps(anna.dm().history[int(sent)], "Nehmen")
    assert (await reply.followup()).content == "Deins"


async def test_a_lost_acknowledgement_is_not_taken_for_a_failure(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, ben: Person, room: Channel
) -> None:
    desk.answer = lambda event: Receipt(notice="Here you are")
    await platform.until(lambda: platform.world.commands.get(None))
    platform.lose_next("POST", "/interactions/{id}/{token}/callback")
    assert (await ben.slash("help", room)).text == "Here you are"


async def test_a_command_that_cannot_be_acknowledged_is_answered_by_the_desk(
    bot: DiscordChannel, platform: DiscordStandIn, desk: Desk, ben: Person, room: Channel
) -> None:
    await platform.until(lambda: platform.world.commands.get(None))
    platform.world.limits = Limits(answer_seconds=0.2)
    for place in (ben.dm(), room):
        platform.fail_next("POST", "/interactions/{id}/{token}/callback", status=404, code=10062)
        assert (await ben.slash("console", place)).failed
    await desk.hears(CommandGiven, 2)
    assert [given.shows_notice for given in desk.of(CommandGiven)] == [False, True]
