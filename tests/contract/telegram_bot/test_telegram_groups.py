"""Telegram in groups and forums: what is meant for the bot, and groups that move."""

from __future__ import annotations

import pytest

from bots.telegram_bot import TelegramChannel
from desk.conversation import (
    Address,
    Surface,
)
from desk.errors import (
    AddressMoved,
)
from desk.inbound import CommandGiven, InboundMessage, MessageEdited
from desk.outbound import OutboundMessage
from tests.contract.channels.desk import Desk
from tests.contract.channels.telegram import named
from tests.contract.channels.telegram_live import heard, listening
from tests.standins.telegram import Chat, Person, TelegramStandIn, png


async def test_a_group_is_heard_when_it_speaks_to_the_bot(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person, group: Chat
) -> None:
    anna.writes("Wer kommt heute?", group)
    anna.writes("/help", group)
    anna.writes("/ask@other_bot wie?", group)
    anna.writes("schreib an zuruf_bot oder x@zuruf_bot.de", group)
    asked = anna.writes("@Zuruf_Bot: wie geht das?", group)
    anna.writes("Wie geht, @zuruf_bot , jenes?", group)
    anna.writes("/ask Und dies?", group)
    anna.writes("/ask@zuruf_bot Und das?", group)
    events = await heard(telegram, desk)
    said, commands = desk.of(InboundMessage), desk.of(CommandGiven)
    assert [message.text for message in said] == ["wie geht das?", "Wie geht, , jenes?"]
    assert [(command.name, command.argument) for command in commands] == [("ask", "Und dies?"), ("ask", "Und das?")]
    assert len(events) == 4
    assert (said[0].external_id, said[0].address) == (named(asked), Address("telegram", str(group.id)))
    assert {event.surface for event in [*said, *commands]} == {Surface.PUBLIC}


async def test_a_reply_to_the_bot_in_a_group_is_heard(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person, group: Chat
) -> None:
    asked = anna.writes("@zuruf_bot wo?", group)
    sent = await channel.send(Address("telegram", str(group.id)), OutboundMessage("Dort", reply_to=named(asked)))
    answer = group.find(int(sent.partition(":")[2]))
    assert answer is not None
    assert answer.reply_to is asked
    anna.writes("wo denn genau?", group, reply_to=answer)
    anna.writes("ganz anderes", group)
    await heard(telegram, desk)
    assert desk.texts == ["wo?", "wo denn genau?"]
    first, second = desk.of(InboundMessage)
    assert (first.calls_bot, second.calls_bot, second.overheard) == (True, False, False)
    assert second.reply_to == sent


async def test_an_album_in_a_group_is_heard_whole(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person, group: Chat
) -> None:
    anna.sends_album([png(), png(5, 5)], group, caption="nicht für den Bot")
    anna.sends_album([png(), png(5, 5), png(6, 6)], group, caption="@zuruf_bot so kam es an")
    await heard(telegram, desk)
    assert desk.texts == ["so kam es an", "", ""]
    assert len({message.album for message in desk.of(InboundMessage)}) == 1


async def test_edits_in_groups_lose_the_mention_too(
    channel: TelegramChannel, desk: Desk, anna: Person, group: Chat
) -> None:
    anna.edits(anna.writes("@zuruf_bot wo?", group), "@zuruf_bot wo genau?")
    assert (await desk.next(MessageEdited)).text == "wo genau?"


async def test_topics_of_a_public_forum_are_threads_and_their_opening_is_no_reply(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person
) -> None:
    forum = telegram.forum("Offen", [anna])
    thread = await channel.open_thread(Address("telegram", str(forum.id)), "Fragen")
    anna.writes("nur so", forum, thread=forum.topics[0])
    anna.writes("@zuruf_bot wo?", forum, thread=forum.topics[0])
    await heard(telegram, desk)
    (message,) = desk.of(InboundMessage)
    assert (message.text, message.address, message.reply_to) == ("wo?", thread, None)


async def test_a_group_that_moved_names_its_new_address(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person
) -> None:
    small = telegram.group("Klein", [anna])
    new = small.becomes_supergroup()
    with pytest.raises(AddressMoved) as moved:
        await channel.send(Address("telegram", str(small.id)), OutboundMessage("Hallo"))
    assert moved.value.new_chat == str(new.id)


async def test_a_staff_chat_that_moved_is_followed(telegram: TelegramStandIn, desk: Desk) -> None:
    gus = telegram.person("Gus")
    small = telegram.group("Staff", [gus])
    async with listening(telegram, desk, staff_chat=str(small.id)):
        new = small.becomes_supergroup()
        gus.writes("hört ihr mich?", new)
        assert (await desk.next(InboundMessage)).address.chat == str(new.id)


async def test_an_anonymous_admin_is_not_taken_for_a_bot(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, staff: Chat
) -> None:
    gus = next(iter(telegram.platform.people.values()))
    said = gus.writes("ich bin es", staff).json() | {"message_id": 79, "text": "ungenannt", "sender_chat": staff.json()}
    said["from"] = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    telegram.raw_update({"message": said})
    assert (await desk.next(InboundMessage, "ungenannt")).author.external_id == str(staff.id)
