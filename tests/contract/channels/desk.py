"""The desk's side of a channel under test: a `receive` that commits to a list and fails when asked to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from desk.inbound import ButtonTapped, InboundEvent, InboundMessage, ReachabilityChanged, Receipt

Found = TypeVar("Found", bound=InboundEvent)


class Desk:
    """Events in the order of their commits. `deliveries` also counts those that were committed before."""

    def __init__(self) -> None:
        self.events: list[InboundEvent] = []
        self.deliveries: list[InboundEvent] = []
        self.notice: str | None = None
        self.alert = False
        self._failures: list[Exception] = []
        self._changed = asyncio.Event()
        self._delivered = asyncio.Event()
        self.gates: dict[str, asyncio.Event] = {}
        """Messages with such a text wait for their gate before they are committed."""

    def fail_next(self, error: Exception, times: int = 1) -> None:
        """The next events are not committed: `error` is raised instead."""
        self._failures += [error] * times

    async def receive(self, event: InboundEvent) -> Receipt:
        """Port ReceiveEvent."""
        self.deliveries.append(event)
        self._delivered.set()
        if self._failures:
            raise self._failures.pop(0)
        gate = self.gates.get(event.text) if isinstance(event, InboundMessage) else None
        if gate:
            await gate.wait()
        duplicate = self._is_known(event)
        if not duplicate:
            self.events.append(event)
            self._changed.set()
        notice = self.notice if isinstance(event, ButtonTapped) or getattr(event, "shows_notice", False) else None
        return Receipt(duplicate, notice, self.alert)

    async def tried(self, timeout: float = 5) -> None:
        """Returns when the channel has handed over anything at all, committed or not."""
        await asyncio.wait_for(self._delivered.wait(), timeout)

    def _is_known(self, event: InboundEvent) -> bool:
        if isinstance(event, ReachabilityChanged):
            return False
        return event in self.events

    def of(self, kind: type[Found]) -> list[Found]:
        """The committed events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def texts(self) -> list[str]:
        """The texts of the committed messages."""
        return [message.text for message in self.of(InboundMessage)]

    async def next(
        self, kind: type[Found], fits: Callable[[Found], bool] | str | None = None, timeout: float = 5
    ) -> Found:
        """The first committed event of a kind that fits (a test, or words of its text)."""

        def suits(event: Found) -> bool:
            if isinstance(fits, str):
                return fits in getattr(event, "text", "")
            return fits is None or fits(event)

        try:
            async with asyncio.timeout(timeout):
                while True:
                    for event in self.of(kind):
                        if suits(event):
                            return event
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"no {kind.__name__} {fits} among {self.events}") from None
