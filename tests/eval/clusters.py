"""How well messages that say the same come together, and how fast:
`python -m tests.eval.clusters [--sets F.yml ...] [--seeds N]`, and `python -m tests.eval.clusters choose`.

Measured are streams of events that run at the same time, among questions about something else (told_events.py), of the
half of our events by which nothing was chosen:

    public   what people write in public about disasters and attacks, over five days
    care     what contacts write to the desk in German and English, over two days
    storm    a day in which one of four events is nine tenths of all messages
    many     all of these at once, events told up to six times over, over four days

and of `--sets`, Rasa NLU YAML files: each intent an event. B3 counts the messages about events; a question lying with
them spoils their precision. Beside the whole stand its parts alone: words only, sense only, without merging clusters,
with nothing but hashed copies (a message joins what has the same words). Speed is per second of the processor, the
vectors ready.

`choose` looks for weights on the other half, from where they are now: a step at random is kept if it is better.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from statistics import mean
from time import process_time

import yaml
from threadpoolctl import threadpool_limits

from desk.conversation import MessageId
from nlu.sentence_vectors import sentence_vectors
from routing.b3 import B3, b3
from routing.cluster import Told
from routing.cluster_usual import Floats
from routing.cluster_weights import WEIGHTS, Weights
from routing.cluster_words import terms
from routing.clusters import Clusterer
from tests.eval.told_events import EVENTS, Half, events_of, stream
from tests.eval.told_events import Told as TellsOf

Messages = Sequence[TellsOf]
Way = Callable[[Messages], list[int]]
_ENCODED_AT_ONCE = 64
_SET_EVENTS, _SET_TEXTS, _SET_DAYS, _SET_QUESTIONS = 12, 40, 3.0, 50
_STEPS, _STEP = 120, 0.2
_NOT_CHOSEN = {"hours_unit", "link", "half_life"}
_WORTH = {"public": 3, "care": 2, "storm": 2, "many": 3}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a way gave on a stream."""

    figures: B3
    messages: int
    seconds: float


def streams(half: Half, seed: int) -> Iterator[tuple[str, Messages]]:
    """Streams of our own events."""
    public, care = (events_of(EVENTS / f"{name}.txt", half) for name in ("public", "care"))
    dice = random.Random(seed)
    yield "public", stream(public, days=5, noise=150, seed=seed)
    yield "care", stream(care, days=2, noise=150, seed=seed)
    some = dice.sample(sorted(care), 4)
    yield "storm", stream({name: care[name] * (9 if name == some[0] else 1) for name in some}, 1, 100, seed)
    everything = {name: texts * dice.choice((1, 2, 6)) for name, texts in {**public, **care}.items()}
    yield "many", stream(everything, days=4, noise=500, seed=seed)


def stream_of(path: Path, seed: int) -> Messages:
    """Some intents of a Rasa NLU file as events."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    intents = {str(one["intent"]): [line[2:] for line in one["examples"].splitlines()] for one in entries}
    dice = random.Random(seed)
    names = dice.sample(sorted(intents.keys() - {"out_of_scope"}), min(_SET_EVENTS, len(intents) - 1))
    some = {name: dice.sample(intents[name], min(_SET_TEXTS, len(intents[name]))) for name in names}
    return stream(some, _SET_DAYS, _SET_QUESTIONS, seed)


@cache
def _vector(text: str) -> Floats:
    return sentence_vectors().of([text])[0]


def clustered(weights: Weights = WEIGHTS, *, words: bool = True, sense: bool = True, merging: bool = True) -> Way:
    """The desk's own way, or a part of it."""

    def way(messages: Messages) -> list[int]:
        kept = weights if words else replace(weights, wording=0.0, shared=0.0)
        clusterer, homes, into = Clusterer(weights=kept), list[int](), dict[int, int]()
        for number, one in enumerate(messages):
            vector = _vector(one.text) if sense else None
            assignment = clusterer.add(Told(MessageId(number), one.at, one.text, "", vector))
            homes.append(int(assignment.cluster_id))
            into |= {int(merge.cluster_id): int(merge.into) for merge in assignment.merged}
        into |= {int(merge.cluster_id): int(merge.into) for merge in clusterer.settle()}
        return [_last(home, into) for home in homes] if merging else homes

    return way


