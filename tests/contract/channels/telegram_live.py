"""A Telegram channel listening to its stand-in, for tests of what is peculiar to Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from bots.telegram_bot import TelegramChannel
from desk.inbound import InboundEvent
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import Drawer, English
from tests.contract.channels.telegram import QUICK
from tests.standins.telegram import TelegramStandIn


def made(platform: TelegramStandIn, **settings: Any) -> TelegramChannel:
    """A channel that is not listening."""
    plain: dict[str, Any] = {"phrases": English(), "open_file": Drawer().open, "pace": QUICK}
    return TelegramChannel(settings.pop("token", platform.token), api_url=platform.url, **plain | settings)


@asynccontextmanager
async def listening(platform: TelegramStandIn, desk: Desk, **settings: Any) -> AsyncIterator[TelegramChannel]:
    """A channel that polls until the block ends."""
    channel = made(platform, **settings)
    task = asyncio.create_task(channel.listen(desk.receive))
    try:
        await platform.until(lambda: platform.is_polled or task.done(), "the first poll")
        assert not task.done(), task.exception()
        yield channel
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await channel.close()


async def heard(telegram: TelegramStandIn, desk: Desk) -> list[InboundEvent]:
    """All events once nothing is left to take in."""
    await telegram.caught_up()
    return desk.events
