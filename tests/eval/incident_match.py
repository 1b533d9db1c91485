"""How well new questions are held to a known incident: `python -m tests.eval.incident_match`.

Each told event (data/events/care.txt, ours) becomes an incident with so many of its texts as examples. Its other texts
should follow; those of all other events, and questions of any day that the models are trained on, should not.
Readings by the embedded engine. Thresholds were chosen on the tuning half; the other half is to report. Some questions
of any day truly say the same ("the internet is down"), so their column counts a little too much against us.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from desk.classifying import TextToRead
from desk.incident import IncidentId
from desk.reading import Reading
from nlu.embedded import EmbeddedClassifier
from nlu.sentence_vectors import sentence_vectors
from routing.incident_match import Portrait, Verdict, most_alike
from tests.eval.told_events import EVENTS, TRAINING, Half, events_of, questions

EXAMPLES = (4, 10, 15)
DRAWS = 6
ORDINARY = 600
SEED = 11

Read = tuple[NDArray[np.float32], Reading]


async def main() -> None:
    """Prints the table."""
    with TemporaryDirectory() as folder:
        engine = await EmbeddedClassifier.load_or_train(TRAINING, Path(folder))
        ordinary = random.Random(SEED).sample(questions(), ORDINARY)
        others = await _read(engine, ordinary)
        print(f"{'half':9} {'examples':>8} | {'same':>6} {'asked':>6} {'neither':>7} | "
              f"{'other events: same':>18} {'asked':>6} | {'any day: same':>13} {'asked':>6}")  # fmt: skip
        for half in Half:
            told = {name: await _read(engine, texts) for name, texts in events_of(EVENTS / "care.txt", half).items()}
            for count in EXAMPLES:
                _report(half, count, told, others)


async def _read(engine: EmbeddedClassifier, texts: Sequence[str]) -> list[Read]:
    vectors = sentence_vectors().of(texts)
    return list(zip(vectors, await engine.read([TextToRead(text) for text in texts]), strict=True))


def _report(half: Half, count: int, told: Mapping[str, Sequence[Read]], ordinary: Sequence[Read]) -> None:
    dice = random.Random(SEED)
    own: Counter[Verdict] = Counter()
    other: Counter[Verdict] = Counter()
    any_day: Counter[Verdict] = Counter()
    for name, texts in told.items():
        for _draw in range(DRAWS):
            drawn = dice.sample(list(texts), len(texts))
            portrait = _portrait(drawn[:count])
            own.update(_verdict(one, portrait) for one in drawn[count:])
            other.update(_verdict(one, portrait) for rest, them in told.items() if rest != name for one in them)
            any_day.update(_verdict(one, portrait) for one in ordinary)
    print(f"{half.name.lower():9} {count:8} | {_share(own, Verdict.SAME):6} {_share(own, Verdict.MAYBE):6} "
          f"{_share(own, Verdict.OTHER):>7} | {_share(other, Verdict.SAME):>18} {_share(other, Verdict.MAYBE):>6} | "
          f"{_share(any_day, Verdict.SAME):>13} {_share(any_day, Verdict.MAYBE):>6}")  # fmt: skip


def _portrait(examples: Sequence[Read]) -> Portrait:
    """The topic is what most of them are read as, when that is more than half."""
    [(intent, times)] = Counter(reading.intent for _vector, reading in examples).most_common(1)
    topic = intent if times * 2 > len(examples) else None
    return Portrait(IncidentId(1), topic, np.stack([vector for vector, _reading in examples]))


def _verdict(one: Read, portrait: Portrait) -> Verdict:
    vector, reading = one
    found = most_alike(vector, [portrait], intents=(reading.intent, *reading.also), certain=reading.certain)
    return found.verdict if found else Verdict.OTHER


def _share(counts: Counter[Verdict], verdict: Verdict) -> str:
    return f"{100 * counts[verdict] / max(1, counts.total()):.1f} %"


if __name__ == "__main__":
    asyncio.run(main())
