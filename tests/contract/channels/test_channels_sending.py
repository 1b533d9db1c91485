"""What every channel keeps when the desk speaks: formatting, files, refusals, threads."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from desk.conversation import (
    Address,
    AttachmentKind,
    Surface,
)
from desk.errors import (
    ContactUnreachable,
    DeliveryError,
    MessageRefused,
    RateLimited,
    ThreadGone,
)
from desk.inbound import (
    CommandGiven,
    InboundMessage,
    ReachabilityChanged,
)
from desk.outbound import OutboundMessage
from desk.people import Reachability
from desk.ports import Channel
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import ChannelDriver
from tests.contract.channels.suite import YES, attachment

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
