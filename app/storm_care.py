"""What goes on by itself in a storm, looked after every few seconds: nobody's message waits for it.

Every process takes these steps. Each sees to it by itself that a thing is done once (a lease, locked rows), does a
bounded piece of work in short transactions of its own, and returns how much it did. A step that fails does not stop
the others.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from app.metrics import Metrics
from app.storm_pictures import StormPictures
from desk.errors import StorageUnavailable
from workflows.call_about_alert import call_about_alerts
from workflows.care_desk import CareDesk
from workflows.end_muster import look_after_musters, thank_for_musters
from workflows.follow_incident import take_in_all
from workflows.known_incidents import Encode
from workflows.send_calls import send_calls
from workflows.watch_storm import StormWatch

StormStep = Callable[[], Awaitable[int]]

log = logging.getLogger(__name__)


class StormCare:
    """The steps of one process, in order."""

    def __init__(self, desk: CareDesk, encode: Encode, metrics: Metrics | None = None) -> None:
        self._desk, self._metrics = desk, metrics
        watch, draw = StormWatch(desk, encode), StormPictures(desk.phrases)
        self._steps: Sequence[tuple[str, StormStep]] = (
            ("watch", watch.step),
            ("calls", lambda: call_about_alerts(desk, draw)),
            ("board", self._renew_board),
            ("followers", lambda: take_in_all(desk)),
            ("musters", lambda: look_after_musters(desk)),
            ("calls of musters", lambda: send_calls(desk)),
            ("thanks", lambda: thank_for_musters(desk)),
        )

    async def _renew_board(self) -> int:
        """What this process knows of storms, for whoever files a question and for the metrics."""
        board = self._desk.storms
        await board.renew(self._desk.store, self._desk.clock.now())
        if self._metrics is not None:
            self._metrics.storms({topic: level.value for topic, level in board.levels.items()}, board.alerts)
            async with self._desk.store.begin() as work:
                self._metrics.tells(await work.broadcasts.under_way())
        return 0

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
