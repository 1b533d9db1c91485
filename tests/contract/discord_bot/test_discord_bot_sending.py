"""What the bot says, changes and opens on Discord, and what becomes of the platform's refusals."""

from __future__ import annotations

import time

import pytest

from bots.discord_bot import DiscordChannel
from desk.conversation import Address, Attachment, AttachmentId, AttachmentKind, AttachmentState, Button, MessageId
from desk.errors import (
    ContactUnreachable,
    DeliveryError,
    MessageRefused,
    RateLimited,
    SettingsInvalid,
    ThreadGone,
)
from desk.outbound import OutboundMessage
from tests.contract.discord_bot.discord_desk import FILES, Cursors, at, channel_at
from tests.standins.discord import Channel, DiscordStandIn, Guild, Person

SEND = "/channels/{id}/messages"


async def test_a_message_pings_nobody_and_shows_no_previews(
    bot: DiscordChannel, platform: DiscordStandIn, anna: Person, room: Channel
) -> None:
    await bot.send(at(room), OutboundMessage(f"@everyone <@{anna.id}> **wichtig**"))
    sent = room.by_bot[-1]
    assert (sent.mentions, sent.mention_everyone, sent.flags & 4) == ([], False, 4)
    assert "**wichtig**" in sent.content


@pytest.mark.parametrize(("text", "shown"), [
    ("# kein Titel", r"\# kein Titel"), ("a__b__c", r"a\_\_b\_\_c"), ("||geheim||", r"\|\|geheim\|\|"),
    ("_so_ und so_nicht", r"\_so\_ und so_nicht"), ("`__init__`", "`__init__`"),
    ("https://example.org/a__b_", "https://example.org/a__b_"), ("<@1> <t:1>", r"\<@1> \<t:1>"), ("1 < 2", "1 < 2"),
    ("> Zitat\n~~alt~~ [neu](https://example.org/x_y)", "> Zitat\n~~alt~~ [neu](https://example.org/x_y)"),
])  # fmt: skip
async def test_nothing_turns_into_discords_own_markup(
    bot: DiscordChannel, room: Channel, text: str, shown: str
) -> None:
    await bot.send(at(room), OutboundMessage(text))
    assert room.by_bot[-1].content == shown


async def test_text_that_escapes_make_too_long_is_sent_plain(bot: DiscordChannel, room: Channel) -> None:
    await bot.send(at(room), OutboundMessage("__" * 1000))
    assert room.by_bot[-1].content == "__" * 1000
    with pytest.raises(MessageRefused):
        await bot.send(at(room), OutboundMessage("x" * 2001))


async def test_a_second_attempt_finds_the_message_of_the_first(
    bot: DiscordChannel, platform: DiscordStandIn, anna: Person
) -> None:
    message = OutboundMessage("Ihr Paket ist da", idempotency_key="outbox-1")
    platform.lose_next("POST", SEND)
    with pytest.raises(DeliveryError):
        await bot.send(at(anna.dm()), message)
    again = await bot.send(at(anna.dm()), message)
    assert [str(m.id) for m in anna.dm().by_bot] == [again]


async def test_a_reply_to_a_message_that_is_gone_still_arrives(
    bot: DiscordChannel, anna: Person, room: Channel
) -> None:
    question = anna.writes("?", room)
    first = await bot.send(at(room), OutboundMessage("Antwort", reply_to=str(question.id)))
    anna.deletes(question)
    await bot.send(at(room), OutboundMessage("Noch eine", reply_to=str(question.id)))
    answered = room.history[int(first)].reply_to
    assert answered is not None
    assert (answered.id, len(room.by_bot)) == (question.id, 2)


async def test_a_file_goes_out_under_its_name_with_its_caption(bot: DiscordChannel, anna: Person) -> None:
    stored = Attachment(
        AttachmentId(1), MessageId(1), AttachmentKind.PHOTO, 'fo"to.png', "image/png", 9, "web", "-",
        AttachmentState.STORED, "key-1",
    )  # fmt: skip
    await bot.send(at(anna.dm()), OutboundMessage("Hier", attachment=stored))
    sent = anna.dm().by_bot[-1]
    assert (sent.content, sent.attachments[0].filename, sent.attachments[0].data) == (
        "Hier", "fo_to.png", FILES["key-1"],
    )  # fmt: skip


async def test_an_edit_replaces_text_and_buttons(bot: DiscordChannel, room: Channel) -> None:
    sent = await bot.send(at(room), OutboundMessage("Frei", ((Button("Nehmen", "take:1"),),)))
    await bot.edit(at(room), sent, OutboundMessage("Vergeben"))
    await bot.edit(at(room), sent, OutboundMessage("Vergeben"))
    assert (room.by_bot[-1].content, room.by_bot[-1].buttons) == ("Vergeben", [])
    await bot.delete(at(room), sent)
    await bot.delete(at(room), sent)
    await bot.edit(at(room), sent, OutboundMessage("Zu spät"))
    assert room.by_bot == []


async def test_a_staff_thread_is_opened_closed_and_woken_by_a_message(
    bot: DiscordChannel, staff: Channel, ben: Person
) -> None:
    thread = await bot.open_thread(at(staff), "Z-7  " + "x" * 120)
    opened = staff.threads[0]
    assert (thread, len(opened.name)) == (at(opened), 100)
    first = await bot.send(thread, OutboundMessage("Neu"))
    await bot.close_thread(thread)
    await bot.close_thread(thread)
    assert opened.archived
    await bot.edit(thread, first, OutboundMessage("Gelöst"))
    assert (opened.archived, opened.by_bot[-1].content) == (True, "Gelöst")
    ben.archives(opened, locked=True)
    await bot.send(thread, OutboundMessage("Wieder offen"))
    assert (opened.archived, opened.by_bot[-1].content) == (False, "Wieder offen")


