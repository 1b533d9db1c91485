"""Sending to Telegram: kinds of files, refusals that only Telegram knows."""

from __future__ import annotations

import pytest

from bots.telegram_bot import TelegramChannel
from desk.conversation import (
    Address,
    Attachment,
    AttachmentId,
    AttachmentKind,
    AttachmentState,
    Button,
    MessageId,
)
from desk.errors import (
    ContactUnreachable,
    MessageRefused,
    RateLimited,
)
from desk.inbound import InboundMessage
from desk.outbound import OutboundMessage
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import Drawer
from tests.contract.channels.telegram import named
from tests.standins.telegram import Chat, Person, TelegramStandIn, png


@pytest.mark.parametrize("kind", list(AttachmentKind))
async def test_files_go_out_by_their_kind(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person, drawer: Drawer, kind: AttachmentKind
) -> None:
    anna.starts()
    drawer.kept["k"] = png()
    file = Attachment(
        AttachmentId(1), MessageId(1), kind, "name.bin", "x/y", 9, "web", "s", AttachmentState.STORED, "k"
    )
    to = Address("telegram", str(anna.id))
    await channel.send(to, OutboundMessage("", attachment=file))
    assert anna.private_chat().from_bot[-1].kind == kind.value
    await channel.send(to, OutboundMessage("mit **Text**", attachment=file))
    last = anna.private_chat().from_bot[-1]
    assert (last.text, last.covered("bold")) == ("mit Text", ["Text"])
    await channel.edit(to, named(last), OutboundMessage("anderer Text", attachment=file))
    await channel.edit(to, named(last), OutboundMessage("wieder anderer"))
    assert last.text == "wieder anderer"


async def test_what_telegram_will_not_take_as_a_photo_goes_as_a_document(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person, drawer: Drawer
) -> None:
    anna.starts()
    drawer.kept["k"] = b"no picture"
    file = Attachment(
        AttachmentId(1), MessageId(1), AttachmentKind.PHOTO, "a.png", "image/png", 9, "web", "s",
        AttachmentState.STORED, "k",
    )  # fmt: skip
    await channel.send(Address("telegram", str(anna.id)), OutboundMessage("", attachment=file))
    assert anna.private_chat().from_bot[-1].kind == "document"


async def test_formatting_that_is_refused_goes_plain(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person
) -> None:
    anna.starts()
    telegram.fail_next("sendMessage", 400, description="Bad Request: can't parse entities: unsupported start tag")
    await channel.send(Address("telegram", str(anna.id)), OutboundMessage("sehr **wichtig**"))
    assert anna.private_chat().texts == ["sehr **wichtig**"]


async def test_a_sent_message_whose_answer_is_unreadable_is_not_sent_again(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person
) -> None:
    anna.starts()
    telegram.fail_next("sendMessage", 200, body='{"ok": true, "result": {"message_id": 5, "novel": 1}}', stored=True)
    sent = await channel.send(Address("telegram", str(anna.id)), OutboundMessage("einmal"))
    assert sent == f"{anna.id}:5"


async def test_a_second_flooded_chat_means_the_whole_bot(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person
) -> None:
    ben = telegram.person("Ben")
    anna.starts()
    ben.starts()
    telegram.fail_next("sendMessage", 429, retry_after=3, times=2)
    wide = []
    for person in (anna, ben):
        with pytest.raises(RateLimited) as limited:
            await channel.send(Address("telegram", str(person.id)), OutboundMessage("Hallo"))
        wide.append(limited.value.whole_bot)
    assert wide == [False, True]


async def test_who_never_wrote_or_left_cannot_be_reached(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person, group: Chat
) -> None:
    with pytest.raises(ContactUnreachable, match="initiate"):
        await channel.send(Address("telegram", str(anna.id)), OutboundMessage("Hallo"))
    anna.starts()
    anna.deletes_account()
    with pytest.raises(ContactUnreachable, match="deactivated"):
        await channel.send(Address("telegram", str(anna.id)), OutboundMessage("Hallo"))
    anna.kicks_bot(group)
    with pytest.raises(ContactUnreachable, match="kicked"):
        await channel.send(Address("telegram", str(group.id)), OutboundMessage("Hallo"))


async def test_a_file_beyond_the_platforms_limit_is_refused_by_name(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person
) -> None:
    telegram.fail_next("getFile", 400, description="Bad Request: file is too big")
    with pytest.raises(MessageRefused, match="20 MB"):
        _ = [chunk async for chunk in channel.fetch("any")]
    anna.sends_document(data=bytes(21 * 1024 * 1024), name="film.mkv")
    file = (await desk.next(InboundMessage)).files[0]
    with pytest.raises(MessageRefused, match="20 MB"):
        _ = [chunk async for chunk in channel.fetch(file.source)]


async def test_lengths_are_counted_as_telegram_counts_them(
    telegram: TelegramStandIn, channel: TelegramChannel, anna: Person
) -> None:
    anna.starts()
    to = Address("telegram", str(anna.id))
    await channel.send(to, OutboundMessage("😀" * 2048))
    with pytest.raises(MessageRefused):
        await channel.send(to, OutboundMessage("😀" * 2049))


async def test_a_button_that_telegram_would_refuse_is_refused_here(channel: TelegramChannel, anna: Person) -> None:
    anna.starts()
    long = ((Button("x", "ä" * 33),),)
    with pytest.raises(MessageRefused, match="64 bytes"):
        await channel.send(Address("telegram", str(anna.id)), OutboundMessage("Frage", buttons=long))