def hashed(messages: Messages) -> list[int]:
    """Copies: the same words, whatever their order and case."""
    homes: dict[frozenset[str], int] = {}
    return [homes.setdefault(frozenset(terms(one.text)), number) for number, one in enumerate(messages)]


def _last(home: int, into: dict[int, int]) -> int:
    while home in into:
        home = into[home]
    return home


def measured(way: Way, messages: Messages) -> Outcome:
    """B3 on the messages about events."""
    started = process_time()
    homes = way(messages)
    seconds = process_time() - started
    labels = [one.label for one in messages]
    counted = [not label.startswith("question ") for label in labels]
    return Outcome(b3(homes, labels, counted), len(messages), seconds)


WAYS: dict[str, Way] = {
    "all": clustered(),
    "words only": clustered(sense=False),
    "sense only": clustered(words=False),
    "unmerged": clustered(merging=False),
    "hashed": hashed,
}


def report(sets: Sequence[Path], seeds: Sequence[int]) -> None:
    """Prints the figures of every stream, the mean over seeds."""
    found: dict[str, list[Messages]] = {}
    for seed in seeds:
        for name, messages in streams(Half.REPORTED, seed):
            found.setdefault(name, []).append(messages)
        for path in sets:
            found.setdefault(path.stem, []).append(stream_of(path, seed))
    print(f"{'':16} {'messages':>8}  precision  recall  {'  '.join(f'{way:>10}' for way in WAYS)}  messages/s")
    for name, runs in found.items():
        for messages in runs:
            for one in messages:
                _vector(one.text)
        results = {way: [measured(run, messages) for messages in runs] for way, run in WAYS.items()}
        whole = results["all"]
        scores = "  ".join(f"{mean(one.figures.f1 for one in each):10.3f}" for each in results.values())
        speed = sum(one.messages for one in whole) / sum(one.seconds for one in whole)
        precision, recall = (mean(getattr(one.figures, what) for one in whole) for what in ("precision", "recall"))
        print(f"{name:16} {mean(map(len, runs)):8.0f}  {precision:9.3f}  {recall:6.3f}  {scores}  {speed:10.0f}")


def choose(seed: int, steps: int) -> None:
    """Prints better weights for the half of events that is for it, as they are found."""
    dice = random.Random(seed)
    tried = [one for number in (seed, seed + 1) for one in streams(Half.TUNING, number)]
    best, weights = 0.0, WEIGHTS
    for step in range(steps):
        names = dice.sample(sorted(asdict(WEIGHTS).keys() - _NOT_CHOSEN), dice.randint(1, 3)) if step else []
        other = replace(weights, **{name: getattr(weights, name) * dice.lognormvariate(0, _STEP) for name in names})
        other = replace(
            other, sense_centroid=min(1.0, other.sense_centroid), mean_taken_off=min(1.0, other.mean_taken_off)
        )
        scores = [(_WORTH[name], measured(clustered(other), messages).figures.f1) for name, messages in tried]
        score = sum(worth * f1 for worth, f1 in scores) / sum(worth for worth, _f1 in scores)
        if score > best:
            best, weights = score, other
            print(f"{step:4} {score:.4f} {weights}", flush=True)


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["report", "choose"], default="report")
    parser.add_argument("--sets", nargs="*", type=Path, default=[])
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--steps", type=int, default=_STEPS)
    given = parser.parse_args()
    with threadpool_limits(1):
        if given.what == "choose":
            choose(1, given.steps)
        else:
            report(given.sets, range(11, 11 + given.seeds))


if __name__ == "__main__":
    main()
