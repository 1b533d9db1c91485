"""What every channel keeps so that nothing is lost: acknowledged means committed."""

from __future__ import annotations

import asyncio

import pytest

from desk.errors import (
    InputRejected,
    SettingsInvalid,
    StorageUnavailable,
)
from desk.inbound import (
    InboundMessage,
)
from desk.ports import Channel
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import ChannelDriver
from tests.contract.channels.suite import listening

NEEDS = {"hears"}


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
