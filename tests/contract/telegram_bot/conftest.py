"""A Telegram channel listening to its stand-in, a contact, a group and a staff forum."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bots.telegram_bot import TelegramChannel
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import Drawer
from tests.contract.channels.telegram_live import listening
from tests.standins.telegram import Chat, Person, TelegramStandIn


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn(privacy=False) as platform:
        yield platform
        assert platform.failures == []


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def anna(telegram: TelegramStandIn) -> Person:
    return telegram.person("Anna", "Muster", language="de-AT")


@pytest.fixture
def staff(telegram: TelegramStandIn) -> Chat:
    return telegram.forum("Staff", [telegram.person("Gus")])


@pytest.fixture
def group(telegram: TelegramStandIn, anna: Person) -> Chat:
    return telegram.group("Fans", [anna], supergroup=True)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
async def channel(telegram: TelegramStandIn, desk: Desk, staff: Chat, drawer: Drawer) -> AsyncIterator[TelegramChannel]:
    async with listening(telegram, desk, staff_chat=str(staff.id), open_file=drawer.open) as live:
        yield live
