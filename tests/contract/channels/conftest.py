"""Every channel by turns, in front of a desk: channels are found by bots/<name>_bot.py."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desk.ports import Channel
from tests.contract.channels.desk import Desk
from tests.contract.channels.driver import EVERYTHING, ChannelDriver
from tests.contract.channels.suite import listening

BOTS = Path(__file__).parents[3] / "bots"
CHANNELS = sorted(path.name.removesuffix("_bot.py") for path in BOTS.glob("*_bot.py"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test runs over the channels that have what it needs; a channel without a driver fails them all."""
    if "driver" in metafunc.fixturenames:
        needs = {*getattr(metafunc.module, "NEEDS", ()), *getattr(metafunc.function, "needs", ())}
        metafunc.parametrize("driver", [name for name in CHANNELS if needs <= features(name)], indirect=True)


def features(name: str) -> frozenset[str]:
    try:
        module = importlib.import_module(f"tests.contract.channels.{name}")
    except ModuleNotFoundError:
        return EVERYTHING
    found: frozenset[str] = module.Driver.features
    return found


@pytest.fixture
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


@pytest.fixture
async def live(driver: ChannelDriver, desk: Desk) -> AsyncIterator[Channel]:
    """The channel, listening."""
    async with listening(driver, desk) as made:
        yield made
