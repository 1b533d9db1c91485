"""A message as the searches for personal data look at it: folded, cut into words and values once, for all of them.

`text` is the message with every character folded to its plain form where that is one character too (full-width
digits, hard and thin blanks, dashes), so offsets hold for the original. `low` is `text` in small letters, of the
same length. A word is letters with inner hyphens or apostrophes; a value is a piece that holds a digit.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VALUE = re.compile(r"(?<![\w/.#-])#?\w(?:[\w/.\\#-]{0,60}\w)?")
_MORE_DIGITS = re.compile(r"(?:[ \t]{1,2}(?:[A-Z]{1,4}[ ])?\d[\dA-Z/-]{0,11}(?![\w:]|[.,]\d|[ \t]?[€%$£])){1,6}")
_GLUED_CUE = re.compile(r"(?:[^\W\d_]{1,12}\.){0,2}(?:nr|no|nummer|num)\.(?=\d)", re.I)
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")
_DIGIT = re.compile(r"\d")
_FOLDABLE = re.compile("[\u00a0\u00ad\u2000-\u2015\u202a-\u202f\u2060-\u2069\ufeff\uff00-\uffef\U0001d400-\U0001d7ff]")


_ENGLISH = frozenset(
    """
    the is my to and i it you of for on at from with this not can has have your we she he are please her his they i'm
    but how do does
    """.split()
)
_GERMAN = frozenset(
    """
    der die das ich und ist bei mein meine nicht mit von es an für hat kann sind wir sie er auch bitte zu ein eine im
    den dem auf noch mir mich
    """.split()
)


class Word(NamedTuple):
    """A word of the message. `low`: in small letters, curly apostrophes made straight."""

    start: int
    end: int
    low: str
    capital: bool


class Value(NamedTuple):
    """A piece with a digit in it, together with the groups of digits that follow it."""

    start: int
    end: int
    text: str


class Look:
    """One message, looked at."""

    def __init__(self, text: str) -> None:
        self.text = _folded(text) if not text.isascii() and _FOLDABLE.search(text) else text
        low = self.text.lower()
        self.low = low if len(low) == len(text) else "".join(_small(c) for c in self.text)
        self.digits = len(_DIGIT.findall(self.text))
        self.has_digit = self.digits > 0

    @cached_property
    def words(self) -> list[Word]:
        """All words. In a message written in capitals nothing counts as capitalised."""
        text, low = self.text, self.low
        shouted = text.isupper() or (
            len(text) > 20 and _may_shout(text) and sum(map(str.isupper, text)) * 2 > len(text)
        )
        found: list[Word] = []
        for match in _WORD.finditer(text):
            start, end = match.span()
            small = low[start:end]
            if "’" in small:
                small = small.replace("’", "'")
            found.append(Word(start, end, small, not shouted and text[start].isupper()))
        return found

    @cached_property
    def values(self) -> list[Value]:
        """All pieces with a digit, each with the groups of digits after it."""
        if not self.has_digit:
            return []
        found: list[Value] = []
        for match in _VALUE.finditer(self.text):
            if _DIGIT.search(match[0]) is None or (found and match.start() < found[-1].end):
                continue
            more = _MORE_DIGITS.match(self.text, match.end())
            end = more.end() if more else match.end()
            glued = _GLUED_CUE.match(self.text, match.start(), end)
            start = glued.end() if glued else match.start()
            found.append(Value(start, end, self.text[start:end]))
        return found

    @cached_property
    def is_english(self) -> bool:
        """Whether there are more of the commonest English words than of the commonest German ones."""
        found = {word.low for word in self.words[:60]}
        return len(found & _ENGLISH) > len(found & _GERMAN)

    def holds(self, pieces: Iterable[str]) -> bool:
        """Whether one of the pieces, in small letters, stands anywhere."""
        low = self.low
        for piece in pieces:  # noqa: SIM110 - quicker than any(): asked dozens of times a message
            if piece in low:
                return True
        return False

    def before(self, at: int, most: int = 60) -> str:
        """The small letters before `at`, at most `most`."""
        return self.low[max(0, at - most) : at]

    def after(self, at: int, most: int = 30) -> str:
        """The small letters from `at` on, at most `most`."""
        return self.low[at : at + most]


def _may_shout(text: str) -> bool:
    """Where more than half of the letters are capitals, two stand side by side."""
    return not text.isascii() or _TWO_CAPITALS.search(text) is not None


def _folded(text: str) -> str:
    return _FOLDABLE.sub(lambda match: _plain(match[0]), text)


def _plain(character: str) -> str:
    if "\u2010" <= character <= "\u2015":
        return "-"
    if unicodedata.category(character) in {"Cf", "Zs", "Zl", "Zp"}:
        return "\n" if character in "\u2028\u2029" else " "
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def _small(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else character