async def test_a_staff_forum_gets_a_post_a_ticket(platform: DiscordStandIn, guild: Guild) -> None:
    forum = guild.forum("desk", tags=["Ticket"], require_tag=True)
    bot = channel_at(platform, Cursors(), staff=str(forum.id))
    thread = await bot.open_thread(at(forum), "Z-8 Rechnung")
    await bot.send(thread, OutboundMessage("Von Anna"))
    assert forum.threads[0].name == "Z-8 Rechnung"
    assert forum.threads[0].last.content == "Von Anna"
    await bot.close()


async def test_refusals_say_what_to_do_next(
    bot: DiscordChannel, platform: DiscordStandIn, anna: Person, ben: Person, room: Channel, staff: Channel
) -> None:
    anna.closes_dms()
    with pytest.raises(ContactUnreachable):
        await bot.send(at(anna.dm()), OutboundMessage("Hallo"))
    with pytest.raises(ContactUnreachable):
        await bot.send(Address("discord", "999"), OutboundMessage("Hallo"))
    thread = await bot.open_thread(at(staff), "Z-9")
    ben.removes(staff.threads[0])
    with pytest.raises(ThreadGone):
        await bot.send(thread, OutboundMessage("Hallo"))
    await bot.close_thread(thread)
    room.bot_lacks("send_messages")
    with pytest.raises(DeliveryError) as mendable:
        await bot.send(at(room), OutboundMessage("Hallo"))
    assert not mendable.value.permanent
    with pytest.raises(MessageRefused):
        await bot.send(Address("discord", "../users/@me"), OutboundMessage("Hallo"))


@pytest.mark.parametrize(("status", "code", "kind"), [
    (400, 50006, MessageRefused), (413, 40005, MessageRefused), (403, 200000, MessageRefused),
    (403, 0, DeliveryError), (400, 160006, DeliveryError), (400, 30046, DeliveryError), (401, 0, DeliveryError),
    (403, 50013, DeliveryError), (403, 50278, ContactUnreachable),
])  # fmt: skip
async def test_refusals_that_pass_are_told_from_those_that_do_not(
    bot: DiscordChannel, platform: DiscordStandIn, room: Channel, status: int, code: int, kind: type[DeliveryError]
) -> None:
    platform.fail_next("POST", SEND, status=status, code=code)
    with pytest.raises(DeliveryError) as refused:
        await bot.send(at(room), OutboundMessage("Hallo"))
    assert type(refused.value) is kind


async def test_a_limit_reaches_the_outbox_at_once(bot: DiscordChannel, platform: DiscordStandIn, room: Channel) -> None:
    platform.fail_next("POST", SEND, status=429, retry_after=45)
    with pytest.raises(RateLimited) as limited:
        await bot.send(at(room), OutboundMessage("Hallo"))
    assert (limited.value.retry_after, limited.value.whole_bot) == (45, False)


async def test_the_whole_bots_limit_is_told_apart(
    bot: DiscordChannel, platform: DiscordStandIn, anna: Person, room: Channel
) -> None:
    platform.fail_next("POST", SEND, status=429, retry_after=0.3, everywhere=True)
    with pytest.raises(RateLimited) as limited:
        await bot.send(at(room), OutboundMessage("Hallo"))
    assert limited.value.whole_bot
    asked = len(platform.calls)
    with pytest.raises(RateLimited) as other_chat:
        await bot.send(at(anna.dm()), OutboundMessage("Hallo"))
    assert (other_chat.value.whole_bot, len(platform.calls)) == (True, asked)


async def test_an_empty_budget_is_not_overdrawn(bot: DiscordChannel, platform: DiscordStandIn, room: Channel) -> None:
    platform.limit_rates()
    for number in range(5):
        await bot.send(at(room), OutboundMessage(str(number)))
    with pytest.raises(RateLimited) as limited:
        await bot.send(at(room), OutboundMessage("zu viel"))
    assert 0 < (limited.value.retry_after or 0) <= 5
    assert [call.status for call in platform.calls_to("POST", SEND)] == [200] * 5


async def test_an_outage_is_known_within_seconds(bot: DiscordChannel, platform: DiscordStandIn, room: Channel) -> None:
    platform.fail_next("POST", SEND, status=503)
    began = time.monotonic()
    with pytest.raises(DeliveryError) as outage:
        await bot.send(at(room), OutboundMessage("Hallo"))
    assert time.monotonic() - began < 2
    assert not outage.value.permanent


async def test_the_bot_says_who_it_is_or_which_setting_is_wrong(bot: DiscordChannel, platform: DiscordStandIn) -> None:
    assert (await bot.check()).lower() == "zuruf"
    stranger = channel_at(platform, Cursors(), token="wrong")
    with pytest.raises(SettingsInvalid, match="ZURUF_DISCORD_TOKEN"):
        await stranger.check()
    with pytest.raises(SettingsInvalid, match="ZURUF_DISCORD_TOKEN"):
        await stranger.listen(lambda event: pytest.fail("heard something"))
    await stranger.close()


async def test_a_missing_intent_names_the_switch() -> None:
    async with DiscordStandIn(message_content=False) as platform:
        blind = channel_at(platform, Cursors())
        with pytest.raises(SettingsInvalid, match="Message Content Intent"):
            await blind.check()
        with pytest.raises(SettingsInvalid, match="Message Content Intent"):
            await blind.listen(lambda event: pytest.fail("heard something"))
        await blind.close()
