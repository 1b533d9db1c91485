"""What every channel keeps when a message cannot go: the error names the next decision."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from desk.conversation import (
    Address,
)
from desk.errors import (
    ContactUnreachable,
    DeliveryError,
    MessageRefused,
    RateLimited,
)
from desk.inbound import (
    ReachabilityChanged,
)
from desk.outbound import OutboundMessage
from desk.people import Reachability
from desk.ports import Channel
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import ChannelDriver
from tests.contract.channels.suite import needs


@needs("refuses")
async def test_a_rate_limit_says_when_to_come_back(driver: ChannelDriver, channel: Channel) -> None:
    driver.next_send(status=429, retry_after=7)
    started = asyncio.get_running_loop().time()
    with pytest.raises(RateLimited) as limited:
        await channel.send(driver.private, OutboundMessage("hallo"))
    assert limited.value.retry_after == pytest.approx(7, abs=0.5)
    assert asyncio.get_running_loop().time() - started < 3
    await channel.send(driver.private, OutboundMessage("hallo"))


@needs("refuses")
async def test_a_passing_fault_is_not_permanent_and_is_told_soon(driver: ChannelDriver, channel: Channel) -> None:
    driver.next_send(status=502, times=5)
    with pytest.raises(DeliveryError) as failed:
        await asyncio.wait_for(channel.send(driver.private, OutboundMessage("hallo")), 15)
    assert not failed.value.permanent


@needs("refuses")
async def test_an_answer_that_is_lost_is_a_passing_fault(driver: ChannelDriver, channel: Channel) -> None:
    driver.loses_next_answer()
    message = OutboundMessage("einmal", idempotency_key="key-1")
    with suppress(DeliveryError):
        await asyncio.wait_for(channel.send(driver.private, message), 15)
        return
    await channel.send(driver.private, message)
    shown = [seen for seen in driver.shown(driver.private) if seen.text == "einmal"]
    assert len(shown) == (1 if driver.drops_second_sends else 2)


@needs("refuses", "hears")
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


@needs("refuses")
async def test_a_chat_that_does_not_exist_is_unreachable(driver: ChannelDriver, channel: Channel) -> None:
    with pytest.raises(DeliveryError) as refused:
        await channel.send(Address(channel.name, "424242"), OutboundMessage("hallo?"))
    assert refused.value.permanent


async def test_addresses_of_other_channels_are_refused_not_crashed_on(driver: ChannelDriver, channel: Channel) -> None:
    with pytest.raises(DeliveryError):
        await channel.send(Address(channel.name, "no-such:chat"), OutboundMessage("hallo?"))
    with pytest.raises(DeliveryError):
        await channel.edit(driver.private, "no-such:id", OutboundMessage("hallo?"))


async def test_texts_beyond_the_limit_are_refused_for_good(driver: ChannelDriver, channel: Channel) -> None:
    most = channel.limits.characters
    with pytest.raises(MessageRefused):
        await channel.send(driver.private, OutboundMessage("x" * (most + 1)))


async def test_a_file_that_is_gone_raises_a_delivery_error(channel: Channel, driver: ChannelDriver) -> None:
    with pytest.raises(DeliveryError):
        _ = [chunk async for chunk in channel.fetch("nonsense")]


async def test_what_is_no_staff_room_opens_no_thread(driver: ChannelDriver, channel: Channel) -> None:
    with pytest.raises(DeliveryError) as refused:
        await channel.open_thread(driver.private, "Z-9")
    assert refused.value.permanent
