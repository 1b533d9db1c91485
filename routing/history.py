"""Histories: who asked and who answered, as JSON lines in the order of time, one event a line.

    {"type": "question", "id", "at", "author", "title", "text", "tags"}
    {"type": "answer", "id", "question", "at", "author", "text", "score", "accepted"}

`at` is ISO 8601 with its offset. An `author` of null is somebody who deleted their account: their questions count,
their answers are credited to nobody. `score` and `accepted` are what they are at the end of the history; null is none.
Answers to questions that the file does not hold before them are left out and counted.

Pure: lines come in, events go out.
Raises: SettingsInvalid with file, line (from 1) and the mend.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from desk.errors import SettingsInvalid
from routing.json_lines import Record, records, shown

_EXAMPLE = '{"type": "question", "id": ..., "at": ..., ...}'


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
    """Reads a whole file. Raises SettingsInvalid."""
    reader = _Reader()
    for record in records(lines, name, _EXAMPLE):
        reader.read(record)
    if not reader.questions:
        raise SettingsInvalid(f"{name}: no question in it; write {_EXAMPLE} first, one event a line")
    return History(tuple(reader.events), reader.left_out)


@dataclass(slots=True)
class _Reader:
    """What was read so far."""

    last_at: datetime | None = None
    left_out: int = 0
    events: list[Asked | Answered] = field(default_factory=list)
    questions: set[str] = field(default_factory=set)
    answers: set[str] = field(default_factory=set)

    def read(self, record: Record) -> None:
        kind = record.said.get("type")
        if kind == "question":
            self._question(record)
        elif kind == "answer":
            self._answer(record)
        else:
            record.place.wrong(f'"type" is {shown(kind)}; write "question" or "answer"')

    def _question(self, record: Record) -> None:
        asked = Asked(
            id=record.id("id"),
            at=self._time(record),
            author=_author(record),
            title=record.text("title"),
            text=record.text("text"),
            tags=_tags(record),
        )
        if asked.id in self.questions:
            record.place.wrong(f"question {shown(asked.id)} is there twice; leave one out")
        self.questions.add(asked.id)
        self.events.append(asked)

    def _answer(self, record: Record) -> None:
        answered = Answered(
            id=record.id("id"),
            question=record.id("question"),
            at=self._time(record),
            author=_author(record),
            size=len(record.text("text")),
            score=_score(record),
            accepted=_accepted(record),
        )
        if answered.id in self.answers:
            record.place.wrong(f"answer {shown(answered.id)} is there twice; leave one out")
        self.answers.add(answered.id)
        if answered.question in self.questions:
            self.events.append(answered)
        else:
            self.left_out += 1

    def _time(self, record: Record) -> datetime:
        at = record.time("at", None)
        if self.last_at is not None and at < self.last_at:
            record.place.wrong(f'"at" is {shown(record.said["at"])}, before the line above; sort the events by time')
        self.last_at = at
        return at


def _author(record: Record) -> str | None:
    return None if record.value("author") in (None, "") else record.id("author")


def _tags(record: Record) -> tuple[str, ...]:
    value = record.value("tags")
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        record.place.wrong(f'"tags" is {shown(value)}; write a list of texts, such as ["returns"]')
    return tuple(dict.fromkeys(value))


def _score(record: Record) -> float:
    value = record.value("score")
    if value is None:
        return 0.0
    fits = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    if isinstance(value, bool) or not fits:
        record.place.wrong(f'"score" is {shown(value)}; write a number')
    return float(max(-1e6, min(1e6, value)))


def _accepted(record: Record) -> bool:
    value = record.value("accepted")
    if not isinstance(value, bool | None):
        record.place.wrong(f'"accepted" is {shown(value)}; write true or false')
    return bool(value)
