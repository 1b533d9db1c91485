"""Loads the gettext catalogues from texts/ (PO files, read as they are; nothing to compile)."""

from __future__ import annotations

from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from desk.people import Locale
from desk.phrases import CataloguePhrases

TEXTS = Path(__file__).parent.parent / "texts"


def load_phrases(default: Locale, folder: Path = TEXTS) -> CataloguePhrases:
    """Port `Phrases` with every catalogue of `folder`. English is the language of the message ids."""
    catalogues: dict[Locale, NullTranslations] = {Locale.ENGLISH: NullTranslations()}
    for locale in Locale:
        path = folder / f"{locale.value}.po"
        if path.exists():
            catalogues[locale] = _compiled(path)
    return CataloguePhrases(catalogues, default)


def _compiled(path: Path) -> GNUTranslations:
    with path.open("rb") as file:
        catalogue = read_po(file)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    return GNUTranslations(buffer)
