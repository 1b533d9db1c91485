"""`zuruf routing evaluate`: how well the ranking finds who truly answered, on any history.

Figures go to standard output, progress to standard error. A wrong file ends it with one line, exit 2.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.errors import SettingsInvalid

if TYPE_CHECKING:
    # numpy is slow to load: not for a question after --help.
    from routing.answer_record import Floats, Signs
    from routing.history import Asked, History
    from routing.replay import RankingFigures, Replay

_ENCODED_AT_ONCE = 64
_TOLD_EVERY = 500
_WHY = 3
_LABELS = {
    "mrr": "mean reciprocal rank",
    "success_at_1": "the true one is first",
    "success_at_5": "the true one is among five",
    "success_at_5_all": "among five, newcomers included",
    "questions": "questions measured",
    "questions_known": "of them answered by somebody known",
    "gini_of_offers": "Gini of the five places",
}
_WORDS = {
    "active": "active lately",
    "unseen": "seen lately",
    "known": "time since they came",
    "scored": "scores of their answers",
    "sense": "answered like questions",
    "tags": "answered these tags",
    "hour": "answers at this hour",
    "patient": "answers late questions, too",
}


@click.group()
def routing() -> None:
    """Measure how well the right people are found."""


@routing.command()
@click.argument("history", type=click.Path(path_type=Path))
@click.option("--why", "why", metavar="QUESTION", help="Show whom this question would have been offered to, and why.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of the table.")
def evaluate(history: Path, why: str | None, as_json: bool) -> None:
    """Replay HISTORY (JSON lines of questions and answers) and measure the ranking.

    At each question after the first 35 % only earlier events are known. The true answerer is the author of the accepted
    answer, else of the best scored one. docs/routing.md says what the file holds and what the figures mean.
    """
    read = _read(history)
    if why is not None and why not in {question.id for question in read.questions}:
        raise SettingsInvalid(f"--why: no question {why!a} in {history}; name the id of one")
    if read.left_out:
        click.echo(f"{read.left_out} answers left out: their questions are not in the file before them.", err=True)
    figures, reasons = _measured(read, why)
    if as_json:
        click.echo(json.dumps(asdict(figures) | ({"why": reasons} if why is not None else {})))
        return
    click.echo(_table(figures))
    for line in reasons:
        click.echo(line)


def _read(path: Path) -> History:
    from routing.history import parse_history

    try:
        with path.open("rb") as lines:
            return parse_history(lines, str(path))
    except OSError as error:
        raise SettingsInvalid(f"{path}: cannot be read ({error.strerror}); name a file of JSON lines") from None


def _measured(history: History, why: str | None) -> tuple[RankingFigures, list[str]]:
    from threadpoolctl import threadpool_limits

    from routing.ranking import Learner
    from routing.replay import Replay

    total = len(history.questions)
    reasons: list[str] = []

    def watch(question: Asked, signs: Signs, weights: Floats) -> None:
        if question.id == why:
            reasons.extend(_reasons(replay, signs, weights))

    texts = [f"{question.title}. {question.text}" for question in history.questions]
    # With two threads, the many small sums here wait for each other on a small machine.
    with threadpool_limits(1):
        replay = Replay(history, _senses(texts, _teller("read", total)), Learner(), watch)
        return replay.run(_teller("replayed", total)), reasons


def _senses(texts: Sequence[str], told: Callable[[int], None]) -> Floats:
    import numpy as np

    from nlu.sentence_vectors import sentence_vectors

    encoder = sentence_vectors()
    parts = []
    for start in range(0, len(texts), _ENCODED_AT_ONCE):
        parts.append(encoder.of(texts[start : start + _ENCODED_AT_ONCE]))
        told(min(start + _ENCODED_AT_ONCE, len(texts)))
    return np.concatenate(parts)


def _teller(done: str, total: int) -> Callable[[int], None]:
    """Says on standard error every now and then how far it is, and at the end."""
    last = 0

    def tell(number: int) -> None:
        nonlocal last
        if number - last >= _TOLD_EVERY or number == total:
            last = number
            click.echo(f"{number} of {total} questions {done}", err=True)

    return tell


def _reasons(replay: Replay, signs: Signs, weights: Floats) -> list[str]:
    """The five first, each with what speaks for and against them most."""
    from routing.ranking import explained, ranked
    from routing.replay import PLACES

    lines = []
    for row in ranked(signs, weights)[:PLACES]:
        found = explained(signs, int(row), weights)
        parts = ", ".join(f"{_WORDS[name]} {part:+.1f}" for name, part in found.parts[:_WHY])
        lines.append(f"{ascii(replay.names[found.person])[1:-1]}: {parts}")
    return lines


def _table(figures: RankingFigures) -> str:
    width = max(len(label) for label in _LABELS.values())
    return "\n".join(f"{label:{width}}  {_shown(getattr(figures, key)):>6}" for key, label in _LABELS.items())


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
