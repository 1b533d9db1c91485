"""May a candidate take the place of the model in service? Both read the same hold-out; here they are compared.

The texts are the same for both, so what counts is where they differ: texts the candidate lost (right before, wrong
now) and won (wrong before, right now). If both were equally good, each such text would be lost as likely as won;
`chance` is the probability to lose so many of them or more (McNemar's exact test, one-sided). A measure got worse when

    chance < CHANCE                    more was lost than luck explains, or
    lost - won > margin of the texts   it may be luck, but it is more than we risk

Margins: MARGIN for accuracy, MARGIN_OF_PART where few texts are looked at, MARGIN_OF_INTENT for one intent's recall,
which also takes LEAST_LOST texts. The calibration error may rise by MARGIN_OF_CALIBRATION, and by more in a model that
is more often right than sure, which does no harm. Of the sensitive intents not one text fewer may be found or reach
staff: danger, law, privacy and press leave no room for luck. Found is what the reading names, first or besides.

Shares are 0 to 1. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from desk.reading import OUT_OF_SCOPE
from nlu.evaluation import calibration_error
from routing.policy import STAFF_ONLY_INTENTS

CHANCE = 0.05
MARGIN = 0.01
MARGIN_OF_PART = 0.03
MARGIN_OF_CALIBRATION = 0.02
MARGIN_OF_INTENT = 0.2
LEAST_LOST = 3
SENSITIVE = STAFF_ONLY_INTENTS - {OUT_OF_SCOPE}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model made of one text of the hold-out, whose intent is `truth`.

    `best`: the intent it names if it must, with its confidence. `named`: all it names. `to_staff`: the decision on its
    reading keeps the text from volunteers; `staffs`: the policy wants that.
    """

    truth: str
    best: str
    confidence: float
    abstained: bool
    named: frozenset[str]
    to_staff: bool
    staffs: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One measure of both models. `lost` and `won` are texts; None where texts are not compared one by one."""

    measure: str
    texts: int
    before: float
    after: float
    lost: int | None
    won: int | None
    chance: float | None
    worse: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every measure, and the intents whose recall changed most for the worse, worst first."""

    texts: int
    checks: tuple[Check, ...]
    intents: tuple[Check, ...]

    @property
    def worse(self) -> tuple[Check, ...]:
        """What got worse; the candidate may come into service when nothing did."""
        return tuple(check for check in (*self.checks, *self.intents) if check.worse)


Right = Callable[[Answer], bool]
_MEASURES: tuple[tuple[str, Right, Right, float], ...] = (
    ("accuracy", lambda a: a.truth != OUT_OF_SCOPE, lambda a: a.best == a.truth, MARGIN),
    ("in scope and kept", lambda a: a.truth != OUT_OF_SCOPE, lambda a: not a.abstained, MARGIN),
    ("out of scope, recall", lambda a: a.truth == OUT_OF_SCOPE, lambda a: a.abstained, MARGIN_OF_PART),
    ("staff's, kept from volunteers", lambda a: a.staffs, lambda a: a.to_staff, MARGIN_OF_PART),
    ("sensitive, recall", lambda a: a.truth in SENSITIVE, lambda a: a.truth in a.named, 0.0),
    ("sensitive, kept from volunteers", lambda a: a.truth in SENSITIVE, lambda a: a.to_staff, 0.0),
)


def compare(before: Sequence[Answer], after: Sequence[Answer]) -> Comparison:
    """Both models' answers to the same texts, in the same order. Raises ValueError when they are not."""
    if [one.truth for one in before] != [one.truth for one in after] or not before:
        raise ValueError("both must have answered the same texts")
    pairs = list(zip(before, after, strict=True))
    checks = [_paired(name, pairs, among, right, margin) for name, among, right, margin in _MEASURES]
    was, now = _precision(before), _precision(after)
    worse = now < was - MARGIN_OF_PART
    precision = Check("out of scope, precision", len(pairs), was, now, None, None, None, worse)
    return Comparison(
        len(pairs),
        (*checks, precision, _calibration(before, after)),
        tuple(sorted(_by_intent(pairs), key=lambda check: (not check.worse, check.after - check.before))),
    )


def chance_of(lost: int, won: int) -> float:
    """How likely it is to lose so many of the differing texts or more, if losing and winning are equally likely."""
    differing = lost + won
    return float(sum(comb(differing, k) for k in range(lost, differing + 1)) / 2**differing)


def figures(comparison: Comparison) -> Mapping[str, object]:
    """What is kept of a judgement, as JSON: the candidate's measures by name."""
    measures = {check.measure: round(check.after, 4) for check in comparison.checks}
    return {"texts": comparison.texts, **measures, "worse": [check.measure for check in comparison.worse]}


Pairs = Sequence[tuple[Answer, Answer]]


def _paired(name: str, pairs: Pairs, among: Right, right: Right, margin: float) -> Check:
    looked_at = [(right(one), right(other)) for one, other in pairs if among(one)]
    lost = sum(was and not now for was, now in looked_at)
    won = sum(now and not was for was, now in looked_at)
    chance = chance_of(lost, won)
    texts = len(looked_at)
    worse = lost > won and (chance < CHANCE or lost - won > margin * texts)
    before, after = sum(was for was, _ in looked_at), sum(now for _, now in looked_at)
    return Check(name, texts, _share(before, texts), _share(after, texts), lost, won, chance, worse)


def _by_intent(pairs: Pairs) -> list[Check]:
    """Recall of each intent in scope."""
    checks = []
    for intent in sorted({one.truth for one, _ in pairs} - {OUT_OF_SCOPE}):
        check = _paired(intent, pairs, lambda a, i=intent: a.truth == i, lambda a: a.best == a.truth, MARGIN_OF_INTENT)  # type: ignore[misc]
        few = (check.lost or 0) - (check.won or 0) < LEAST_LOST
        checks.append(
            Check(
                check.measure, check.texts, check.before, check.after, check.lost, check.won, check.chance,
                worse=check.worse and not few,
            )
        )  # fmt: skip
    return checks


def _precision(answers: Sequence[Answer]) -> float:
    """Of the texts it abstained from, how many were out of scope; 1 when it never did."""
    abstained = [one.truth for one in answers if one.abstained]
    return _share(abstained.count(OUT_OF_SCOPE), len(abstained)) if abstained else 1.0


def _calibration(before: Sequence[Answer], after: Sequence[Answer]) -> Check:
    (was, _), (now, promised_too_much) = _calibrated(before), _calibrated(after)
    worse = promised_too_much and now > was + MARGIN_OF_CALIBRATION
    return Check("calibration error", len(before), was, now, None, None, None, worse)


def _calibrated(answers: Sequence[Answer]) -> tuple[float, bool]:
    """The calibration error, and whether the model is surer than it is right."""
    inside = [one for one in answers if one.truth != OUT_OF_SCOPE]
    confidences, right = [one.confidence for one in inside], [one.best == one.truth for one in inside]
    return calibration_error(confidences, right), sum(confidences) > sum(right)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
