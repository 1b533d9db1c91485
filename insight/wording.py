"""Texts and numbers of a report in its language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from babel.dates import format_datetime
from babel.numbers import format_currency, format_decimal, format_percent

from desk.people import Locale
from desk.phrases import marked as _
from desk.ports import Phrases


@dataclass(frozen=True, slots=True)
class Wording:
    """One language of a report."""

    phrases: Phrases
    locale: Locale

    def __call__(self, text: str, **values: object) -> str:
        """The text in the report's language."""
        return self.phrases.say(self.locale, text, **values)

    def percent(self, share: float | None, digits: int = 1) -> str:
        """93.2% or 93,2 %; a dash for what is unknown."""
        if share is None:
            return "–"
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        ends = " %" if self.locale is Locale.GERMAN else "%"
        return str(format_percent(share, format=pattern + ends, locale=self.locale.value))

    def number(self, value: float, digits: int = 0) -> str:
        """1,234 or 1.234."""
        return str(
            format_decimal(value, format="#,##0" + ("." + "0" * digits if digits else ""), locale=self.locale.value)
        )

    def money(self, amount: float, currency: str) -> str:
        """€1,234 or 1.234 €, without cents."""
        pattern = "#,##0\xa0¤" if self.locale is Locale.GERMAN else "¤#,##0"
        return str(format_currency(amount, currency, format=pattern, currency_digits=False, locale=self.locale.value))

    def moment(self, at: datetime, zone: tzinfo) -> str:
        """Date and time of day."""
        return str(format_datetime(at, "short", tzinfo=zone, locale=self.locale.value))

    def span(self, length: timedelta | None) -> str:
        """45 s, 12 min, 3 h 10 min, 2 d 4 h; a dash for what is unknown."""
        if length is None:
            return "–"
        seconds = round(length.total_seconds())
        if seconds < 60:
            return self(_("{seconds} s"), seconds=seconds)
        minutes = round(seconds / 60)
        if minutes < 120:
            return self(_("{minutes} min"), minutes=minutes)
        if minutes < 2880:
            return self(_("{hours} h {minutes} min"), hours=minutes // 60, minutes=minutes % 60)
        return self(_("{days} d {hours} h"), days=minutes // 1440, hours=minutes % 1440 // 60)
