"""Texts and numbers of a report in its language."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent

from desk.people import Locale
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
