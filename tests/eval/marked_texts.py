"""Texts in which personal data are marked: one message a line, `{kind:value}` around what must be masked.

`\\n` stands for a line break, lines that begin with `#` are comments; braces inside a value come in pairs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from desk.reading import PersonalDataSpan

_MARK = re.compile(r"\{(\w+):((?:[^{}]|\{[^{}]*\})+)\}")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A message, with the personal data that stand in it."""

    text: str
    spans: tuple[PersonalDataSpan, ...]
    language: str


def marked(line: str, language: str) -> MarkedText:
    """The message that `line` stands for."""
    line = line.replace("\\n", "\n")
    plain: list[str] = []
    spans: list[PersonalDataSpan] = []
    length = at = 0
    for mark in _MARK.finditer(line):
        plain += (line[at : mark.start()], mark[2])
        start = length + mark.start() - at
        length = start + len(mark[2])
        spans.append(PersonalDataSpan(start, length, mark[1]))
        at = mark.end()
    return MarkedText("".join(plain) + line[at:], tuple(spans), language)


def load_marked(path: Path) -> list[MarkedText]:
    """All messages of a file such as de.txt or privacy.de.txt: what stands before .txt is the language."""
    language = path.name.split(".")[-2]
    lines = path.read_text(encoding="utf-8").splitlines()
    return [marked(line, language) for line in lines if line.strip() and not line.startswith("#")]
