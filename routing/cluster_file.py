"""Messages to be clustered, as JSON lines: `{"at", "text"}` and, if known, `"label"` (what it is about), `"contact"`.

`at` is ISO 8601; without an offset it is UTC. Lines should be in the order of time; those that are not are
late messages, as they happen in life. A label or contact of null or "" is none.

Pure: lines come in, messages go out.
Raises: SettingsInvalid with file, line (from 1) and the mend.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from desk.errors import SettingsInvalid
from routing.json_lines import Record, records

_EXAMPLE = '{"at": ..., "text": ...}'


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
    found = [_line(record) for record in records(lines, name, _EXAMPLE)]
    if not found:
        raise SettingsInvalid(f"{name}: no message in it; write {_EXAMPLE}, one a line")
    return found


def _line(record: Record) -> Line:
    return Line(
        number=record.place.number,
        at=record.time("at", UTC),
        text=record.text("text"),
        label=record.id_if_any("label"),
        contact=record.id_if_any("contact"),
    )
