"""Entrance tests: questions with choices that a coordinator writes; passing opens a topic to a volunteer.

A test belongs to a business unit and has versions. The newest is in force; one without questions takes the test away.
A sitting is one volunteer's go at a version; it goes on with that version when a newer one comes. Who passes keeps the
topic, whatever comes later. Who does not may try again after `repeat_after`.

A coordinator writes plain text, once in German and once in English; both must have the same shape:

    ? Where does one see the state of a delivery?
    + In the app, under Orders
    - On the invoice
    ? ...

`?` begins a question, `+` the one right choice, `-` a wrong one.

Pure: no I/O, no clock. Raises: InputRejected with the line, in English, for a text that is no test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from desk.errors import InputRejected
from desk.people import Locale, ResponderId

SittingId = NewType("SittingId", int)

MOST_QUESTIONS, MOST_CHOICES, LEAST_CHOICES = 10, 6, 2
LONGEST_QUESTION, LONGEST_CHOICE = 500, 200


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `right`: the place of the right choice, from 0; the same in both languages."""

    text: Mapping[Locale, str]
    choices: tuple[Mapping[Locale, str], ...]
    right: int


@dataclass(frozen=True, slots=True)
class EntranceTest:
    """A version of a unit's test. `pass_percent`: the share of right answers that opens the topic."""

    unit: str
    version: int
    questions: tuple[Question, ...]
    pass_percent: int
    repeat_after: timedelta
    written_by: ResponderId
    written_at: datetime

    @property
    def needed(self) -> int:
        """How many right answers pass."""
        return -(-len(self.questions) * self.pass_percent // 100)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One go. `answers`: the chosen places, question by question, as far as it has come. `passed` None: not ended."""

    id: SittingId
    responder_id: ResponderId
    unit: str
    version: int
    answers: tuple[int, ...]
    began_at: datetime
    ended_at: datetime | None = None
    passed: bool | None = None


def right_answers(test: EntranceTest, answers: Sequence[int]) -> int:
    """How many are right."""
    return sum(question.right == answer for question, answer in zip(test.questions, answers, strict=False))


def passes(test: EntranceTest, answers: Sequence[int]) -> bool:
    """Whether the answers open the topic. All questions must be answered."""
    return len(answers) == len(test.questions) and right_answers(test, answers) >= test.needed


def may_try_at(test: EntranceTest, last: Sitting | None) -> datetime | None:
    """When the next go may begin; None: at any time."""
    if last is None or last.ended_at is None or last.passed:
        return None
    return last.ended_at + test.repeat_after


def written(questions: Sequence[Question], locale: Locale) -> str:
    """The questions as a coordinator writes them."""
    blocks = []
    for question in questions:
        lines = [f"? {question.text[locale]}"]
        lines += [f"{'+' if at == question.right else '-'} {one[locale]}" for at, one in enumerate(question.choices)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def parse_questions(texts: Mapping[Locale, str]) -> tuple[Question, ...]:
    """The questions that were written in every language. No words at all: none. Raises InputRejected."""
    drafts = {locale: _drafts(texts.get(locale, ""), locale) for locale in Locale}
    first = drafts[Locale.GERMAN]
    for locale, other in drafts.items():
        if len(other) != len(first):
            raise InputRejected(f"{locale.value}: expected {len(first)} questions as in de, found {len(other)}")
        for place, (mine, its) in enumerate(zip(first, other, strict=True), 1):
            if (len(mine.choices), mine.right) != (len(its.choices), its.right):
                raise InputRejected(f"{locale.value}: question {place}: the choices are not in the same order as in de")
    return tuple(_question(place, drafts) for place in range(len(first)))


@dataclass
class _Draft:
    text: str
    choices: list[str]
    right: int | None = None


def _question(place: int, drafts: Mapping[Locale, Sequence[_Draft]]) -> Question:
    one = {locale: found[place] for locale, found in drafts.items()}
    first = one[Locale.GERMAN]
    choices = tuple({locale: draft.choices[at] for locale, draft in one.items()} for at in range(len(first.choices)))
    return Question({locale: draft.text for locale, draft in one.items()}, choices, first.right or 0)


def _drafts(text: str, locale: Locale) -> list[_Draft]:
    found: list[_Draft] = []
    for number, line in enumerate(text.splitlines(), 1):
        sign, said = line.strip()[:1], line.strip()[1:].strip()
        if not sign:
            continue
        where = f"{locale.value}: line {number}"
        if sign not in "?+-" or not said:
            raise InputRejected(f"{where}: expected ?, + or - and words after it")
        if sign == "?":
            found.append(_Draft(said, []))
        elif not found:
            raise InputRejected(f"{where}: a choice stands before the first question")
        else:
            _add_choice(found[-1], sign, said, where)
        if len(said) > (LONGEST_QUESTION if sign == "?" else LONGEST_CHOICE):
            raise InputRejected(f"{where}: too long")
    return _checked(found, locale)


def _add_choice(draft: _Draft, sign: str, said: str, where: str) -> None:
    if sign == "+":
        if draft.right is not None:
            raise InputRejected(f"{where}: a second right choice; each question has one")
        draft.right = len(draft.choices)
    draft.choices.append(said)


def _checked(drafts: list[_Draft], locale: Locale) -> list[_Draft]:
    if len(drafts) > MOST_QUESTIONS:
        raise InputRejected(f"{locale.value}: at most {MOST_QUESTIONS} questions")
    for place, draft in enumerate(drafts, 1):
        if draft.right is None:
            raise InputRejected(f"{locale.value}: question {place}: no right choice (+)")
        if not LEAST_CHOICES <= len(draft.choices) <= MOST_CHOICES:
            raise InputRejected(f"{locale.value}: question {place}: expected {LEAST_CHOICES} to {MOST_CHOICES} choices")
    return drafts
