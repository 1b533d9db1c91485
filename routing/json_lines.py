"""JSON lines: one object a line, as people hand them in. Every such file is read here, so every mistake sounds alike.

UTF-8, with or without a byte order mark; empty lines are skipped; keys that nobody asks for are ignored.

Pure: lines come in, records go out.
Raises: SettingsInvalid with file, line (from 1) and the mend.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, NoReturn

from desk.errors import SettingsInvalid

MOST_CHARACTERS_SHOWN = 40
EARLIEST_YEAR, LATEST_YEAR = 1971, 9998
"""Times outside cannot be counted in seconds everywhere, and nobody means them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file."""

    name: str
    number: int

    def wrong(self, what: str) -> NoReturn:
        """Refuses the file. `what` says what is wrong here and how to mend it."""
        raise SettingsInvalid(f"{self.name}:{self.number}: {what}")

    def time(self, key: str, value: object, zone: tzinfo | None) -> datetime:
        """An ISO 8601 time. Without an offset it is one of `zone`, or refused where there is none."""
        try:
            at = datetime.fromisoformat(value)  # type: ignore[arg-type]  # what is no text ends in TypeError
        except (TypeError, ValueError):
            at = None
        if at is None or (at.tzinfo is None and zone is None):
            offset = "" if zone else " with its offset"
            self.wrong(f'"{key}" is {shown(value)}; write the time{offset}, such as 2026-03-02T12:00:00Z')
        if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
            self.wrong(f'"{key}" is {shown(value)}; write a year from {EARLIEST_YEAR} to {LATEST_YEAR}')
        return at if at.tzinfo else at.replace(tzinfo=zone)


@dataclass(frozen=True, slots=True)
class Record:
    """What one line says."""

    place: Place
    said: Mapping[str, Any]

    def value(self, key: str) -> Any:
        """Whatever stands there. The key must be there."""
        if key not in self.said:
            self.place.wrong(f'has no "{key}"; add it')
        return self.said[key]

    def text(self, key: str) -> str:
        """A text, which may be empty."""
        value = self.value(key)
        if not isinstance(value, str):
            self.place.wrong(f'"{key}" is {shown(value)}; write a text')
        return value

    def id(self, key: str) -> str:
        """What names something: a text or a whole number."""
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            self.place.wrong(f'"{key}" is {shown(value)}; write an id, as text or as a whole number')
        return str(value)

    def id_if_any(self, key: str) -> str | None:
        """An id; None where the key is missing, null or ""."""
        return None if self.said.get(key) in (None, "") else self.id(key)

    def time(self, key: str, zone: tzinfo | None) -> datetime:
        """See `Place.time`."""
        return self.place.time(key, self.value(key), zone)


def records(lines: Iterable[bytes | str], name: str, example: str) -> Iterator[Record]:
    """One record a line of the file `name`. `example` shows what a line should be."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = Place(name, number)
            yield Record(place, _object(line, place, example))


def _object(line: bytes | str, place: Place, example: str) -> Mapping[str, Any]:
    try:
        text = line if isinstance(line, str) else line.decode()
        found = json.loads(text.removeprefix("\ufeff") if place.number == 1 else text)
    except UnicodeDecodeError:
        place.wrong("is not UTF-8; save the file as UTF-8")
    except (ValueError, RecursionError):
        place.wrong(f"is not JSON; write {example}, one a line")
    if not isinstance(found, dict):
        place.wrong(f"is no JSON object; write {example}")
    return found


def shown(value: object) -> str:
    """`value` as JSON in one line of ASCII, shortened: it may be anything."""
    try:
        text = json.dumps(value)
    except (ValueError, RecursionError):
        text = "something that is too large"
    return text if len(text) <= MOST_CHARACTERS_SHOWN else f"{text[:MOST_CHARACTERS_SHOWN]}..."
