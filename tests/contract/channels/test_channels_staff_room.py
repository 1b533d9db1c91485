"""What every channel with a staff room keeps: a ticket is a thread."""

from __future__ import annotations

import pytest

from desk.conversation import (
    Surface,
)
from desk.errors import (
    ThreadGone,
)
from desk.inbound import (
    CommandGiven,
    InboundMessage,
)
from desk.outbound import OutboundMessage
from desk.ports import Channel
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import ChannelDriver
from tests.contract.channels.suite import YES

NEEDS = {"hears", "shows", "staff_room"}


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
