"""What every channel keeps when the desk speaks: formatting, replies, files, edits."""

from __future__ import annotations

import pytest

from desk.conversation import (
    AttachmentKind,
)
from desk.errors import (
    MessageRefused,
)
from desk.inbound import (
    InboundMessage,
)
from desk.outbound import OutboundMessage
from desk.ports import Channel
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import ChannelDriver
from tests.contract.channels.suite import YES, attachment

NEEDS = {"shows"}


async def test_a_text_is_shown_with_its_formatting(driver: ChannelDriver, channel: Channel) -> None:
    sent = await channel.send(driver.private, OutboundMessage("Ihr Paket ist **unterwegs** & bald da <3"))
    seen = driver.shown(driver.private)[-1]
    assert seen.external_id == sent
    assert seen.text == "Ihr Paket ist unterwegs & bald da <3"
    assert seen.bold == ("unterwegs",)


@pytest.mark.parametrize("text", ["**", "a ** b * c ` d ~~", "[x](", "```", "<b>&amp;</i>", "> ", "_*[]()~`>#+-=|{}.!"])
async def test_stray_marks_are_shown_not_refused(driver: ChannelDriver, channel: Channel, text: str) -> None:
    await channel.send(driver.private, OutboundMessage(f"Siehe: {text} Ende"))
    assert "Ende" in driver.shown(driver.private)[-1].text


async def test_a_reply_is_shown_as_one(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    asked = driver.writes("Wo ist es?")
    await desk.next(InboundMessage)
    await live.send(driver.private, OutboundMessage("Bald da", reply_to=asked))
    assert driver.shown(driver.private)[-1].reply_to == asked


async def test_a_reply_to_a_message_that_is_gone_is_sent_all_the_same(driver: ChannelDriver, channel: Channel) -> None:
    gone = await channel.send(driver.private, OutboundMessage("weg"))
    driver.deletes_bot_message(gone)
    await channel.send(driver.private, OutboundMessage("trotzdem", reply_to=gone))
    assert driver.shown(driver.private)[-1].text == "trotzdem"


async def test_files_are_sent_from_our_own_storage(driver: ChannelDriver, channel: Channel) -> None:
    data = b"%PDF-1.7 " + bytes(200_000)
    driver.drawer.kept["k1"], driver.drawer.kept["k2"] = data, driver.photo()
    paper = attachment(AttachmentKind.DOCUMENT, "plan.pdf", "application/pdf", "k1", len(data))
    picture = attachment(AttachmentKind.PHOTO, "foto.png", "image/png", "k2", 100)
    sent = await channel.send(driver.private, OutboundMessage("der **Plan**", attachment=paper, buttons=YES))
    await channel.send(driver.private, OutboundMessage("", attachment=picture))
    first, second = driver.shown(driver.private)[-2:]
    assert (first.external_id, first.text, first.file, first.buttons) == (sent, "der Plan", data, ("Take it", "Pass"))
    assert second.file == driver.photo()


async def test_a_file_that_we_do_not_have_is_refused_for_good(driver: ChannelDriver, channel: Channel) -> None:
    for key in ("missing", None):
        paper = attachment(AttachmentKind.DOCUMENT, "plan.pdf", "application/pdf", key, 10)
        with pytest.raises(MessageRefused):
            await channel.send(driver.private, OutboundMessage("x", attachment=paper))


async def test_texts_at_the_limit_are_sent_whole(driver: ChannelDriver, channel: Channel) -> None:
    most = channel.limits.characters
    await channel.send(driver.private, OutboundMessage("**" + "x" * (most - 4) + "**"))
    await channel.send(driver.private, OutboundMessage("<" * most))
    assert driver.shown(driver.private)[-1].text == "<" * most


async def test_an_edit_replaces_text_and_buttons(driver: ChannelDriver, channel: Channel) -> None:
    sent = await channel.send(driver.private, OutboundMessage("vorher", buttons=YES))
    await channel.edit(driver.private, sent, OutboundMessage("**nachher**"))
    assert (driver.shown(driver.private)[-1].text, driver.shown(driver.private)[-1].buttons) == ("nachher", ())
    await channel.edit(driver.private, sent, OutboundMessage("**nachher**"))


async def test_a_deletion_takes_the_message_away_once(driver: ChannelDriver, channel: Channel) -> None:
    sent = await channel.send(driver.private, OutboundMessage("falsch"))
    await channel.delete(driver.private, sent)
    assert sent not in {message.external_id for message in driver.shown(driver.private)}
    await channel.delete(driver.private, sent)
