"""The record of who answered what, and the signs it gives about who will answer the next question well.

Every earlier answer votes for its author. How much a vote counts falls by half with every so many questions asked
since the one it answered: counted in questions and not in days, the same half-lives fit a busy place and a quiet one.
What counts is the question's age and not the answer's: whoever clears up old ones is here, but not quick with new ones.

`activity`, one column each, sums of such votes per person:
    now       half-life 5 questions
    lately    half-life 25 questions
    thorough  half-life 10 questions, each vote times the root of the answer's length: a long answer is a commitment
    regular   half-life 100 questions: where many are asked a day, who comes every evening is forgotten by the others
`signs`, one column each:
    absent       log of days since their last answer
    unseen       log of days since they last did anything
    known        log of days since they came
    scored       mean score of their answers, drawn to everybody's mean by three average answers, as a ratio to it
    sense        answers to questions that mean the like (by sentence vectors), as log of a ratio to chance
    tags         the same by tags in common, rare ones counting more
    hour         answers at this hour of the day, as log of a ratio to chance
    patient      log of mean days from a question to their answer

Asking is done before learning: signs_of(question) knows only what was told before. Scores are taken as known from the
moment of the answer, since histories do not say when the votes came.

Pure: no I/O, no clock. Units: times are days since 1970 (UTC), ages are questions. One question costs as many steps as
there are people, and answers to the last MEMORY questions: older votes have faded to a four-thousandth.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.history import Answered, Asked
from routing.rows import Rows

ACTIVITY = ("now", "lately", "thorough", "regular")
SIGNS = ("absent", "unseen", "known", "scored", "sense", "tags", "hour", "patient")
FLOOR = 0.02
"""What somebody has who never answered: their chance is small, not nothing."""

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.int64]

MEMORY = 1200
_HALF_LIVES = (5.0, 25.0, 10.0, 100.0)
_TOPIC_HALF_LIFE = 100.0
_HOUR_HALF_LIFE = 60.0
_LONGEST, _USUAL_LENGTH = 3000, 500
_LONG_AGO_DAYS = 400.0
_AT_ONCE_DAYS = 0.02
_MOST_PATIENT_DAYS = 30.0
_WORST, _BEST = -1.0, 6.0
"""Scores beyond count no more: one answer that went round the world says little about the next."""
_DRAWN_BY = 3.0
_HOURS_AROUND = 2.0
_HOURS_A_DAY = 24
_PERSON, _QUESTION, _HOUR, _LENGTH = range(4)
_CAME, _ANSWERED_AT, _SEEN_AT, _ANSWERS, _SCORES, _PATIENCE = range(6)
_NEVER = -math.inf


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of each person as a question comes. Rows are `people`; the asker is not among them."""

    people: Integers
    activity: Floats
    signs: Floats
    answers: Integers

    def of(self, rows: Integers) -> Signs:
        """Those rows only."""
        return Signs(self.people[rows], self.activity[rows], self.signs[rows], self.answers[rows])

    def row_of(self, person: int) -> int | None:
        """Their row: people stand in the order of their numbers."""
        row = int(np.searchsorted(self.people, person))
        return row if row < len(self.people) and self.people[row] == person else None


