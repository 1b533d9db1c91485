"""What goes on by itself in a storm, looked after every few seconds: nobody's message waits for it.

Every process takes these steps. Each sees to it by itself that a thing is done once (a lease, locked rows), does a
bounded piece of work in short transactions of its own, and returns how much it did. A step that fails does not stop
the others.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from desk.errors import StorageUnavailable
from workflows.care_desk import CareDesk
from workflows.end_muster import look_after_musters, thank_for_musters
from workflows.follow_incident import take_in_all
from workflows.send_calls import send_calls

StormStep = Callable[[], Awaitable[int]]

log = logging.getLogger(__name__)


class StormCare:
    """The steps of one process, in order."""

    def __init__(self, desk: CareDesk) -> None:
        self._desk = desk
        self._steps: Sequence[tuple[str, StormStep]] = (
            ("followers", lambda: take_in_all(desk)),
            ("musters", lambda: look_after_musters(desk)),
            ("calls", lambda: send_calls(desk)),
            ("thanks", lambda: thank_for_musters(desk)),
        )

    async def step(self) -> int:
        """One of each. Raises StorageUnavailable, and the last fault after all had their turn."""
        done = 0
        failed: Exception | None = None
        for name, step in self._steps:
            try:
                done += await step()
            except StorageUnavailable:
                raise
            except Exception as fault:
                log.warning("a step of the storm care failed", extra={"kind": name})
                failed = fault
        if failed is not None:
            raise failed
        return done
