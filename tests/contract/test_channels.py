"""What every channel keeps: one suite over each bots/<name>_bot.py, the real library against its stand-in."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.conversation import (
    Address,
    Attachment,
    AttachmentId,
    AttachmentKind,
    AttachmentState,
    Button,
    MessageId,
    Surface,
)
from desk.errors import (
    ContactUnreachable,
    DeliveryError,
    InputRejected,
    MessageRefused,
    RateLimited,
    SettingsInvalid,
    StorageUnavailable,
    ThreadGone,
)
from desk.inbound import (
    ButtonTapped,
    CommandGiven,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    ReachabilityChanged,
)
from desk.outbound import OutboundMessage
from desk.people import Reachability
from desk.ports import Channel
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import ChannelDriver

BOTS = Path(__file__).parents[2] / "bots"
CHANNELS = sorted(path.name.removesuffix("_bot.py") for path in BOTS.glob("*_bot.py"))
YES = ((Button("Take it", "offer:take:1"), Button("Pass", "offer:pass:1")),)


@pytest.fixture(params=CHANNELS)
async def driver(request: pytest.FixtureRequest) -> AsyncIterator[ChannelDriver]:
    found: ChannelDriver = importlib.import_module(f"tests.contract.channels.{request.param}").Driver()
    async with found:
        yield found


@pytest.fixture
async def channel(driver: ChannelDriver) -> AsyncIterator[Channel]:
    """The channel, not listening."""
    made = driver.channel()
    yield made
    await made.close()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@asynccontextmanager
async def listening(driver: ChannelDriver, desk: Desk) -> AsyncIterator[Channel]:
    made = driver.channel()
    task = asyncio.create_task(made.listen(desk.receive))
    ready = asyncio.create_task(driver.ready(made))
    try:
        await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
        assert not task.done(), task.exception()
        await ready
        yield made
    finally:
        ready.cancel()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await made.close()


@pytest.fixture
async def live(driver: ChannelDriver, desk: Desk) -> AsyncIterator[Channel]:
    """The channel, listening."""
    async with listening(driver, desk) as made:
        yield made


def attachment(kind: AttachmentKind, name: str, media_type: str, key: str | None, size: int) -> Attachment:
    state = AttachmentState.STORED if key else AttachmentState.PENDING
    return Attachment(AttachmentId(1), MessageId(1), kind, name, media_type, size, "web", "s", state, key)


# --- incoming ---


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


async def test_a_file_that_is_gone_raises_a_delivery_error(channel: Channel) -> None:
    with pytest.raises(DeliveryError):
        _ = [chunk async for chunk in channel.fetch("nonsense")]


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


# --- acknowledging ---


async def test_an_update_comes_again_until_it_is_committed(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    desk.fail_next(StorageUnavailable("cut"), times=3)
    driver.writes("erste")
    driver.writes("zweite")
    await desk.next(InboundMessage, "zweite")
    assert desk.texts == ["erste", "zweite"]
    assert len(desk.deliveries) == 5


async def test_a_fault_of_ours_loses_nothing(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    desk.fail_next(KeyError("a bug"), times=2)
    driver.writes("trotzdem")
    assert (await desk.next(InboundMessage)).text == "trotzdem"


async def test_what_was_not_committed_comes_after_a_restart(driver: ChannelDriver, desk: Desk) -> None:
    broken = Desk()
    broken.fail_next(StorageUnavailable("down"), times=10_000)
    async with listening(driver, broken):
        driver.writes("bleibt")
        await broken.tried()
    assert broken.events == []
    async with listening(driver, desk):
        assert (await desk.next(InboundMessage)).text == "bleibt"


async def test_what_was_written_while_the_bot_was_down_comes_when_it_is_back(driver: ChannelDriver, desk: Desk) -> None:
    async with listening(driver, desk):
        driver.writes("vorher")
        await desk.next(InboundMessage, "vorher")
        await driver.caught_up()
    driver.writes("unterdessen")
    driver.writes("auch unterdessen")
    async with listening(driver, desk):
        await desk.next(InboundMessage, "auch unterdessen")
    assert desk.texts == ["vorher", "unterdessen", "auch unterdessen"]


async def test_a_rejected_update_does_not_block_the_next(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    desk.fail_next(InputRejected("too long"))
    driver.writes("abgelehnt")
    driver.writes("weiter")
    await desk.next(InboundMessage, "weiter")
    assert desk.texts == ["weiter"]
    assert len(desk.deliveries) == 2


async def test_a_malformed_update_stops_nothing(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    driver.writes("davor")
    driver.malformed_update()
    driver.writes("danach")
    await desk.next(InboundMessage, "danach")
    assert desk.texts == ["davor", "danach"]
    await driver.caught_up()


async def test_it_comes_back_after_an_outage(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    await driver.outage()
    driver.writes("wieder da")
    assert (await desk.next(InboundMessage, timeout=15)).text == "wieder da"


async def test_listening_ends_cleanly_when_cancelled(driver: ChannelDriver, desk: Desk) -> None:
    before = asyncio.all_tasks()
    async with listening(driver, desk):
        driver.writes("hallo")
        await desk.next(InboundMessage)
    await asyncio.sleep(0.05)
    left = {task for task in asyncio.all_tasks() - before if "bots" in repr(task.get_coro())}
    assert left == set()


async def test_a_wrong_token_is_named_as_a_setting(driver: ChannelDriver, desk: Desk) -> None:
    wrong = driver.channel(token="1234:wrong")
    try:
        with pytest.raises(SettingsInvalid, match=f"ZURUF_{wrong.name.upper()}_TOKEN"):
            await asyncio.wait_for(wrong.listen(desk.receive), 5)
    finally:
        await wrong.close()


# --- sending ---


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


async def test_texts_beyond_the_limit_are_refused_and_at_the_limit_are_sent(
    driver: ChannelDriver, channel: Channel
) -> None:
    most = channel.limits.characters
    with pytest.raises(MessageRefused):
        await channel.send(driver.private, OutboundMessage("x" * (most + 1)))
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


# --- refusals ---


async def test_a_rate_limit_says_when_to_come_back(driver: ChannelDriver, channel: Channel) -> None:
    driver.next_send(status=429, retry_after=7)
    started = asyncio.get_running_loop().time()
    with pytest.raises(RateLimited) as limited:
        await channel.send(driver.private, OutboundMessage("hallo"))
    assert limited.value.retry_after == pytest.approx(7, abs=0.5)
    assert asyncio.get_running_loop().time() - started < 3
    await channel.send(driver.private, OutboundMessage("hallo"))


async def test_a_passing_fault_is_not_permanent_and_is_told_soon(driver: ChannelDriver, channel: Channel) -> None:
    driver.next_send(status=502, times=5)
    with pytest.raises(DeliveryError) as failed:
        await asyncio.wait_for(channel.send(driver.private, OutboundMessage("hallo")), 15)
    assert not failed.value.permanent


async def test_an_answer_that_is_lost_is_a_passing_fault(driver: ChannelDriver, channel: Channel) -> None:
    driver.loses_next_answer()
    message = OutboundMessage("einmal", idempotency_key="key-1")
    with suppress(DeliveryError):
        await asyncio.wait_for(channel.send(driver.private, message), 15)
        return
    await channel.send(driver.private, message)
    shown = [seen for seen in driver.shown(driver.private) if seen.text == "einmal"]
    assert len(shown) == (1 if driver.drops_second_sends else 2)


async def test_who_blocked_the_bot_is_unreachable_until_they_come_back(
    driver: ChannelDriver, live: Channel, desk: Desk
) -> None:
    driver.blocks_bot()
    with pytest.raises(ContactUnreachable) as refused:
        await live.send(driver.private, OutboundMessage("hallo?"))
    assert refused.value.permanent
    driver.unblocks_bot()
    await live.send(driver.private, OutboundMessage("da bist du ja"))
    if driver.tells_blocking:
        await desk.next(ReachabilityChanged, lambda change: change.reachability is Reachability.REACHABLE)
        assert desk.of(ReachabilityChanged)[0].reachability is not Reachability.REACHABLE


async def test_a_chat_that_does_not_exist_is_unreachable(driver: ChannelDriver, channel: Channel) -> None:
    with pytest.raises(DeliveryError) as refused:
        await channel.send(Address(channel.name, "424242"), OutboundMessage("hallo?"))
    assert refused.value.permanent


async def test_addresses_of_other_channels_are_refused_not_crashed_on(driver: ChannelDriver, channel: Channel) -> None:
    with pytest.raises(DeliveryError):
        await channel.send(Address(channel.name, "no-such:chat"), OutboundMessage("hallo?"))
    with pytest.raises(DeliveryError):
        await channel.edit(driver.private, "no-such:id", OutboundMessage("hallo?"))


# --- the staff room ---


async def test_a_thread_carries_a_ticket_both_ways(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    thread = await live.open_thread(driver.staff_room, "Z-1042 Wo ist mein Paket? " + "sehr lang " * 30)
    assert thread.thread is not None
    assert driver.thread_title(thread).startswith("Z-1042 Wo ist mein Paket?")
    sent = await live.send(thread, OutboundMessage("Anna schreibt: Wo ist mein Paket?", buttons=YES))
    assert [seen.external_id for seen in driver.shown(thread)] == [sent]
    written = driver.staff_writes(thread, "Es ist unterwegs")
    answer = await desk.next(InboundMessage, "unterwegs")
    assert (answer.address, answer.external_id, answer.surface) == (thread, written, Surface.PUBLIC)
    assert answer.reply_to is None


async def test_commands_in_a_thread_say_where_they_were_given(driver: ChannelDriver, live: Channel, desk: Desk) -> None:
    thread = await live.open_thread(driver.staff_room, "Z-1")
    driver.staff_writes(thread, "/note Kundin ruft zurück")
    note = await desk.next(CommandGiven)
    assert (note.name, note.argument, note.address) == ("note", "Kundin ruft zurück", thread)


async def test_what_is_said_in_the_staff_room_itself_arrives_without_a_thread(
    driver: ChannelDriver, live: Channel, desk: Desk
) -> None:
    driver.staff_writes(driver.staff_room, "Guten Morgen")
    assert (await desk.next(InboundMessage)).address == driver.staff_room


async def test_a_closed_thread_can_be_closed_again_and_written_to(driver: ChannelDriver, channel: Channel) -> None:
    thread = await channel.open_thread(driver.staff_room, "Z-2")
    await channel.close_thread(thread)
    assert not driver.is_open(thread)
    await channel.close_thread(thread)
    await channel.send(thread, OutboundMessage("Nachtrag"))
    assert driver.shown(thread)[-1].text == "Nachtrag"


async def test_a_deleted_thread_is_told_apart(driver: ChannelDriver, channel: Channel) -> None:
    thread = await channel.open_thread(driver.staff_room, "Z-3")
    driver.deletes_thread(thread)
    with pytest.raises(ThreadGone):
        await channel.send(thread, OutboundMessage("Hallo?"))
    await channel.close_thread(thread)
