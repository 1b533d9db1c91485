"""What every channel keeps when people write: content, order, buttons."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from desk.conversation import (
    AttachmentKind,
    Surface,
)
from desk.inbound import (
    ButtonTapped,
    CommandGiven,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
)
from desk.outbound import OutboundMessage
from desk.ports import Channel
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import ChannelDriver
from tests.contract.channels.suite import YES, listening

NEEDS = {"hears", "shows"}


async def test_a_message_arrives_as_it_was_written(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    external_id = driver.writes("Wo ist mein Paket?\nBestellung 4711 😀")
    message = await desk.next(InboundMessage)
    assert message.text == "Wo ist mein Paket?\nBestellung 4711 😀"
    assert message.external_id == external_id
    assert (message.channel, message.address, message.surface) == (live.name, driver.private, Surface.PRIVATE)
    assert message.author.channel == live.name
    assert message.author.name
    assert not message.author.is_bot
    assert message.sent_at.tzinfo is not None
    assert abs(datetime.now(UTC) - message.sent_at) < timedelta(minutes=1)


async def test_messages_of_a_chat_arrive_in_order(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    wanted = [f"Nachricht {number}" for number in range(30)]
    for text in wanted:
        driver.writes(text)
    await desk.next(InboundMessage, wanted[-1])
    assert desk.texts == wanted


async def test_a_slow_chat_does_not_hold_up_another(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    gate = desk.gates["langsam"] = asyncio.Event()
    driver.writes("langsam")
    driver.writes("danach")
    driver.other_writes("schnell")
    await desk.next(InboundMessage, "schnell")
    assert desk.texts == ["schnell"]
    driver.other_writes("und noch etwas")
    await desk.next(InboundMessage, "und noch etwas")
    gate.set()
    await desk.next(InboundMessage, "danach")
    assert [text for text in desk.texts if text in {"langsam", "danach"}] == ["langsam", "danach"]


async def test_a_reply_names_the_message_it_answers(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    sent = await live.send(driver.private, OutboundMessage("Welche Nummer?"))
    own = driver.writes("Die hier", reply_to=sent)
    assert (await desk.next(InboundMessage, "Die hier")).reply_to == sent
    driver.writes("und diese", reply_to=own)
    assert (await desk.next(InboundMessage, "und diese")).reply_to == own


async def test_an_edit_is_told_under_the_messages_own_id(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    external_id = driver.writes("Paket 4711")
    await desk.next(InboundMessage)
    driver.edits(external_id, "Paket 4712")
    edited = await desk.next(MessageEdited)
    assert (edited.external_id, edited.text, edited.address) == (external_id, "Paket 4712", driver.private)
    assert edited.edited_at.tzinfo is not None


async def test_a_deletion_is_told_where_the_platform_tells_it(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    external_id = driver.writes("ups")
    await desk.next(InboundMessage)
    driver.deletes(external_id)
    if driver.tells_deletions:
        gone = await desk.next(MessageDeleted)
        assert (gone.external_id, gone.address) == (external_id, driver.private)
    else:
        await driver.caught_up()
        assert desk.of(MessageDeleted) == []


async def test_files_arrive_by_name_and_can_be_fetched(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    picture, paper = driver.photo(), b"%PDF-1.7 " + bytes(range(256)) * 600
    driver.sends_photo(picture, "so kam es an")
    driver.sends_document("rechnung.pdf", paper)
    with_photo = await desk.next(InboundMessage, lambda m: m.text == "so kam es an")
    with_paper = await desk.next(InboundMessage, lambda m: bool(m.files) and m.text == "")
    assert with_photo.files[0].kind is AttachmentKind.PHOTO
    assert with_photo.files[0].media_type.startswith("image/")
    assert with_paper.files[0].kind is AttachmentKind.DOCUMENT
    assert with_paper.files[0].name == "rechnung.pdf"
    assert with_paper.files[0].size == len(paper)
    assert b"".join([chunk async for chunk in live.fetch(with_photo.files[0].source)]) == picture
    assert b"".join([chunk async for chunk in live.fetch(with_paper.files[0].source)]) == paper


async def test_typed_commands_are_commands(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    driver.writes("/join ABC-123")
    driver.writes("/HELP")
    join = await desk.next(CommandGiven, lambda c: c.name == "join")
    assert (join.argument, join.address, join.surface) == ("ABC-123", driver.private, Surface.PRIVATE)
    assert not join.shows_notice
    assert (await desk.next(CommandGiven, lambda c: c.name == "help")).argument == ""
    assert desk.of(InboundMessage) == []


async def test_other_bots_and_the_bot_itself_are_not_heard(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    await live.send(driver.private, OutboundMessage("Ich bin der Bot"))
    driver.other_bot_writes("Ich bin ein anderer Bot")
    driver.writes("Ich bin Anna")
    await desk.next(InboundMessage, "Anna")
    assert desk.texts == ["Ich bin Anna"]


# --- buttons ---


async def test_a_tap_tells_which_action_and_shows_the_notice(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    sent = await live.send(driver.private, OutboundMessage("Eine Frage wartet", buttons=YES))
    assert driver.shown(driver.private)[-1].buttons == ("Take it", "Pass")
    desk.notice = "It is yours"
    assert await driver.taps(sent, "Take it") == "It is yours"
    tap = await desk.next(ButtonTapped)
    assert (tap.action, tap.message_external_id, tap.address) == ("offer:take:1", sent, driver.private)
    assert tap.surface is Surface.PRIVATE


async def test_a_tap_without_a_notice_is_still_answered(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    sent = await live.send(driver.private, OutboundMessage("Eine Frage wartet", buttons=YES))
    assert await driver.taps(sent, "Pass") == ""
    assert (await desk.next(ButtonTapped)).action == "offer:pass:1"


async def test_buttons_work_after_a_restart(driver: ChannelDriver, channel: Channel, desk: Desk) -> None:
    sent = await channel.send(driver.private, OutboundMessage("Noch da?", buttons=YES))
    desk.notice = "Still works"
    async with listening(driver, desk):
        assert await driver.taps(sent, "Take it") == "Still works"


async def test_two_taps_are_two_events(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    sent = await live.send(driver.private, OutboundMessage("Eine Frage wartet", buttons=YES))
    await driver.taps(sent, "Pass")
    await driver.taps(sent, "Pass")
    taps = desk.of(ButtonTapped)
    assert len({tap.external_id for tap in taps}) == 2


async def test_a_forged_tap_is_handed_on_as_it_is(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    sent = await live.send(driver.private, OutboundMessage("Eine Frage wartet", buttons=YES))
    driver.forges_tap(sent, "offer:take:999'; --")
    assert (await desk.next(ButtonTapped)).action == "offer:take:999'; --"
