"""What comes due for volunteers by itself, looked after every few minutes.

Pictures are drawn off the event loop, one at a time: the drawing library's settings are the process's.
"""

from __future__ import annotations

import asyncio

from desk.honours import MonthOfHelp
from workflows.care_desk import CareDesk
from workflows.judge_trust import judge_the_warned
from workflows.tell_month import tell_months
from workflows.watch_community import watch_community


class MonthPictures:
    """Port `DrawMonth` of workflows/tell_month.py."""

    def __init__(self, desk: CareDesk) -> None:
        self._desk = desk
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, month: MonthOfHelp) -> bytes:
        """As PNG."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._drawn, month)

    def _drawn(self, month: MonthOfHelp) -> bytes:
        from insight.month_picture import month_picture
        from insight.wording import Wording

        return month_picture(month, Wording(self._desk.phrases, month.locale), brand=self._desk.brand).png


class VolunteerCare:
    """What comes due for volunteers by itself: the end of a notice, the thank-you of the month, a look for abuse."""

    def __init__(self, desk: CareDesk) -> None:
        self._desk, self._draw = desk, MonthPictures(desk)

    async def step(self) -> int:
        """How many were told something, and how many cases are new."""
        told = await judge_the_warned(self._desk) + await tell_months(self._desk, self._draw)
        return told + await watch_community(self._desk)
