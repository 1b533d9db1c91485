"""The port through which the desk has messages read, whatever engine stands behind it.

An engine reads a batch and answers with one reading per message, in the same order, or raises
ClassifierUnavailable: then the next engine is asked, and at last the ticket goes to staff unread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desk.people import Locale
from desk.reading import Reading


@dataclass(frozen=True, slots=True)
class TextToRead:
    """One message. `spoken` is the language of the conversation so far, when one is known."""

    text: str
    spoken: Locale | None = None


class ClassifierUnavailable(Exception):
    """The engine cannot answer now: down, too slow, of a wrong version, or answering nonsense."""


class Classifier(Protocol):
    """Reads messages."""

    name: str

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        """One reading per message, same order. Raises ClassifierUnavailable."""
        ...
