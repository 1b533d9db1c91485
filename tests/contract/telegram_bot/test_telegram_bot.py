"""Telegram in private: who writes, what they write, buttons."""

from __future__ import annotations

from bots.telegram_bot import TelegramChannel
from desk.conversation import (
    Address,
    AttachmentKind,
    Button,
    Surface,
)
from desk.errors import (
    InputRejected,
)
from desk.inbound import ButtonTapped, CommandGiven, InboundMessage
from desk.outbound import OutboundMessage
from desk.people import Locale
from tests.contract.channels.desk import Desk
from tests.contract.channels.telegram_live import heard
from tests.standins.telegram import Person, TelegramStandIn, png

OFFER = ((Button("Take it", "take:1"), Button("More", url="https://example.org/z")),)


async def test_the_author_is_known_by_id_name_and_language(channel: TelegramChannel, desk: Desk, anna: Person) -> None:
    anna.writes("Hallo")
    author = (await desk.next(InboundMessage)).author
    assert (author.external_id, author.name, author.locale) == (str(anna.id), "Anna Muster", Locale.GERMAN)


async def test_a_link_with_a_code_starts_with_it(channel: TelegramChannel, desk: Desk, anna: Person) -> None:
    anna.starts("INV-77")
    start = await desk.next(CommandGiven)
    assert (start.name, start.argument, start.surface) == ("start", "INV-77", Surface.PRIVATE)


async def test_a_forwarded_command_is_only_a_message(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person
) -> None:
    anna.forwards(anna.writes("/undo"))
    assert [type(event) for event in await heard(telegram, desk)] == [CommandGiven, InboundMessage]


async def test_a_path_is_no_command(channel: TelegramChannel, desk: Desk, anna: Person) -> None:
    anna.writes("/dev/null geht nicht auf")
    assert (await desk.next(InboundMessage)).text == "/dev/null geht nicht auf"


async def test_an_album_arrives_as_photos_of_one_album(channel: TelegramChannel, desk: Desk, anna: Person) -> None:
    anna.sends_album([png(), png(5, 5), png(6, 6)], caption="so sieht es aus")
    await desk.next(InboundMessage, lambda m: len(desk.events) == 3)
    photos = desk.of(InboundMessage)
    assert len({photo.album for photo in photos}) == 1
    assert photos[0].album
    assert [photo.text for photo in photos] == ["so sieht es aus", "", ""]
    assert {photo.files[0].kind for photo in photos} == {AttachmentKind.PHOTO}


async def test_all_kinds_of_files_arrive_by_their_kind(channel: TelegramChannel, desk: Desk, anna: Person) -> None:
    anna.sends_voice()
    anna.sends_video()
    anna.sends_sticker()
    anna.sends_file("audio", b"ID3", name="lied.mp3", mime="audio/mpeg")
    anna.sends_file("animation", b"gif", name="../../böse\n.mp4", mime="video/mp4")
    anna.sends_file("video_note", b"mp4")
    await desk.next(InboundMessage, lambda m: len(desk.events) == 6)
    files = [message.files[0] for message in desk.of(InboundMessage)]
    kinds = ["voice", "video", "sticker", "audio", "video", "video"]
    assert [file.kind.value for file in files] == kinds
    assert files[4].name == "böse.mp4"


async def test_what_cannot_be_relayed_is_named(channel: TelegramChannel, desk: Desk, anna: Person) -> None:
    anna.sends_poll("Ja?", ["ja", "nein"])
    anna.sends_location()
    anna.sends_contact()
    await desk.next(InboundMessage, lambda m: len(desk.events) == 3)
    assert [message.unsupported for message in desk.of(InboundMessage)] == ["poll", "location", "contact"]


async def test_a_novelty_beside_the_text_does_not_cost_the_text(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person
) -> None:
    novel = anna.writes("Hallo").json() | {"message_id": 77, "text": "mit \ud800Neuheit\x00", "poll": {"new": "form"}}
    telegram.raw_update({"message": novel})
    assert (await desk.next(InboundMessage, "Neuheit")).text == "mit �Neuheit"


async def test_formatting_arrives_as_markdown(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person
) -> None:
    bold = anna.writes("😀 sehr wichtig").json()
    bold |= {"message_id": 78, "entities": [{"type": "bold", "offset": 3, "length": 5}]}
    telegram.raw_update({"message": bold})
    await desk.next(InboundMessage, "😀 **sehr** wichtig")


async def test_an_old_button_answers_nobody_and_harms_nothing(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person
) -> None:
    anna.starts()
    sent = await channel.send(Address("telegram", str(anna.id)), OutboundMessage("Frage", buttons=OFFER))
    message = anna.private_chat().find(int(sent.partition(":")[2]))
    assert message is not None
    assert message.url("More") == "https://example.org/z"
    anna.tap(message, "Take it")
    telegram.expire_taps()
    message.deleted = True
    anna.tap(message, data="take:1")
    await telegram.caught_up()
    assert [tap.message_external_id for tap in desk.of(ButtonTapped)] == [sent, sent]


async def test_an_alert_is_shown_as_one(
    telegram: TelegramStandIn, channel: TelegramChannel, desk: Desk, anna: Person
) -> None:
    anna.starts()
    await channel.send(Address("telegram", str(anna.id)), OutboundMessage("Frage", buttons=OFFER))
    message = await anna.private_chat().wait_for("Frage")
    desk.notice, desk.alert = "n" * 300, True
    answer = await anna.taps(message, "Take it")
    assert (answer.text, answer.alert) == ("n" * 200, True)
    desk.fail_next(InputRejected("forged"))
    assert (await anna.taps(message, data="x")).alert


async def test_a_rejected_message_is_told_to_its_author(channel: TelegramChannel, desk: Desk, anna: Person) -> None:
    desk.fail_next(InputRejected("too much"))
    anna.writes("zu viel")
    assert "cannot take" in (await anna.private_chat().wait_for()).text
