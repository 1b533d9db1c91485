"""Replays a history question by question, and measures how well the ranking finds who truly answered.

The true answerer is the author of the accepted answer, else of the best scored one, else of the first. Measured are
answered questions after the first 35 % of all questions. At each, only events before it are known. Left out: questions
whose true answerer is their asker (nobody is asked their own question) or unknown.

    mrr, success_at_1, success_at_5
        among people with KNOWN_FROM or more earlier answers, at questions whose true answerer is one of them
    success_at_5_all
        among everybody seen before; a true answerer never seen before cannot be found and counts as missed
    questions, questions_known
        how many success_at_5_all, and the three above, are means over
    gini_of_offers
        how unequally the five first places among people with KNOWN_FROM or more answers fell on those who could have
        had them: 0 all alike, near 1 always the same few

Pure. Means over no question are None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.answer_record import AnswerRecord, Floats, Integers, Signs
from routing.history import Answered, Asked, History
from routing.ranking import Learner

MEASURED_FROM = 0.35
KNOWN_FROM = 3
PLACES = 5

Watch = Callable[[Asked, Signs, Floats], None]
"""Told of each question with everybody's signs and the weights, before anything is learnt from it."""


@dataclass(frozen=True, slots=True)
class RankingFigures:
    """What came of it."""

    mrr: float | None
    success_at_1: float | None
    success_at_5: float | None
    success_at_5_all: float | None
    questions: int
    questions_known: int
    gini_of_offers: float | None


class Replay:
    """One walk through a history, an event a `step`; `figures` and the `ranks` behind them may be read at any time."""

    def __init__(self, history: History, senses: Floats, learner: Learner, watch: Watch | None = None) -> None:
        """`senses`: a sentence vector for each question, in order."""
        self._history, self._senses, self._learner, self._watch = history, senses, learner, watch
        self._record = AnswerRecord(senses.shape[1])
        self._truth = true_answerers(history)
        self._from = int(len(senses) * MEASURED_FROM)
        self._number = 0
        self.ranks: list[int] = []
        self._found: list[bool] = []
        authors = {event.author for event in history.events}
        self._listed = np.zeros(len(authors), dtype=bool)
        self._offers = np.zeros(len(authors), dtype=np.int64)

    @property
    def names(self) -> list[str]:
        """Who is behind each person's number."""
        return self._record.names

    def run(self, progress: Callable[[int], None] | None = None) -> RankingFigures:
        """All events; `progress` hears how many questions are done."""
        for event in self._history.events:
            self.step(event)
            if progress and isinstance(event, Asked):
                progress(self._number)
        return self.figures()

    def step(self, event: Asked | Answered) -> None:
        """The next event."""
        if isinstance(event, Answered):
            self._record.learn_answer(event)
            person = self._record.number_of(event.author) if event.author is not None else None
            if person is not None:
                self._learner.answered(event, person)
            return
        sense = self._senses[self._number]
        signs = self._record.signs_of(event, sense)
        if self._watch:
            self._watch(event, signs, self._learner.weights)
        order = self._learner.asked(event, signs)
        if self._number >= self._from:
            self._measure(event, signs, order)
        self._record.learn_question(event, sense)
        self._number += 1

    def figures(self) -> RankingFigures:
        """Of the questions measured so far."""
        ranks = np.array(self.ranks)
        return RankingFigures(
            mrr=_mean(1 / ranks if len(ranks) else ranks),
            success_at_1=_mean(ranks == 1),
            success_at_5=_mean(ranks <= PLACES),
            success_at_5_all=_mean(np.array(self._found)),
            questions=len(self._found),
            questions_known=len(ranks),
            gini_of_offers=gini(self._offers[self._listed].tolist()),
        )

    def _measure(self, question: Asked, signs: Signs, order: Integers) -> None:
        true = self._truth.get(question.id)
        if true is None or true == question.author:
            return
        people, known = signs.people[order], signs.answers[order] >= KNOWN_FROM
        person = self._record.number_of(true)
        self._found.append(person is not None and person in people[:PLACES])
        listed = people[known]
        self._listed[listed] = True
        self._offers[listed[:PLACES]] += 1
        places = np.flatnonzero(listed == (-1 if person is None else person))
        if len(places):
            self.ranks.append(int(places[0]) + 1)


def true_answerers(history: History) -> dict[str, str | None]:
    """Whose answer was the best, by question."""
    best: dict[str, Answered] = {}
    for event in history.events:
        if isinstance(event, Answered):
            other = best.get(event.question)
            if other is None or (event.accepted, event.score) > (other.accepted, other.score):
                best[event.question] = event
    return {question: answer.author for question, answer in best.items()}


def gini(counts: list[int]) -> float | None:
    """The Gini coefficient: half the mean difference of two people drawn by chance, as a share of the mean."""
    if not counts or not sum(counts):
        return None
    ordered = np.sort(np.array(counts, dtype=float))
    places = np.arange(1, len(ordered) + 1)
    return float(2 * (places @ ordered) / (len(ordered) * ordered.sum()) - (len(ordered) + 1) / len(ordered))


def _mean(values: NDArray[Any]) -> float | None:
    return float(np.mean(values)) if len(values) else None
