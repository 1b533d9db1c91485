"""Ranking: who will answer this question best, learnt from who answered the ones before.

A person's score is the log of a sum of fading activities plus a weighted sum of signs (answer_record.py says what they
are and why), and the chance that theirs is the best answer is exp(score) over the sum of everybody's. The sum of
activities, with shares above zero, is the intensity of a self-exciting process (Hawkes 1971, "Spectra of some
self-exciting and mutually exciting point processes"): who answers now is likely to answer next, and that fades. Being
around weighs more than any likeness of texts; topic, hour and quality decide among those who are.

The weights begin with WEIGHTS, fitted to histories of two communities (docs/routing.md says which, and how well the
weights of one do on the other), and follow the history at hand as it grows (ranking_fit.py). Credit: 1 for the best
answer so far (the accepted one, else the best score), a half for each other; answers after sixty days say nothing.

Pure: no I/O, no clock. Signs are divided by SPREADS first, so that weights compare.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from routing.answer_record import ACTIVITY, SIGNS, Floats, Integers, Signs
from routing.history import Answered, Asked
from routing.ranking_fit import Choice, Stiffness, fit, scores_of

SPREADS = np.array([1.75, 1.94, 1.56, 0.2, 0.12, 0.45, 0.73, 1.23])
"""How far people with answers lie apart in each sign (standard deviation)."""

WEIGHTS = np.array([-1.61, -1.28, -1.27, -3.34, 0.41, -0.93, -0.12, 0.26, 0.09, 0.05, 0.06, 0.28])
"""Logs of the activities' shares, then a weight for each sign. `python -m tests.eval.ranking --fit` makes them."""

STIFFNESS = np.array([10.0] * len(ACTIVITY) + [100.0] * len(SIGNS))
"""How many answers of the history at hand the weights to begin with are worth, roughly. What tempo a place has differs
most between places, so the shares are held loosely."""

CREDIT_OTHERS = 0.5
LATEST_ANSWER = timedelta(days=60)
TOP, SAMPLE = 80, 60
"""Learnt from: the best of the list, and a sample that stands for the rest."""
MOST_QUESTIONS = 2000
QUESTIONS_OPEN = 100
"""So many questions back, answers are still learnt from."""
FIRST_FIT, FIT_EVERY, FIT_GROWTH = 20, 20, 0.05


@dataclass(frozen=True, slots=True)
class Explained:
    """Somebody in the list: each sign's part of their score, above the list's average; what counts most first."""

    person: int
    parts: tuple[tuple[str, float], ...]


def ranked(signs: Signs, weights: Floats = WEIGHTS) -> Integers:
    """Rows of `signs`, the best first; of equals, who came first."""
    return np.argsort(-scores_of(signs.activity, signs.signs / SPREADS, weights), kind="stable")


def explained(signs: Signs, row: int, weights: Floats = WEIGHTS) -> Explained:
    """Why `row` stands where it does among all of `signs`. "active" is all that fades, and the last answer's date."""
    kinds = len(ACTIVITY)
    parts = signs.signs / SPREADS * weights[kinds:]
    parts[:, SIGNS.index("absent")] += np.log(signs.activity @ np.exp(weights[:kinds]))
    above = parts[row] - parts.mean(axis=0)
    names = ("active" if name == "absent" else name for name in SIGNS)
    named = zip(names, (float(part) for part in above), strict=True)
    return Explained(int(signs.people[row]), tuple(sorted(named, key=lambda part: -abs(part[1]))))


@dataclass(slots=True)
class _Pending:
    """A question whose answers may still come: everybody who could give them."""

    question: Asked
    signs: Signs
    sampled: Integers
    stands_for: Floats
    given: list[tuple[bool, float, float, int]] = field(default_factory=list)

    def choice(self) -> Choice:
        """What to learn from the answers so far: those who gave them are in it, and the sample."""
        answerers = list(dict.fromkeys(row for *_value, row in self.given))
        best = max(self.given)[-1]
        rows = np.concatenate([np.array(answerers), np.setdiff1d(self.sampled, answerers, assume_unique=True)])
        credit = np.zeros(len(rows))
        credit[: len(answerers)] = [1.0 if row == best else CREDIT_OTHERS for row in answerers]
        offset = self.stands_for[rows]
        offset[: len(answerers)] = 0
        signs = self.signs.of(rows)
        return Choice(signs.activity.astype(np.float32), (signs.signs / SPREADS).astype(np.float32), offset, credit)


class Learner:
    """Follows a history: told of each question with everybody's signs, and of each answer by whom."""

    def __init__(self, start: Floats = WEIGHTS, stiffness: Stiffness = STIFFNESS) -> None:
        self.weights = start
        self._start, self._stiffness = start, stiffness
        self._pending: OrderedDict[str, _Pending] = OrderedDict()
        self._choices: deque[tuple[str, Choice]] = deque(maxlen=MOST_QUESTIONS)
        self._settled = 0
        self._fitted_at = 0

    def asked(self, question: Asked, signs: Signs) -> Integers:
        """The question came; those in `signs` may answer. Returns their rows, the likeliest first."""
        order = ranked(signs, self.weights)
        if len(order) > 1:
            self._pending[question.id] = _pending(question, signs, order)
        while len(self._pending) > QUESTIONS_OPEN:
            self._settle(*self._pending.popitem(last=False))
        self._fit_if_due()
        return order

    def answered(self, answer: Answered, person: int) -> None:
        """`person` answered."""
        pending = self._pending.get(answer.question)
        row = pending.signs.row_of(person) if pending else None
        if pending is None or row is None or answer.at - pending.question.at > LATEST_ANSWER:
            return
        earlier_is_better = -answer.at.timestamp()
        pending.given.append((answer.accepted, answer.score, earlier_is_better, row))

    def choices(self) -> list[Choice]:
        """All that there is to learn from now."""
        settled = [choice for _id, choice in self._choices]
        return settled + [pending.choice() for pending in self._pending.values() if pending.given]

    def _settle(self, name: str, pending: _Pending) -> None:
        if pending.given:
            self._choices.append((name, pending.choice()))
            self._settled += 1

    def _fit_if_due(self) -> None:
        known = self._settled + sum(1 for pending in self._pending.values() if pending.given)
        if known < FIRST_FIT or known - self._fitted_at < max(FIT_EVERY, FIT_GROWTH * known):
            return
        self._fitted_at = known
        self.weights = fit(self.choices(), self._start, self._stiffness, self.weights)


def _pending(question: Asked, signs: Signs, order: Integers) -> _Pending:
    rest = order[TOP:]
    sample = rest[:: max(1, -(-len(rest) // SAMPLE))]
    stands_for = np.zeros(len(order))
    if len(sample):
        stands_for[sample] = np.log(len(rest) / len(sample))
    return _Pending(question, signs, np.concatenate([order[:TOP], sample]), stands_for)
