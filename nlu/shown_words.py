"""The words of a message as an explanation may show them: those inside personal data by their kind only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desk.reading import MessageLanguage, PersonalDataSpan
from nlu.normalising import folded
from nlu.privacy import label

_WORD = re.compile(r"\S+")
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a blank, or one piece of personal data; `end` is exclusive, `shown` is what may be shown."""

    start: int
    end: int
    shown: str


def words_of(text: str, spans: Sequence[PersonalDataSpan], language: MessageLanguage) -> list[Word]:
    """All words of `text`, in order."""
    found: list[Word] = []
    last: PersonalDataSpan | None = None
    for match in _WORD.finditer(text):
        hidden = next((s for s in spans if s.start < match.end() and match.start() < s.end), None)
        if hidden is not None and hidden is last:
            found[-1] = replace(found[-1], end=match.end())
            continue
        last = hidden
        shown = label(hidden.kind, language) if hidden else _bare(match[0])
        found.append(Word(match.start(), match.end(), shown))
    return found


def _bare(word: str) -> str:
    """Without the marks around it; repeated ones are said and stay."""
    bare = word.strip('.,;:"“”„()')
    return bare[:-1] if bare[-1:] in {"!", "?"} and bare[-2:-1].isalnum() else bare or word


def said(words: Sequence[Word]) -> str:
    """A run of words."""
    return " ".join(word.shown for word in words)


def hidden_tokens(text: str, spans: Sequence[PersonalDataSpan], language: MessageLanguage) -> dict[str, str]:
    """The folded tokens inside personal data, each with what is shown for it."""
    return {
        token: label(span.kind, language)
        for span in spans
        for token in _TOKEN.findall(folded(text[span.start : span.end]))
    }
