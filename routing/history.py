"""Histories: who asked and who answered, as JSON lines in the order of time, one event a line.

    {"type": "question", "id", "at", "author", "title", "text", "tags"}
    {"type": "answer", "id", "question", "at", "author", "text", "score", "accepted"}

`at` is ISO 8601 with its offset. An `author` of null is somebody who deleted their account: their questions count,
their answers are credited to nobody. `score` and `accepted` are what they are at the end of the history; null is none.
Other keys are ignored. Answers to questions that the file does not hold before them are left out and counted.

Pure: lines come in, events go out.
Raises: SettingsInvalid with file, line (from 1) and the mend.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn

from desk.errors import SettingsInvalid

MOST_CHARACTERS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. `author` is None when nobody knows who it was."""

    id: str
    at: datetime
    author: str | None
    title: str
    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to question `question`, with what became of it. `size` counts its characters."""

    id: str
    question: str
    at: datetime
    author: str | None
    size: int
    score: float
    accepted: bool


@dataclass(frozen=True, slots=True)
class History:
    """All events in order, and how many answers were left out because their question is not there."""

    events: tuple[Asked | Answered, ...]
    left_out: int

    @property
    def questions(self) -> tuple[Asked, ...]:
        """The questions, in order."""
        return tuple(event for event in self.events if isinstance(event, Asked))


def parse_history(lines: Iterable[bytes], name: str) -> History:
    """Reads a whole file. Empty lines are skipped. Raises SettingsInvalid."""
    reader = _Reader(name)
    for line in lines:
        reader.read(line)
    if not reader.questions:
        raise SettingsInvalid(f'{name}: no question in it; write one event a line, {{"type": "question", ...}} first')
    return History(tuple(reader.events), reader.left_out)


@dataclass(slots=True)
class _Reader:
    """Where in the file we are, and what was read so far."""

    name: str
    number: int = 0
    last_at: datetime | None = None
    left_out: int = 0
    events: list[Asked | Answered] = field(default_factory=list)
    questions: set[str] = field(default_factory=set)
    answers: set[str] = field(default_factory=set)

    def read(self, line: bytes) -> None:
        self.number += 1
        if not line.strip():
            return
        found = self._object(line)
        kind = found.get("type")
        if kind == "question":
            self._question(found)
        elif kind == "answer":
            self._answer(found)
        else:
            self._wrong(f'"type" is {_shown(kind)}; write "question" or "answer"')

    def _question(self, found: Mapping[str, Any]) -> None:
        asked = Asked(
            id=self._id(found, "id"),
            at=self._time(found),
            author=self._author(found),
            title=self._text(found, "title"),
            text=self._text(found, "text"),
            tags=self._tags(found),
        )
        if asked.id in self.questions:
            self._wrong(f"question {_shown(asked.id)} is there twice; leave one out")
        self.questions.add(asked.id)
        self.events.append(asked)

    def _answer(self, found: Mapping[str, Any]) -> None:
        answered = Answered(
            id=self._id(found, "id"),
            question=self._id(found, "question"),
            at=self._time(found),
            author=self._author(found),
            size=len(self._text(found, "text")),
            score=self._score(found),
            accepted=self._accepted(found),
        )
        if answered.id in self.answers:
            self._wrong(f"answer {_shown(answered.id)} is there twice; leave one out")
        self.answers.add(answered.id)
        if answered.question in self.questions:
            self.events.append(answered)
        else:
            self.left_out += 1

    def _object(self, line: bytes) -> Mapping[str, Any]:
        try:
            found = json.loads(line.decode("utf-8-sig" if self.number == 1 else "utf-8"))
        except UnicodeDecodeError:
            self._wrong("is not UTF-8; save the file as UTF-8")
        except (ValueError, RecursionError):
            self._wrong("is not JSON; write one whole event a line")
        if not isinstance(found, dict):
            self._wrong('is no event; write {"type": ..., "id": ..., "at": ..., ...}')
        return found

    def _value(self, found: Mapping[str, Any], key: str) -> Any:
        if key not in found:
            self._wrong(f'has no "{key}"; add it')
        return found[key]

    def _id(self, found: Mapping[str, Any], key: str) -> str:
        value = self._value(found, key)
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            self._wrong(f'"{key}" is {_shown(value)}; write an id, as text or as a whole number')
        return str(value)

    def _author(self, found: Mapping[str, Any]) -> str | None:
        return None if self._value(found, "author") in (None, "") else self._id(found, "author")

    def _text(self, found: Mapping[str, Any], key: str) -> str:
        value = self._value(found, key)
        if not isinstance(value, str):
            self._wrong(f'"{key}" is {_shown(value)}; write a text')
        return value

    def _tags(self, found: Mapping[str, Any]) -> tuple[str, ...]:
        value = self._value(found, "tags")
        if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
            self._wrong(f'"tags" is {_shown(value)}; write a list of texts, such as ["returns"]')
        return tuple(dict.fromkeys(value))

    def _score(self, found: Mapping[str, Any]) -> float:
        value = self._value(found, "score")
        if value is None:
            return 0.0
        fits = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
        if isinstance(value, bool) or not fits:
            self._wrong(f'"score" is {_shown(value)}; write a number')
        return float(max(-1e6, min(1e6, value)))

    def _accepted(self, found: Mapping[str, Any]) -> bool:
        value = self._value(found, "accepted")
        if not isinstance(value, bool | None):
            self._wrong(f'"accepted" is {_shown(value)}; write true or false')
        return bool(value)

    def _time(self, found: Mapping[str, Any]) -> datetime:
        value = self._value(found, "at")
        try:
            at = datetime.fromisoformat(value)
            aware = at.timestamp() if at.tzinfo else None
        except (TypeError, ValueError, OverflowError):
            aware = None
        if aware is None:
            self._wrong(f'"at" is {_shown(value)}; write the time with its offset, such as 2026-03-02T12:00:00Z')
        if self.last_at is not None and at < self.last_at:
            self._wrong(f'"at" is {_shown(value)}, before the line above; sort the events by time')
        self.last_at = at
        return at

    def _wrong(self, what: str) -> NoReturn:
        raise SettingsInvalid(f"{self.name}:{self.number}: {what}")


def _shown(value: object) -> str:
    """`value` as JSON in one line of ASCII, shortened: it may be anything."""
    try:
        text = json.dumps(value)
    except (ValueError, RecursionError):
        text = "something that is too large"
    return text if len(text) <= MOST_CHARACTERS_SHOWN else f"{text[:MOST_CHARACTERS_SHOWN]}..."
