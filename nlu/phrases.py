"""Lists of phrases as one pattern each: how the word lists of signs, moods and hurries are written down.

A list is text with one regular expression a line; a backslash at the end carries on in the next line, blank lines only
structure it. Lists are written for the form that
`folded_for_signs` gives: lower case, ae/oe/ue for umlauts, single blanks, so each phrase stands once for all spellings.

Lists hold hundreds of phrases and messages few words that any of them begins with. So a phrase is tried only at words
that begin as it may begin (phrase_openings.py); the openings at which a list has nothing to try are remembered, a few
thousand of them, and most messages hold no others. What is found is what one long pattern would find.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from nlu.normalising import capped
from nlu.phrase_openings import END, LONGEST, alternatives

_CARRIED_ON = re.compile(r"\\\n\s*")
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "´": "'", "`": "'"})
_START = re.compile(r"(?<!\w)[\s\S]")
_WORD = re.compile(r"\w*")
_KEPT = 5000


def folded_for_signs(text: str) -> str:
    """`text` capped, in lower case, umlauts spelled out, single blanks."""
    return " ".join(unicodedata.normalize("NFC", capped(text)).lower().translate(_FOLD).split())


class Openings(NamedTuple):
    """The places of a text where a phrase may begin, and the first letters there."""

    places: tuple[tuple[int, str], ...]
    all: frozenset[str]


class Phrases:
    """A list of phrases, found as whole words: each method as that of a compiled pattern."""

    def __init__(self, pattern: str, *, any_case: bool = False) -> None:
        self._flags = re.IGNORECASE if any_case else re.NOFLAG
        self.pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", self._flags)
        self._phrases = alternatives(pattern)
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._by_opening: dict[str, list[int]] = {}
        for number, (_, openings) in enumerate(self._phrases):
            for opening in {_in_any_case(one) for one in openings} if any_case else openings:
                self._by_opening.setdefault(opening, []).append(number)
        self._tried: dict[str, tuple[re.Pattern[str], ...]] = {}
        self._silent: set[str] = set()

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in `text`."""
        quiet = not self._flags and openings_of(text).all <= self._silent
        return None if quiet else next(self.finditer(text), None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All phrases in `text`, from left to right, none within another."""
        low = text.lower() if self._flags else text
        if len(low) != len(text):
            yield from self.pattern.finditer(text)
            return
        openings = openings_of(low)
        telling = openings.all - self._silent
        if not telling:
            return
        end = 0
        for at, opening in openings.places:
            if opening not in telling or at < end:
                continue
            for phrase in self._to_try(opening):
                found = phrase.match(text, at)
                if found is not None:
                    end = found.end()
                    yield found
                    break

    def findall(self, text: str) -> list[str]:
        """The words of all phrases in `text`."""
        return [found[0] for found in self.finditer(text)]

    def sub(self, instead: str, text: str) -> str:
        """`text` with `instead` in place of each phrase."""
        parts: list[str] = []
        end = 0
        for found in self.finditer(text):
            parts += (text[end : found.start()], instead)
            end = found.end()
        return "".join((*parts, text[end:])) if parts else text

    def _to_try(self, opening: str) -> tuple[re.Pattern[str], ...]:
        """The phrases that may begin so, in their order."""
        if not opening.isascii():
            return (self.pattern,)  # \w and \d know more letters and digits than any list of openings
        known = self._tried.get(opening)
        if known is not None:
            return known
        if len(self._tried) + len(self._silent) >= _KEPT:
            self._tried.clear()
            self._silent.clear()
        numbers = {number for start in _starts(opening) for number in self._by_opening.get(start, ())}
        if not numbers:
            self._silent.add(opening)
            return ()
        phrases = tuple(self._phrase(number) for number in sorted(numbers))
        self._tried[opening] = phrases
        return phrases

    def _phrase(self, number: int) -> re.Pattern[str]:
        """Compiled when first needed: it is known to be right, as a part of `pattern`."""
        known = self._compiled.get(number)
        if known is None:
            known = self._compiled[number] = re.compile(rf"(?:{self._phrases[number][0]})(?!\w)", self._flags)
        return known


@lru_cache(16)
def openings_of(text: str) -> Openings:
    """Where phrases may begin in `text`. A message's is asked for by one list after another."""
    places = tuple((found.start(), text[found.start() : found.start() + LONGEST]) for found in _START.finditer(text))
    return Openings(places, frozenset(opening for _, opening in places))


def _starts(opening: str) -> list[str]:
    """All under which a phrase that begins so may be listed."""
    word = _WORD.match(opening)
    starts = [opening[:length] for length in range(len(opening) + 1)]
    return [*starts, word[0] + END] if word and len(word[0]) < LONGEST else starts


def _in_any_case(opening: str) -> str:
    """`opening` in small letters, up to the first letter outside ASCII, whose cases are another matter."""
    beyond = next((at for at, letter in enumerate(opening) if letter.isalpha() and not letter.isascii()), None)
    return opening.lower() if beyond is None else opening[:beyond].lower()


def any_of(lines: str) -> Phrases:
    """A pattern that finds each phrase of `lines` as whole words."""
    whole = _CARRIED_ON.sub("", lines).splitlines()
    return Phrases("|".join(line.strip() for line in whole if line.strip()))
