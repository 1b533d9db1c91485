"""How well the embedded engine knows intents: `python -m tests.eval.intents [FOLDER]` prints a table.

First our own training files, in four folds, each read by an engine that learned from the others. With a FOLDER, each
pair NAME.train.yml and NAME.test.yml (or NAME.valid.yml) in it as well. Every test text is read three times: as it
is, with two slips, and with ae, oe, ue and ss spelled out. Figures in percent; the rate and milliseconds are those of
whole readings on one core, so the machine should be quiet. Ten minutes with the three sets we compare by.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from desk.classifying import TextToRead
from desk.reading import Reading
from nlu.embedded import EmbeddedClassifier
from nlu.evaluation import BATCH, Quality, quality
from nlu.intent_training import train_intents
from nlu.reading import Rules
from nlu.slips import spelled_out, with_slips
from nlu.training_files import TrainingSet, Utterance, load_training

OWN = Path(__file__).parents[2] / "nlu" / "training" / "data"
FOLDS = 4
COLUMNS = (
    "set",
    "accuracy",
    "two slips",
    "ae oe ue",
    "abstains rightly",
    "kept",
    "ECE",
    "texts/s",
    "ms p50 / p99",
    "s",
)
Fold = tuple[TrainingSet, list[Utterance]]


def main(folders: Sequence[str]) -> None:
    """The table, a line at a time."""
    threadpool_limits(1)
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    print(row("our own, four folds", list(in_folds(load_training([OWN])))), flush=True)
    for path in sorted(path for folder in folders for path in Path(folder).glob("*.train.yml")):
        name = path.name.removesuffix(".train.yml")
        tests = [path.with_name(f"{name}.{kind}.yml") for kind in ("test", "valid")]
        asked = load_training([test for test in tests if test.exists()]).utterances
        print(row(name, [(load_training([path]), asked)]), flush=True)


def in_folds(whole: TrainingSet) -> Iterator[Fold]:
    """Every utterance is asked once, of an engine that has not seen it."""
    order = np.random.default_rng(1).permutation(len(whole.utterances))
    for fold in range(FOLDS):
        asked = set(order[fold::FOLDS].tolist())
        learned = [u for i, u in enumerate(whole.utterances) if i not in asked]
        yield replace(whole, utterances=learned), [u for i, u in enumerate(whole.utterances) if i in asked]


def row(name: str, folds: Sequence[Fold]) -> str:
    """A line of the table."""
    chance = np.random.default_rng(7)
    asked: list[Utterance] = []
    plain: list[Reading] = []
    slipped: list[Reading] = []
    spelled: list[Reading] = []
    latencies: list[float] = []
    training = reading = 0.0
    for learned, texts in folds:
        began = time.perf_counter()
        engine = EmbeddedClassifier(train_intents(learned.utterances), Rules.learn(learned), "evaluation")
        training += time.perf_counter() - began
        began = time.perf_counter()
        plain += read(engine, [u.text for u in texts])
        reading += time.perf_counter() - began
        slipped += read(engine, [with_slips(u.text, 2, chance) for u in texts])
        spelled += read(engine, [spelled_out(u.text) for u in texts])
        latencies += [milliseconds(engine, u.text) for u in texts[:500]]
        asked += texts
    found = quality(asked, plain, latencies, len(asked) / reading)
    cells = [
        name,
        percent(found.accuracy),
        *(percent(quality(asked, readings, latencies, 1).accuracy) for readings in (slipped, spelled)),
        abstaining(found),
        percent(found.in_scope_kept),
        percent(found.ece),
        f"{found.messages_per_second:,.0f}",
        f"{found.latency_ms_p50:.1f} / {found.latency_ms_p99:.1f}",
        f"{training / len(folds):.0f}",
    ]
    return "| " + " | ".join(cells) + " |"


def read(engine: EmbeddedClassifier, texts: Sequence[str]) -> list[Reading]:
    """All texts, in batches."""
    messages = [TextToRead(text) for text in texts]
    return [r for at in range(0, len(messages), BATCH) for r in engine.read_now(messages[at : at + BATCH])]


def milliseconds(engine: EmbeddedClassifier, text: str) -> float:
    """How long one message alone takes."""
    began = time.perf_counter()
    engine.read_now([TextToRead(text)])
    return (time.perf_counter() - began) * 1000


def percent(share: float) -> str:
    return f"{share * 100:.1f}"


def abstaining(found: Quality) -> str:
    """How many of the out-of-scope texts it abstained from; a dash where there are none."""
    return f"{percent(found.oos_recall)}" if found.oos_recall is not None else "–"


if __name__ == "__main__":
    main(sys.argv[1:])
