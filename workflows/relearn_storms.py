"""Learning anew what is usual, from the readings of the last weeks: when the watch's memory is wrong, or to try it.

Whoever watches goes on from the new memory at its next step, and watches again what came in meanwhile. Alerts that the
new memory does not know end; those that it raises about the present are raised.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from routing.storm_detector import Detector
from workflows.care_desk import CareDesk
from workflows.storm_mind import frozen, learn


async def relearn(desk: CareDesk, length: timedelta) -> Detector:
    """The memory of the last `length` of time is in place. Returns what was learned."""
    now = desk.clock.now()
    detector, until = await learn(desk, now - length)
    kept = await asyncio.to_thread(frozen, detector)
    async with desk.store.begin() as work:
        await work.storms.put_in_place(until, kept, now=now)
        await work.events.add("StormsRelearned", now=now)
    return detector
