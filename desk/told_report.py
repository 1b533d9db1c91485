"""A report in words, in one language: what a page shows and what is printed, said once for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desk.people import Locale
from desk.storm_report import StormRecord


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A number that stands large, and what it is."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class ToldTable:
    """Rows of words; the first column names each. `head` may be empty."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class ToldSection:
    """A part of a report. Whatever is empty is not shown. `picture`: what the storm's picture shows, where it stands;
    `notes` stand below."""

    title: str
    words: Sequence[str] = ()
    picture: str = ""
    table: ToldTable | None = None
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class ToldReport:
    """All of it. `mark`: stands above everything, as on a drill; "" for none."""

    title: str
    mark: str
    subtitle: str
    headlines: Sequence[ToldFigure]
    sections: Sequence[ToldSection]


class StormReporter(Protocol):
    """Tells and draws the report of an incident. Drawing takes a second or two, off the event loop."""

    def told(self, record: StormRecord, locale: Locale) -> ToldReport:
        """In words."""

    async def picture(self, record: StormRecord, locale: Locale) -> bytes:
        """Level, volume and mood over time, as PNG."""

    async def pdf(self, record: StormRecord, locale: Locale) -> bytes:
        """To keep and to send on."""
