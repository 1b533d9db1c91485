"""How well Rasa knows intents: `python -m tests.eval.rasa_intents TRAIN TEST [CONFIG]` prints a line of a table.

Trains a real server on TRAIN and asks it about TEST as it is, with two slips a text, and with ae, oe, ue and ss spelled
out. `zuruf nlu evaluate --engine rasa --train TRAIN --test TEST` makes the same figures without slips by the same code.
Figures in percent; the calibration error of the texts with slips stands behind theirs. Milliseconds are those of whole
readings over HTTP; training is in seconds of the clock, so the machine should be quiet.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from desk.classifying import TextToRead
from nlu.evaluation import BATCH, Quality, ask, quality
from nlu.rasa import RasaClassifier
from nlu.slips import spelled_out, with_slips
from nlu.trained import trained_rasa
from nlu.training_files import Utterance, load_training
from tests.eval.intents import abstaining, percent

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


async def main(train: Path, test: Path, config: Path | None) -> None:
    """The line, under its heading."""
    chance = np.random.default_rng(7)
    asked = load_training([test]).utterances
    async with trained_rasa([train], config=config) as (server, seconds):
        found = await ask(server, asked)
        plain = quality(asked, found.readings, found.latencies, found.rate)
        slipped = await changed(server, asked, lambda text: with_slips(text, 2, chance))
        spelled = await changed(server, asked, spelled_out)
    cells = [
        train.name.split(".")[0],
        percent(plain.accuracy),
        f"{percent(slipped.accuracy)} ({percent(slipped.ece)})",
        percent(spelled.accuracy),
        abstaining(plain),
        percent(plain.in_scope_kept),
        percent(plain.ece),
        f"{plain.messages_per_second:.0f}",
        f"{plain.latency_ms_p50:.1f} / {plain.latency_ms_p99:.1f}",
        f"{seconds:.0f}",
    ]
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    print("| " + " | ".join(cells) + " |")


async def changed(server: RasaClassifier, asked: Sequence[Utterance], change: Callable[[str], str]) -> Quality:
    """The figures of the same texts, written otherwise."""
    texts = [TextToRead(change(u.text)) for u in asked]
    readings = [r for at in range(0, len(texts), BATCH) for r in await server.read(texts[at : at + BATCH])]
    return quality(asked, readings, [0.0], 0.0)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None))
