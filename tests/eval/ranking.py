"""How well who answers is found, and the weights that routing/ranking.py begins with.

    python -m tests.eval.ranking FILE FILE ...

reads histories (JSON lines, see routing/history.py) and prints a table: chance, fading activity alone, and the ranking
with weights fitted to the other files only, left as they are and then following the history; last, the weights as
shipped. Means of reciprocal ranks come with their standard error. `--fit` prints SPREADS and WEIGHTS fitted to all
files; weights are for the SPREADS in the tree, so put those in first and call it again.

Deterministic: chance is drawn with a fixed seed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from nlu.sentence_vectors import sentence_vectors
from routing.answer_record import SIGNS, Floats, Integers, Signs
from routing.history import Answered, Asked, History, parse_history
from routing.ranking import STIFFNESS, Learner
from routing.ranking_fit import Choice, fit
from routing.replay import Replay

NEVER = 1e12
"""This stiff, weights stay as they are."""
LOOSELY = 6.0
PLAIN = np.array([-1.0, -1.0, -1.0, -4.5, 0.0, -0.5, *[0.0] * (len(SIGNS) - 2)])
"""Where fitting begins, and what it is held to: the newest counts, those seen lately, and nothing else is known."""
HALF_LIFE_DAYS = 21
A_DAY = 86_400
SEED = 20261122
ENCODED_AT_ONCE = 64


class Chance(Learner):
    """Anybody."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn = np.random.default_rng(SEED)

    def asked(self, question: Asked, signs: Signs) -> Integers:
        """Everybody, in any order."""
        return self._drawn.permutation(len(signs.people))

    def answered(self, answer: Answered, person: int) -> None:
        """Nothing is learnt."""


class FadingActivity(Learner):
    """Who answered most, each answer counting half after 21 days."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[int, tuple[float, float]] = {}

    def asked(self, question: Asked, signs: Signs) -> Integers:
        """The most active first."""
        now = question.at.timestamp()
        return np.argsort([-self._at(int(person), now) for person in signs.people], kind="stable")

    def answered(self, answer: Answered, person: int) -> None:
        """One more."""
        now = answer.at.timestamp()
        self._known[person] = (self._at(person, now) + 1, now)

    def _at(self, person: int, now: float) -> float:
        activity, then = self._known.get(person, (0.0, now))
        return float(activity * 0.5 ** ((now - then) / A_DAY / HALF_LIFE_DAYS))


class Collecting(Learner):
    """Stays as it is, and keeps all that there was to learn from."""

    def __init__(self, start: Floats) -> None:
        super().__init__(start, NEVER)


def main() -> None:
    """The table, or the weights."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.ranking", description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--fit", action="store_true", help="print SPREADS and WEIGHTS fitted to all files")
    given = parser.parse_args()
    with threadpool_limits(1):
        histories = {path.stem: read(path) for path in given.files}
        choices = {name: replayed(Collecting(PLAIN), *history).choices() for name, history in histories.items()}
        if given.fit:
            show_fit(histories, choices)
        else:
            show_table(histories, choices)


def read(path: Path) -> tuple[History, Floats]:
    """The history, and its questions' vectors."""
    with path.open("rb") as lines:
        history = parse_history(lines, str(path))
    texts = [f"{question.title}. {question.text}" for question in history.questions]
    starts = range(0, len(texts), ENCODED_AT_ONCE)
    encoder = sentence_vectors()
    return history, np.concatenate([encoder.of(texts[start : start + ENCODED_AT_ONCE]) for start in starts])


def replayed(learner: Learner, history: History, senses: Floats) -> Learner:
    """`learner` at the end."""
    Replay(history, senses, learner).run()
    return learner


def show_table(histories: Mapping[str, tuple[History, Floats]], choices: Mapping[str, Sequence[Choice]]) -> None:
    """A row for each history and way of ranking."""
    print("| history | ranked by | MRR | first | among five | among five, all | Gini |\n|---|---|---|---|---|---|---|")
    for name, history in histories.items():
        others = [choice for other, theirs in choices.items() if other != name for choice in theirs]
        ways: dict[str, Callable[[], Learner]] = {"chance": Chance, "fading activity, 21 days": FadingActivity}
        if others:
            elsewhere = fit(others, PLAIN, LOOSELY, steps=30)
            ways["weights of the others, fixed"] = lambda weights=elsewhere: Learner(weights, NEVER)  # type: ignore[misc]
            ways["weights of the others, learning on"] = lambda weights=elsewhere: Learner(weights, STIFFNESS)  # type: ignore[misc]
        for way, learner in (ways | {"as shipped": Learner}).items():
            print(f"| {name} | {way} | {row(Replay(*history, learner()))} |", flush=True)


def row(walk: Replay) -> str:
    """The figures of one."""
    figures = walk.run()
    error = np.std(1 / np.array(walk.ranks)) / np.sqrt(len(walk.ranks)) if walk.ranks else 0
    shares = (figures.success_at_1, figures.success_at_5, figures.success_at_5_all, figures.gini_of_offers)
    mean = f"{figures.mrr or 0:.3f} ± {error:.3f}"
    return " | ".join([mean, *("-" if share is None else f"{share:.3f}" for share in shares)])


def show_fit(histories: Mapping[str, tuple[History, Floats]], choices: Mapping[str, Sequence[Choice]]) -> None:
    """The two lines of routing/ranking.py."""
    rows: list[Floats] = []

    def watch(_question: Asked, signs: Signs, _weights: Floats) -> None:
        rows.append(signs.signs[signs.answers > 0])

    for history in histories.values():
        Replay(*history, Learner(), watch).run()
    print("SPREADS", np.concatenate(rows).std(axis=0).round(2).tolist())
    everything = [choice for theirs in choices.values() for choice in theirs]
    print("WEIGHTS", fit(everything, PLAIN, LOOSELY, steps=30).round(2).tolist())


if __name__ == "__main__":
    main()
