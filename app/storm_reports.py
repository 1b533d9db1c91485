"""Tells and draws reports of incidents for the console and the terminal: joins insight/ to the port StormReporter.

Drawing is done off the event loop, one at a time: the drawing library's settings are the process's.
"""

from __future__ import annotations

import asyncio
from datetime import tzinfo
from typing import TYPE_CHECKING

from console.wording import EVENT
from desk.people import Locale
from desk.ports import Phrases
from desk.storm_report import StormRecord
from desk.told_report import ToldReport

if TYPE_CHECKING:
    from insight.storm_report import StormTelling


class StormReports:
    """Port `StormReporter` of desk/told_report.py."""

    def __init__(self, phrases: Phrases, *, brand: str, zone: tzinfo) -> None:
        self._phrases, self._brand, self._zone = phrases, brand, zone
        self._one_at_a_time = asyncio.Lock()

    def told(self, record: StormRecord, locale: Locale) -> ToldReport:
        """In words."""
        from insight.storm_report import told_storm

        return told_storm(record, self._how(locale))

    async def picture(self, record: StormRecord, locale: Locale) -> bytes:
        """As PNG."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._drawn, record, locale)

    async def pdf(self, record: StormRecord, locale: Locale) -> bytes:
        """The same on paper."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._pdf, record, locale)

    def _how(self, locale: Locale) -> StormTelling:
        from insight.storm_report import StormTelling
        from insight.wording import Wording

        return StormTelling(Wording(self._phrases, locale), self._zone, EVENT)

    def _drawn(self, record: StormRecord, locale: Locale) -> bytes:
        from insight.storm_report_picture import storm_picture

        return storm_picture(record, self._how(locale).say, self._zone).png

    def _pdf(self, record: StormRecord, locale: Locale) -> bytes:
        from insight.report_pdf import report_pdf
        from insight.storm_report_picture import draw_storm

        how = self._how(locale)
        return report_pdf(
            self.told(record, locale),
            lambda drawn, box: draw_storm(drawn, box, record, how.say, self._zone),
            made_at=record.made_at,
            brand=self._brand,
        )
