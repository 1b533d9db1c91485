"""The web chat, for the suite of all channels: nothing comes by `listen`, nothing stands between us and the page."""

from __future__ import annotations

from bots.web_bot import WebChannel
from desk.conversation import Address
from desk.ports import Channel
from tests.contract.channels.driver import ChannelDriver

ANNA = "AAAAAAAAAAAAAAAAAAAAAA"


class Driver(ChannelDriver):
    """Anna's page. What she does and sees goes over HTTP and is proven in tests/contract/web_chat."""

    features = frozenset()

    async def start(self) -> None:
        self.pokes: list[tuple[str, str]] = []

    async def stop(self) -> None:
        self.pokes.clear()

    def channel(self, *, token: str | None = None) -> WebChannel:
        return WebChannel(lambda topic, detail="": self.pokes.append((topic, detail)))

    async def ready(self, channel: Channel) -> None:
        """It always is."""

    async def caught_up(self) -> None:
        """Nothing is ever behind."""

    @property
    def private(self) -> Address:
        return Address("web", ANNA)


# What the web chat has no features for is never called (see ChannelDriver), so it need not be there.
Driver.__abstractmethods__ = frozenset()
