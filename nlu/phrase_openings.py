"""How the texts that a regular expression finds may begin: what lets a search pass over most words of a message.

An opening is the first letters of a text that may match, at most LONGEST of them. END after them says that the word
ends there; a shorter one without END says that anything may follow. All that may match has an opening here;
that some opening never matches does no harm. So what this file does not know, it takes for anything. It holds for
beginnings in ASCII: a digit here is one of ten.

The grammar read is that of the word lists: letters, groups that keep nothing, classes, repeats, anchors and looking
around.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 4
END = "\0"

_MOST = 400
"""So many openings of one phrase are as good as none."""

_REPEAT = re.compile(r"[?*+]|\{(\d*),?\d*\}")
_CLASS = re.compile(r"\[(\^?)((?:\\.|[^\]\\])+)\]")
_RANGE = re.compile(r"(?:\\.|[^\\])-.|\\[a-zA-Z]")
_LOOKING = ("(?=", "(?!", "(?<=", "(?<!")
_NOWHERE = frozenset("^$")


@dataclass(frozen=True, slots=True)
class _Begun:
    """Beginnings of what matches so far: `whole` may be continued by what comes next, `cut` by anything."""

    whole: frozenset[str] = frozenset({""})
    cut: frozenset[str] = frozenset()

    def then(self, other: _Begun) -> _Begun:
        if len(self.whole) * len(other.whole | other.cut) > _MOST:
            return _Begun(frozenset(), self.cut | self.whole)
        cut = self.cut | {a + b for a in self.whole for b in other.cut}
        both = {a + b for a in self.whole for b in other.whole}
        return _Begun(
            frozenset(one for one in both if len(one) < LONGEST),
            frozenset(one[:LONGEST] for one in cut) | {one[:LONGEST] for one in both if len(one) >= LONGEST},
        )

    def __or__(self, other: _Begun) -> _Begun:
        return _Begun(self.whole | other.whole, self.cut | other.cut)


_NOTHING = _Begun()
_ANYTHING = _Begun(frozenset(), frozenset({""}))
_DIGIT = _Begun(frozenset("0123456789"))


def alternatives(pattern: str) -> list[tuple[str, frozenset[str]]]:
    """The alternatives of `pattern` that stand in no group, in order, each with its openings."""
    reading = _Reading(pattern)
    found = []
    while reading.at <= len(pattern):
        start = reading.at
        begun = reading.sequence()
        ended = {f"{one}{END}" if one.isalnum() else one for one in begun.whole}
        found.append((pattern[start : reading.at], begun.cut | ended))
        reading.at += 1
    return found


class _Reading:
    """A pattern, read from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def group(self) -> _Begun:
        """Alternatives up to the bracket that closes them, which is passed."""
        begun = self.sequence()
        while self._here() == "|":
            self.at += 1
            begun = begun | self.sequence()
        self.at += 1
        return begun

    def sequence(self) -> _Begun:
        """One alternative."""
        begun = _NOTHING
        while self._here() not in {"", "|", ")"}:
            begun = begun.then(self._repeated(self._item()))
        return begun

    def _item(self) -> _Begun:
        for opened in (*_LOOKING, "(?:", "("):
            if self.pattern.startswith(opened, self.at):
                self.at += len(opened)
                inside = self.group()
                return _NOTHING if opened in _LOOKING else inside if opened == "(?:" else _ANYTHING
        of_class = _CLASS.match(self.pattern, self.at)
        if of_class:
            self.at = of_class.end()
            return _of_class(of_class[1], of_class[2])
        letter = self._here()
        self.at += 1
        if letter == "\\":
            letter = self._here()
            self.at += 1
            return _escaped(letter)
        return _NOTHING if letter in _NOWHERE else _ANYTHING if letter == "." else _Begun(frozenset({letter}))

    def _repeated(self, once: _Begun) -> _Begun:
        repeat = _REPEAT.match(self.pattern, self.at)
        if repeat is None:
            return once
        self.at = repeat.end()
        if repeat[0] == "?":
            found = once | _NOTHING
        else:
            often = _Begun(frozenset(), once.whole | once.cut)
            found = often if repeat[0] == "+" or repeat[1] not in {None, "", "0"} else often | _NOTHING
        if self._here() in {"?", "+"}:  # as few, or as many as can be
            self.at += 1
        return found

    def _here(self) -> str:
        return self.pattern[self.at : self.at + 1]


def _escaped(letter: str) -> _Begun:
    if letter in "bB":
        return _NOTHING
    if letter == "d":
        return _DIGIT
    return _ANYTHING if letter.isalnum() else _Begun(frozenset({letter}))


def _of_class(turned: str, inside: str) -> _Begun:
    if turned or _RANGE.search(inside):
        return _ANYTHING
    return _Begun(frozenset(inside.replace("\\", "")))
