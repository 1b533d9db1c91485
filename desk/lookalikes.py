"""Letters that only look like others: "Zuгuf" with a Cyrillic letter, full-width and mathematical letters, and signs
that nobody sees. Whoever compares words reads them as plain ones; places in the text stay known.

Pure.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

_LOOK_LIKE = dict(
    zip(
        "аеорсухіјѕԁһкмнтвгпԛԝьλαβγεζηικμνορτυχωıɡℓ",
        "aeopcyxijsdhkmhtbrnqwblabyezhikuvoptuxwigl",
        strict=True,
    )
)
_UNSEEN = frozenset("\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\ufeff")
_AS_LETTERS = str.maketrans("0134578@$", "oieastbas")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in small plain letters. `places`: where each of them stands in the text as it was written."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the plain text stands in the written one."""
        return self.places[start], self.places[end - 1] + 1

    def at(self, place: int) -> int:
        """The first plain letter at or after a place of the written text."""
        return bisect_left(self.places, place)


def plain(text: str) -> Plain:
    """The text as it looks: one small letter for each that is seen."""
    letters, places = [], []
    for place, letter in enumerate(text):
        if letter in _UNSEEN:
            continue
        folded = letter
        if not letter.isascii():
            shown = unicodedata.normalize("NFKC", letter)
            folded = shown if len(shown) == 1 else letter
        small = folded.lower()
        small = small if len(small) == 1 else folded
        letters.append(_LOOK_LIKE.get(small, small))
        places.append(place)
    return Plain("".join(letters), tuple(places))


def bare(name: str) -> str:
    """A name's letters alone, as they look: no accents, signs or blanks, digits read as the letters they stand for."""
    apart = unicodedata.normalize("NFKD", plain(name).text)
    shown = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return "".join(letter for letter in shown.translate(_AS_LETTERS) if letter.isalnum())