class AnswerRecord:
    """Learns event by event. People are numbered as they come; `names` says who they are."""

    def __init__(self, width: int) -> None:
        """`width`: of the questions' sentence vectors."""
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._people = Rows(6)
        self._answers = Rows(4)
        self._senses = Rows(width, np.float32)
        self._asked: dict[str, tuple[int, float]] = {}
        self._with_tag: defaultdict[str, list[int]] = defaultdict(list)
        self._scores_given = 0.0

    def number_of(self, name: str) -> int | None:
        """Whose row it is; None for somebody never seen."""
        return self._numbers.get(name)

    def learn_question(self, question: Asked, sense: Floats) -> None:
        """It was asked."""
        at = days(question.at)
        number = len(self._senses)
        self._senses.add(sense)
        self._asked[question.id] = (number, at)
        for tag in question.tags:
            self._with_tag[tag].append(number)
        if question.author is not None:
            person = self._person(question.author, at)
            self._people.all[person, _SEEN_AT] = at

    def learn_answer(self, answer: Answered) -> None:
        """It was given. Those of people unknown are credited to nobody."""
        if answer.author is None:
            return
        at = days(answer.at)
        number, asked_at = self._asked[answer.question]
        person = self._person(answer.author, at)
        length = math.sqrt(min(answer.size, _LONGEST) / _USUAL_LENGTH)
        self._answers.add((person, number, _hour(at), length))
        score = min(max(answer.score, _WORST), _BEST)
        self._scores_given += score
        row = self._people.all[person]
        row[_ANSWERED_AT] = row[_SEEN_AT] = at
        row[_ANSWERS] += 1
        row[_SCORES] += score
        row[_PATIENCE] += min(at - asked_at, _MOST_PATIENT_DAYS)

    def signs_of(self, question: Asked, sense: Floats) -> Signs:
        """What everybody known so far but the asker shows, as `question` comes."""
        votes = _Votes(self._answers.all, len(self._senses), len(self._people))
        people = self._people.all
        at = days(question.at)
        activity = np.column_stack(
            [
                FLOOR + votes.of(votes.faded(_HALF_LIVES[0])),
                FLOOR + votes.of(votes.faded(_HALF_LIVES[1])),
                FLOOR + votes.of(votes.faded(_HALF_LIVES[2]) * votes.lengths),
                FLOOR + votes.of(votes.faded(_HALF_LIVES[3])),
            ]
        )
        absent = np.minimum(at - people[:, _ANSWERED_AT], _LONG_AGO_DAYS)
        signs = np.column_stack(
            [
                np.log(_AT_ONCE_DAYS + absent),
                np.log(_AT_ONCE_DAYS + at - people[:, _SEEN_AT]),
                np.log1p(at - people[:, _CAME]),
                self._scored(),
                votes.lift(self._alike_in_sense(sense)),
                votes.lift(self._alike_in_tags(question.tags)),
                votes.at_hour(_hour(at)),
                np.log(0.05 + (people[:, _PATIENCE] + 2) / (people[:, _ANSWERS] + 2)),
            ]
        )
        rows = np.arange(len(people))
        asker = self._numbers.get(question.author) if question.author is not None else None
        found = Signs(rows, activity, signs, people[:, _ANSWERS].astype(np.int64))
        return found if asker is None else found.of(np.delete(rows, asker))

    def _person(self, name: str, at: float) -> int:
        if name not in self._numbers:
            self._numbers[name] = len(self.names)
            self.names.append(name)
            self._people.add((at, _NEVER, at, 0, 0, 0))
        return self._numbers[name]

    def _scored(self) -> Floats:
        people = self._people.all
        mean = self._scores_given / len(self._answers) if len(self._answers) else 1.0
        drawn = (people[:, _SCORES] + _DRAWN_BY * mean) / (people[:, _ANSWERS] + _DRAWN_BY)
        return np.asarray(drawn / max(0.5, mean) - 1)

    def _alike_in_sense(self, sense: Floats) -> Floats:
        likeness: Floats = np.maximum(self._senses.all[-MEMORY:] @ sense.astype(np.float32), 0).astype(np.float64)
        return likeness**3

    def _alike_in_tags(self, tags: tuple[str, ...]) -> Floats:
        first = max(0, len(self._senses) - MEMORY)
        shared = np.zeros(len(self._senses) - first)
        weights = {tag: 1 / math.log(2 + len(self._with_tag.get(tag, ()))) for tag in tags}
        for tag, weight in weights.items():
            tagged = self._with_tag.get(tag, [])
            shared[np.array(tagged[bisect_left(tagged, first) :], dtype=np.int64) - first] += weight
        return np.asarray(shared / max(1e-9, sum(weights.values())))


class _Votes:
    """The answers to the last MEMORY questions as votes for their authors. Likenesses are of those questions."""

    def __init__(self, answers: Floats, questions: int, people: int) -> None:
        first = max(0, questions - MEMORY)
        answers = answers[answers[:, _QUESTION] >= first]
        self._people = people
        self._author = answers[:, _PERSON].astype(np.int64)
        self._question = answers[:, _QUESTION].astype(np.int64) - first
        self._age = questions - answers[:, _QUESTION]
        self._hours = answers[:, _HOUR]
        self.lengths = answers[:, _LENGTH]

    def faded(self, half_life: float) -> Floats:
        """What each vote counts by the age of its question."""
        return np.asarray(np.exp2(-self._age / half_life))

    def of(self, weights: Floats) -> Floats:
        """Summed for each person."""
        return np.bincount(self._author, weights=weights, minlength=self._people).astype(np.float64)

    def lift(self, likeness: Floats) -> Floats:
        """How much more often than by chance each answered questions like this one; 0 for those without votes."""
        usual = float(likeness.mean()) if len(likeness) else 0.0
        faded = self.faded(_TOPIC_HALF_LIFE)
        alike = self.of(faded * likeness[self._question])
        drawn = 2 * usual + 0.01
        return np.asarray(np.log((alike + drawn) / (self.of(faded) * (usual + 0.005) + drawn)))

    def at_hour(self, hour: float) -> Floats:
        """How much more often each answered around this hour than spread over the day."""
        apart = np.abs((self._hours - hour + _HOURS_A_DAY / 2) % _HOURS_A_DAY - _HOURS_A_DAY / 2)
        faded = self.faded(_HOUR_HALF_LIFE)
        near = self.of(faded * np.exp(-((apart / _HOURS_AROUND) ** 2) / 2))
        return np.asarray(np.log(near + 0.05) - np.log(self.of(faded) * 0.2 + 0.05))


def days(at: datetime) -> float:
    """Days since 1970."""
    return at.timestamp() / 86400


def _hour(at_days: float) -> float:
    return (at_days % 1) * _HOURS_A_DAY
