"""`zuruf bench read`: whole readings against the floor, which is the sentence encoder alone, as its package brings it.

A reading needs at least one vector of its text, so that is the measure: the same texts, in the same run, on the same
one thread, the two by turns, so that what else the machine does slows both alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from app.nlu_files import TRAINING
from app.settings import Settings
from desk.classifying import TextToRead
from desk.errors import SettingsInvalid
from nlu.embedded import EmbeddedClassifier
from nlu.evaluation import BATCH
from nlu.sentence_vectors import sentence_vectors
from nlu.training_files import load_training

_WARM_UP = 3
_ROUNDS = 5
"""Of each kind; of batches the quickest round counts, since whatever disturbs makes them slower and nothing quicker."""


@dataclass(frozen=True, slots=True)
class ReadingFigures:
    """`ratio` is of the rates in batches of 64, `latency_ratio` of the medians of single messages; milliseconds."""

    messages: int
    messages_per_second: float
    floor_messages_per_second: float
    ratio: float
    latency_ms_p50: float
    latency_ms_p99: float
    floor_latency_ms_p50: float
    floor_latency_ms_p99: float
    latency_ratio: float

    def as_dict(self) -> dict[str, float]:
        """Names and values."""
        return asdict(self)


async def bench_reading(settings: Settings, sources: Sequence[Path], *, most: int) -> ReadingFigures:
    """The embedded engine in service reads at most so many of the texts in `sources`.

    Raises SettingsInvalid for wrong files, and for files without texts.
    """
    texts = [utterance.text for utterance in load_training(sources).utterances]
    if not texts:
        named = ", ".join(str(source) for source in sources)
        raise SettingsInvalid(f"{named}: no texts to read; name a file with examples")
    engine = await EmbeddedClassifier.load_or_train(TRAINING, settings.data_dir / "models")
    chosen = [str(text) for text in np.random.default_rng(1).permutation(texts)[:most]]
    return _measured(chosen, reading=_reads(engine), floor=lambda some: sentence_vectors().as_packaged(some))


def _reads(engine: EmbeddedClassifier) -> Callable[[Sequence[str]], object]:
    return lambda texts: engine.read_now([TextToRead(text) for text in texts])


def _measured(
    texts: Sequence[str], *, reading: Callable[[Sequence[str]], object], floor: Callable[[Sequence[str]], object]
) -> ReadingFigures:
    sides = (reading, floor)
    for _ in range(_WARM_UP):
        for side in sides:
            _seconds(side, texts[:BATCH])
    rounds = [[sum(_seconds(side, batch) for batch in _batches(texts)) for side in sides] for _ in range(_ROUNDS)]
    quickest = np.min(rounds, axis=0)
    single = np.array([[_seconds(side, [text]) for side in sides] for text in texts]) * 1000
    (p50, floor_p50), (p99, floor_p99) = np.percentile(single, (50, 99), axis=0)
    rate, floor_rate = len(texts) / quickest
    return ReadingFigures(
        messages=len(texts),
        messages_per_second=float(rate),
        floor_messages_per_second=float(floor_rate),
        ratio=float(rate / floor_rate),
        latency_ms_p50=float(p50),
        latency_ms_p99=float(p99),
        floor_latency_ms_p50=float(floor_p50),
        floor_latency_ms_p99=float(floor_p99),
        latency_ratio=float(p50 / floor_p50),
    )


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[at : at + BATCH] for at in range(0, len(texts), BATCH))


def _seconds(side: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    began = time.perf_counter()
    side(texts)
    return time.perf_counter() - began
