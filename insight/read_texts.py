"""Texts that were labelled by people and read by an engine: what the pictures and the page of an evaluation show.

Texts are masked before they come here. Probabilities are 0 to 1. A text's `guess` is the engine's best intent in scope,
whether or not it abstained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.reading import OUT_OF_SCOPE


@dataclass(frozen=True, slots=True)
class ReadText:
    """One text. `strangeness`: how surely the engine takes it to be out of scope; `where`: file and line."""

    text: str
    truth: str
    guess: str
    confidence: float
    abstained: bool = False
    certain: bool = True
    strangeness: float = 0.0
    language: str = ""
    where: str = ""

    @property
    def in_scope(self) -> bool:
        """Whether the engine should name an intent."""
        return self.truth != OUT_OF_SCOPE

    @property
    def said(self) -> str:
        """What the engine said: an intent, or OUT_OF_SCOPE when it abstained."""
        return OUT_OF_SCOPE if self.abstained else self.guess

    @property
    def right(self) -> bool:
        """Whether the best guess is the right one."""
        return self.guess == self.truth


@dataclass(frozen=True, slots=True)
class Cell:
    """Texts of one intent that were read as another."""

    truth: str
    said: str
    texts: tuple[ReadText, ...]
    of: int
    """How many texts the intent has in all."""

    @property
    def share(self) -> float:
        """Of the intent's texts."""
        return len(self.texts) / self.of


def in_scope(texts: Sequence[ReadText]) -> list[ReadText]:
    """Those on which an intent is right."""
    return [text for text in texts if text.in_scope]
