"""What somebody reads in a chat: a message of the desk with its text and its buttons, whatever the platform."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

PATIENCE = 30.0
NUMBER = re.compile(r"Z-\d+")

Wanted = str | Callable[["Heard"], object]


@dataclass(frozen=True)
class Heard:
    """A message of the desk as its reader sees it now. `buttons`: actions by their first word."""

    text: str
    buttons: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    raw: Any = None

    @property
    def number(self) -> str:
        """The ticket's number that it names."""
        found = NUMBER.search(self.text)
        assert found, f"no ticket number in {self.text!r}"
        return found[0]


class Seat(Protocol):
    """Where somebody sits with their app. The same words for every platform, so that one journey fits them all."""

    name: str

    async def says(self, text: str) -> Any:
        """Writes to the desk. The message as the platform knows it."""

    async def hears(self, wanted: Wanted = "", *, after: Heard | None = None) -> Heard:
        """The first message of the desk that fits, after `after`; AssertionError with the chat when none comes."""

    async def presses(self, heard: Heard, verb: str) -> str:
        """Taps the button of that meaning (take, pass, solved, ...). What pops up."""

    def reads(self) -> list[Heard]:
        """Everything the desk said here and that still stands."""

    def transcript(self) -> str:
        """The chat as they read it."""


def fits(wanted: Wanted, heard: Heard) -> bool:
    """Whether a message is the one somebody waits for: words it holds, or a test."""
    return wanted in heard.text if isinstance(wanted, str) else bool(wanted(heard))


def having(*verbs: str) -> Callable[[Heard], bool]:
    """A test for messages with these buttons."""
    return lambda heard: set(verbs) <= set(heard.buttons)


def numbered(heard: Heard) -> bool:
    """A test for messages that name a ticket."""
    return NUMBER.search(heard.text) is not None


def verb_of(action: str) -> str:
    """`take:12` -> take; a value stays: the stars of a rating `rate:7:5` -> rate5, a choice `which:7:0` -> which0."""
    verb, _colon, rest = action.partition(":")
    return verb + rest.partition(":")[2]
