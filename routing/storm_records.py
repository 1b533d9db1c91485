"""Files for `zuruf storm backtest`: one series of numbers, or messages one a line.

    timestamp,value                                     CSV with this head, as the Numenta benchmark (NAB) has it
    {"at": ..., "topic": ..., "negative": true}         JSON lines; "contact" (text) if known

Times are ISO 8601; one without an offset is taken as UTC, or as local time of the zone asked for. Lines need not be in
order.

Pure: lines come in, records go out.
Raises: SettingsInvalid with file, line (from 1) and the mend.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from routing.json_lines import Place, Record, records, shown

_HEAD = ["timestamp", "value"]
_EXAMPLE = '{"at": ..., "topic": ..., "negative": ...}'


@dataclass(frozen=True, slots=True)
class ValueRecord:
    """A value of the series. `written`: its time as the file has it."""

    written: str
    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message as it was read."""

    written: str
    at: datetime
    topic: str
    negative: bool
    contact: str | None


def is_series(first_line: str) -> bool:
    """Whether the file is CSV rather than JSON lines, by its first line."""
    return not first_line.lstrip("\ufeff \t").startswith("{")


def parse_series(lines: Iterable[str], name: str, zone: tzinfo) -> Iterator[ValueRecord]:
    """Values of a CSV file, head and all. Empty lines are skipped."""
    rows = csv.reader(lines)
    head = [cell.strip().lstrip("\ufeff").lower() for cell in next(rows, [])]
    if head[:2] != _HEAD:
        Place(name, 1).wrong("is neither JSON nor the head of a CSV file; write timestamp,value first")
    for row in rows:
        if row:
            yield _value(row, Place(name, rows.line_num), zone)


def _value(row: list[str], place: Place, zone: tzinfo) -> ValueRecord:
    if len(row) < len(_HEAD):
        place.wrong(f"has {len(row)} cell; write timestamp,value")
    return ValueRecord(row[0], place.time("timestamp", row[0], zone), _number(row[1], place))


def _number(value: str, place: Place) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        place.wrong(f'"value" is {shown(value)}; write a number')
    return number


def parse_messages(lines: Iterable[str], name: str, zone: tzinfo) -> Iterator[MessageRecord]:
    """Messages of a file of JSON lines."""
    for record in records(lines, name, _EXAMPLE):
        yield _message(record, zone)


def _message(record: Record, zone: tzinfo) -> MessageRecord:
    at, topic, negative = record.time("at", zone), record.text("topic"), record.value("negative")
    if not topic:
        record.place.wrong('"topic" is empty; write a text')
    if negative not in (True, False):
        record.place.wrong(f'"negative" is {shown(negative)}; write true or false')
    return MessageRecord(str(record.said["at"]), at, topic, bool(negative), record.id_if_any("contact"))
