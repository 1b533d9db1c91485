"""`zuruf bench read`: whole readings against the floor, which is the sentence encoder alone, as its package brings it.

A reading needs at least one vector of its text, so that is the measure: the same texts, in the same run, on the same
one thread, batch by batch and text by text in turns, so that what else the machine does slows both alike. A third of
the texts is read in batches of 64, a third one by one. Before, the last third and WARM_UP training texts are read, as a
desk has met most words that it reads; but no text is read twice, since one that is known costs us less than it should.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.nlu_files import TRAINING
from app.settings import Settings
from desk.classifying import TextToRead
from desk.errors import SettingsInvalid
from nlu.embedded import EmbeddedClassifier
from nlu.evaluation import BATCH
from nlu.sentence_vectors import sentence_vectors
from nlu.training_files import load_training

LEAST = 3
WARM_UP = 2000

Side = Callable[[Sequence[str]], object]


@dataclass(frozen=True, slots=True)
class ReadingFigures:
    """`ratio` is of the rates in batches, `latency_ratio` of the medians of single messages; latencies in ms."""

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
    """The embedded engine in service reads at most so many of the texts in `sources`, drawn by chance.

    Raises SettingsInvalid for wrong files, and for files of fewer than LEAST texts.
    """
    texts = [utterance.text for utterance in load_training(sources).utterances]
    if len(texts) < LEAST:
        named = ", ".join(str(source) for source in sources)
        raise SettingsInvalid(f"{named}: {len(texts)} texts, {LEAST} are needed; name a file with more examples")
    engine = await EmbeddedClassifier.load_or_train(TRAINING, settings.data_dir / "models")
    warm_up = _some([utterance.text for utterance in load_training([TRAINING]).utterances], WARM_UP)
    return measured(_some(texts, most), _reads(engine), sentence_vectors().as_packaged, warm_up=warm_up)


def _some(texts: Sequence[str], most: int) -> list[str]:
    return [texts[at] for at in np.random.default_rng(1).permutation(len(texts))[:most]]


def _reads(engine: EmbeddedClassifier) -> Side:
    return lambda texts: engine.read_now([TextToRead(text) for text in texts])


def measured(texts: Sequence[str], reading: Side, floor: Side, *, warm_up: Sequence[str] = ()) -> ReadingFigures:
    """What the two sides need for a third of `texts` in batches, and for a third one by one."""
    third = len(texts) // LEAST
    _seconds([*warm_up, *texts[2 * third :]], BATCH, reading, floor)
    batches = _seconds(texts[:third], BATCH, reading, floor)
    single = _seconds(texts[third : 2 * third], 1, reading, floor) * 1000
    rate, floor_rate = third / batches.sum(axis=0)
    (p50, floor_p50), (p99, floor_p99) = np.percentile(single, (50, 99), axis=0)
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


def _seconds(texts: Sequence[str], size: int, *sides: Side) -> NDArray[np.float64]:
    """What each side needs for each batch of so many: a row a batch, a column a side."""
    batches = [texts[at : at + size] for at in range(0, len(texts), size)]
    return np.array([[_timed(side, batch) for side in sides] for batch in batches])


def _timed(side: Side, texts: Sequence[str]) -> float:
    began = time.perf_counter()
    side(texts)
    return time.perf_counter() - began
