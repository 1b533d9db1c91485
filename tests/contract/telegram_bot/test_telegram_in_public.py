"""Telegram in public: what is overheard, reactions, /solved in answer to a message, hiding, private chats, pings."""

from __future__ import annotations

from bots.telegram_bot import TelegramChannel
from desk.conversation import Address
from desk.inbound import CommandGiven, InboundMessage, Reacted
from desk.outbound import OutboundMessage, Ping
from tests.contract.channels.desk import Desk
from tests.contract.channels.telegram import named
from tests.contract.channels.telegram_live import heard
from tests.standins.telegram import Chat, Person, TelegramStandIn


def place_of(group: Chat) -> Address:
    return Address("telegram", str(group.id))


async def test_answers_to_people_are_overheard_and_other_talk_is_not(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person, group: Chat
) -> None:
    ben = telegram.person("Ben")
    ben.joins(group)
    asked = anna.writes("/ask Wie geht das?", group)
    answer = ben.writes("So geht das", group, reply_to=asked)
    more = ben.writes("Und so auch", group, reply_to=answer)
    ben.writes("Wer kommt heute?", group)
    await heard(telegram, desk)
    first, second = desk.of(InboundMessage)
    assert (first.overheard, first.reply_to, first.external_id) == (True, named(asked), named(answer))
    assert (second.reply_to, second.thread_root, second.external_id) == (named(answer), named(asked), named(more))


async def test_solved_in_answer_to_a_message_brings_that_message(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person, group: Chat
) -> None:
    telegram.platform.bot.privacy = True  # the bot does not hear Ben, and learns of his words by the command
    ben = telegram.person("Ben")
    ben.joins(group)
    asked = anna.writes("/ask Wie geht das?", group)
    answer = ben.writes("So geht das", group, reply_to=asked)
    anna.writes("/solved", group, reply_to=answer)
    await heard(telegram, desk)
    given = desk.of(CommandGiven)[-1]
    assert given.name == "solved"
    assert given.about is not None
    assert (given.about.external_id, given.about.text) == (named(answer), "So geht das")
    assert given.about.author.external_id == str(ben.id)
    assert desk.of(InboundMessage) == []


async def test_reactions_are_told_where_the_bot_is_an_administrator(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person, group: Chat
) -> None:
    anna.reacts(anna.writes("Anders", group), "🏆")
    group.members[telegram.bot.id] = "administrator"
    said = anna.writes("So geht das", group)
    for emojis in (("👍",), ("💯",), ("🏆",), ("🔥",)):
        anna.reacts(said, *emojis)
    await heard(telegram, desk)
    assert [(one.added, one.message_external_id, one.author.external_id) for one in desk.of(Reacted)] == [
        (True, named(said), str(anna.id)),
        (False, named(said), str(anna.id)),
    ]


async def test_a_message_is_hidden_only_by_an_administrator_who_may(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person, group: Chat
) -> None:
    said = anna.writes("Meine Nummer ist 0171 2345678", group)
    assert await channel.hide(place_of(group), named(said)) is False
    group.members[telegram.bot.id] = "administrator"
    group.bot_lacks.add("can_delete_messages")
    assert await channel.hide(place_of(group), named(said)) is False
    group.bot_lacks.clear()
    assert await channel.hide(place_of(group), named(said)) is True
    assert said.deleted
    assert await channel.hide(place_of(group), named(said)) is True


async def test_a_private_chat_is_there_only_for_who_began_one(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person
) -> None:
    assert await channel.private_chat(str(anna.id)) is None
    anna.starts()
    assert await channel.private_chat(str(anna.id)) == Address("telegram", str(anna.id))


async def test_who_asked_for_it_is_pinged_by_name(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person, group: Chat
) -> None:
    await channel.send(place_of(group), OutboundMessage("Weißt du das?", pings=(Ping(str(anna.id), "A<b>"),)))
    (said,) = group.from_bot
    assert said.text == "A<b> Weißt du das?"
    assert [entity["user"]["id"] for entity in said.entities if entity["type"] == "text_mention"] == [anna.id]
