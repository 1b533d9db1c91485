"""Messages to be clustered, as JSON lines: `{"at", "text"}` and, if known, `"label"` (what it is about), `"contact"`.

`at` is ISO 8601; without an offset it is UTC. Lines should be in the order of time; those that are not are
late messages, as they happen in life. A label or contact of null or "" is none. Other keys are ignored, as are empty
lines.

Pure: lines come in, messages go out.
Raises: SettingsInvalid with file, line (from 1) and the mend.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from desk.errors import SettingsInvalid

MOST_CHARACTERS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `number`: its line in the file."""

    number: int
    at: datetime
    text: str
    label: str | None
    contact: str | None


def parse_messages(lines: Iterable[bytes], name: str) -> list[Line]:
    """Reads a whole file. Raises SettingsInvalid."""
    found = [_parsed(line, _Place(name, number)) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise SettingsInvalid(f'{name}: no message in it; write one a line, {{"at": ..., "text": ...}}')
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in which file we are."""

    name: str
    number: int

    def wrong(self, what: str) -> NoReturn:
        raise SettingsInvalid(f"{self.name}:{self.number}: {what}")


def _parsed(line: bytes, place: _Place) -> Line:
    found = _object(line, place)
    text = found.get("text")
    if not isinstance(text, str):
        place.wrong(f'"text" is {_shown(text)}; write a text')
    names = {key: _name(found.get(key), key, place) for key in ("label", "contact")}
    return Line(place.number, _time(found.get("at"), place), text, names["label"], names["contact"])


def _object(line: bytes, place: _Place) -> Mapping[str, Any]:
    try:
        found = json.loads(line.decode("utf-8-sig" if place.number == 1 else "utf-8"))
    except UnicodeDecodeError:
        place.wrong("is not UTF-8; save the file as UTF-8")
    except (ValueError, RecursionError):
        place.wrong("is not JSON; write one whole message a line")
    if not isinstance(found, dict):
        place.wrong('is no message; write {"at": ..., "text": ...}')
    return found


def _time(value: object, place: _Place) -> datetime:
    try:
        at = datetime.fromisoformat(value)  # type: ignore[arg-type]  # what is no text ends in TypeError
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        at.timestamp()
    except (TypeError, ValueError, OverflowError):
        place.wrong(f'"at" is {_shown(value)}; write the time, such as 2026-03-02T12:00:00Z')
    return at


def _name(value: object, key: str, place: _Place) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        place.wrong(f'"{key}" is {_shown(value)}; write a text or a whole number, or leave it out')
    return str(value)


def _shown(value: object) -> str:
    """`value` as JSON in one line of ASCII, shortened: it may be anything."""
    text = json.dumps(value)
    return text if len(text) <= MOST_CHARACTERS_SHOWN else f"{text[:MOST_CHARACTERS_SHOWN]}..."
