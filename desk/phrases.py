"""Texts for people: English message ids, translated by gettext catalogues that the app loads.

Pure: the catalogues come in from outside. `marked` marks a message id where it is defined but not yet said.
"""

from __future__ import annotations

from collections.abc import Mapping
from gettext import NullTranslations

from desk.people import Locale


def marked(text: str) -> str:
    """Marks `text` for extraction into the catalogues and returns it unchanged."""
    return text


class Term(str):
    """A value in a phrase that is itself a message id: it is translated with the phrase."""

    __slots__ = ()


class CataloguePhrases:
    """Port `Phrases` over gettext catalogues, one a locale. A locale without one speaks English."""

    def __init__(self, catalogues: Mapping[Locale, NullTranslations], default: Locale) -> None:
        self._catalogues = catalogues
        self._default = default

    def say(self, locale: Locale | None, text: str, /, **values: object) -> str:
        """The translation of `text` in `locale` (None: the default), with {values} filled in."""
        catalogue = self._catalogues.get(locale or self._default)
        said = catalogue.gettext(text) if catalogue else text
        if not values:
            return said
        terms = {key: self.say(locale, value) if isinstance(value, Term) else value for key, value in values.items()}
        return said.format(**terms)
