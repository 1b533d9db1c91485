"""Files for `zuruf storm backtest`: one series of numbers, or messages one a line.

    timestamp,value                                     CSV with this head, as the Numenta benchmark (NAB) has it
    {"at": ..., "topic": ..., "negative": true}         JSON lines; "contact" (text) if known; other keys are ignored

Times are ISO 8601; one without an offset is taken as UTC, or as local time of the zone asked for. Lines need not be in
order. Empty lines are skipped.

Pure: lines come in, records go out.
Raises: SettingsInvalid with file, line (from 1) and the mend.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from desk.errors import SettingsInvalid

_HEAD = ["timestamp", "value"]
_SHOWN = 40
_EARLIEST, _LATEST = 1971, 9998


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


class _Wrong(Exception):
    """What is wrong with a line."""


def is_series(first_line: str) -> bool:
    """Whether the file is CSV rather than JSON lines, by its first line."""
    return not first_line.lstrip("\ufeff \t").startswith("{")


def parse_series(lines: Iterable[str], name: str, zone: tzinfo) -> Iterator[ValueRecord]:
    """Values of a CSV file, head and all."""
    rows = csv.reader(lines)
    head = [cell.strip().lstrip("\ufeff").lower() for cell in next(rows, [])]
    if head[:2] != _HEAD:
        raise SettingsInvalid(f"{name}:1: is neither JSON nor the head of a CSV file; write timestamp,value first")
    for row in rows:
        if not row:
            continue
        try:
            if len(row) < len(_HEAD):
                raise _Wrong(f"has {len(row)} cell; write timestamp,value")
            yield ValueRecord(row[0], _time(row[0], zone), _number(row[1]))
        except _Wrong as wrong:
            raise SettingsInvalid(f"{name}:{rows.line_num}: {wrong}") from None


def parse_messages(lines: Iterable[str], name: str, zone: tzinfo) -> Iterator[MessageRecord]:
    """Messages of a file of JSON lines."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _message(line.lstrip("\ufeff"), zone)
        except _Wrong as wrong:
            raise SettingsInvalid(f"{name}:{number}: {wrong}") from None


def _message(line: str, zone: tzinfo) -> MessageRecord:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise _Wrong('is not JSON; write one {"at": ..., "topic": ..., "negative": ...} a line') from None
    if not isinstance(found, dict):
        raise _Wrong('is no message; write {"at": ..., "topic": ..., "negative": ...}')
    missing = [key for key in ("at", "topic", "negative") if key not in found]
    if missing:
        raise _Wrong(f'has no "{missing[0]}"; add it')
    at, topic, negative, contact = found["at"], found["topic"], found["negative"], found.get("contact")
    if not isinstance(topic, str) or not topic:
        raise _Wrong(f'"topic" is {_shown(topic)}; write a text')
    if negative not in (True, False):
        raise _Wrong(f'"negative" is {_shown(negative)}; write true or false')
    if not isinstance(contact, str | int | None):
        raise _Wrong(f'"contact" is {_shown(contact)}; write a text, or leave it out')
    return MessageRecord(str(at), _time(at, zone), topic, bool(negative), None if contact is None else str(contact))


def _time(value: Any, zone: tzinfo) -> datetime:
    try:
        at = datetime.fromisoformat(value)
        at = at if at.tzinfo else at.replace(tzinfo=zone)
    except (TypeError, ValueError):
        raise _Wrong(f"the time is {_shown(value)}; write such as 2026-03-02T12:00:00Z") from None
    if not _EARLIEST <= at.year <= _LATEST:
        raise _Wrong(f"the time is {_shown(value)}; write a year from {_EARLIEST} to {_LATEST}")
    return at


def _number(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _Wrong(f"the value is {_shown(value)}; write a number")
    return number


def _shown(value: Any) -> str:
    text = ascii(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
