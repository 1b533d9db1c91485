"""How good an engine is on test texts, after training on others: the measures behind `zuruf nlu evaluate`.

`accuracy` and `macro_f1` (0 to 1) are taken over the texts in scope, by the best intent in scope, whether or not the
engine abstained; `in_scope_kept` is the share on which it did not. `oos_recall` and `oos_precision` are of
abstaining, where the test set holds `out_of_scope` texts, else null. `ece` is the expected calibration error of those
best intents in 15 bins. Latencies are of whole readings, one at a time, in ms; the rate is in batches of 64.
What the labels of a test say beyond the intent is measured in label_figures.py.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desk.classifying import Classifier, TextToRead
from desk.reading import OUT_OF_SCOPE, Reading
from nlu.training_files import Utterance

BINS = 15
BATCH = 64
_MOST_TIMED = 500
_WARM_UP = 4
"""Batches that do not count, where there are twice as many: what has just begun does much for the first time."""


@dataclass(frozen=True, slots=True)
class IntentFigures:
    """One intent's figures: how many texts, and of them precision, recall and F1 (0 to 1)."""

    intent: str
    texts: int
    precision: float
    recall: float
    f1: float
    taken_for: str
    """The other intent it was most often taken for, or empty."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one evaluation. See the module for their meaning."""

    accuracy: float
    macro_f1: float
    oos_recall: float | None
    oos_precision: float | None
    in_scope_kept: float
    ece: float
    latency_ms_p50: float
    latency_ms_p99: float
    messages_per_second: float
    intents: tuple[IntentFigures, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """The readings of some texts, in order; the milliseconds single ones took, and how many a second in batches."""

    readings: tuple[Reading, ...]
    latencies: tuple[float, ...]
    rate: float


async def measure(engine: Classifier, utterances: Sequence[Utterance]) -> Quality:
    """Read all `utterances` with `engine` and compare. Raises what the engine raises."""
    answers = await ask(engine, utterances)
    return quality(utterances, answers.readings, answers.latencies, answers.rate)


async def ask(engine: Classifier, utterances: Sequence[Utterance]) -> Answers:
    """Read all `utterances`, timed. Raises what the engine raises."""
    # As a first message: with no history of its conversation, which would give the language away.
    texts = [TextToRead(u.text) for u in utterances]
    await engine.read(texts[:1])
    readings: list[Reading] = []
    seconds = []
    for at in range(0, len(texts), BATCH):
        began = time.perf_counter()
        readings += await engine.read(texts[at : at + BATCH])
        seconds.append(time.perf_counter() - began)
    untimed = min(_WARM_UP, len(seconds) // 2)
    rate = len(texts[untimed * BATCH :]) / sum(seconds[untimed:])
    return Answers(tuple(readings), tuple(await _latencies(engine, texts)), rate)


async def _latencies(engine: Classifier, texts: Sequence[TextToRead]) -> list[float]:
    step = max(1, len(texts) // _MOST_TIMED)
    taken = []
    for text in texts[::step][:_MOST_TIMED]:
        began = time.perf_counter()
        await engine.read([text])
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def quality(
    utterances: Sequence[Utterance], readings: Sequence[Reading], latencies: Sequence[float], rate: float
) -> Quality:
    """The figures of readings that were made already."""
    truth = [u.intent for u in utterances]
    guesses = [best_in_scope(reading) for reading in readings]
    inside = [i for i, intent in enumerate(truth) if intent != OUT_OF_SCOPE]
    abstained = [reading.out_of_scope for reading in readings]
    right = [truth[i] == guesses[i][0] for i in inside]
    intents = _per_intent([truth[i] for i in inside], [guesses[i][0] for i in inside])
    outside = len(truth) - len(inside)
    caught = sum(a for a, intent in zip(abstained, truth, strict=True) if intent == OUT_OF_SCOPE)
    return Quality(
        accuracy=_share(sum(right), len(right)),
        macro_f1=_share(sum(f.f1 for f in intents), len(intents)),
        oos_recall=_share(caught, outside) if outside else None,
        oos_precision=_share(caught, sum(abstained)) if outside else None,
        in_scope_kept=_share(sum(not abstained[i] for i in inside), len(inside)),
        ece=calibration_error([guesses[i][1] for i in inside], right),
        latency_ms_p50=float(np.percentile(latencies, 50)),
        latency_ms_p99=float(np.percentile(latencies, 99)),
        messages_per_second=rate,
        intents=intents,
    )


def best_in_scope(reading: Reading) -> tuple[str, float]:
    """The intent the engine would name if it had to, with its probability."""
    if not reading.out_of_scope:
        return reading.intent, reading.confidence
    return (reading.runners_up[0].intent, reading.runners_up[0].confidence) if reading.runners_up else ("", 0.0)


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """The mean gap between confidence and accuracy over BINS bins, weighted by their size."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, hit in zip(confidences, right, strict=True):
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, hit))
    gaps = (abs(sum(c for c, _ in rows) - sum(hit for _, hit in rows)) for rows in bins.values())
    return _share(sum(gaps), len(right))


def _per_intent(truth: Sequence[str], guessed: Sequence[str]) -> tuple[IntentFigures, ...]:
    texts, named = Counter(truth), Counter(guessed)
    hits = Counter(t for t, g in zip(truth, guessed, strict=True) if t == g)
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    for t, g in zip(truth, guessed, strict=True):
        if t != g:
            wrong[t][g] += 1
    figures = []
    for intent in sorted(texts):
        precision, recall = _share(hits[intent], named[intent]), _share(hits[intent], texts[intent])
        f1 = _share(2 * precision * recall, precision + recall)
        mistaken = wrong[intent].most_common(1)
        taken_for = f"{mistaken[0][0]} ({mistaken[0][1]})" if mistaken else ""
        figures.append(IntentFigures(intent, texts[intent], precision, recall, f1, taken_for))
    return tuple(figures)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
