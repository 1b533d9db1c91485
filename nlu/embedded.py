"""The embedded engine: an intent model of our own in this process, for German and English in one.

Trained at first start within seconds from the training files, kept under a fingerprint of files and code,
loaded in well under a second later, trained again when either changed or the stored model is damaged. Reading
runs in a worker thread and on one numeric thread, so the event loop stays free and small machines do not spin.

Raises: SettingsInvalid when the training files are wrong. Reading does not fail on any text.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from threadpoolctl import threadpool_limits

from desk.classifying import TextToRead
from desk.errors import SettingsInvalid
from desk.reading import Reading
from nlu.intent_model import IntentModel
from nlu.model_store import fingerprint, stored_model
from nlu.reading import Rules, texts_to_score
from nlu.sentence_vectors import sentence_vectors
from nlu.training_files import TrainingSet, load_training, training_paths

_ROOT = Path(__file__).resolve().parent.parent


@dataclass(slots=True)
class EmbeddedClassifier:
    """Port `Classifier`, in this process. `trained_seconds` is None when the model was loaded."""

    model: IntentModel
    rules: Rules
    version: str
    trained_seconds: float | None = None
    name: str = "embedded"

    @classmethod
    async def load_or_train(cls, training: Path | Sequence[Path], cache_dir: Path) -> EmbeddedClassifier:
        """The engine for these files or folders, from `cache_dir` when it is there."""
        threadpool_limits(limits=1)
        sources = [training] if isinstance(training, Path) else list(training)
        paths, learned, rules = await asyncio.to_thread(_learn_rules, sources)
        # Now and not at the first message, which must not wait for it.
        encoder = asyncio.create_task(asyncio.to_thread(sentence_vectors))
        key = await asyncio.to_thread(fingerprint, paths)
        model = await asyncio.to_thread(stored_model, cache_dir, key)
        if model is not None:
            await encoder
            return cls(model, rules, key)
        began = time.monotonic()
        await _train_apart(cache_dir, key, paths)
        model = await asyncio.to_thread(stored_model, cache_dir, key)
        if model is None:
            model = await asyncio.to_thread(_train_here, learned)
        await encoder
        return cls(model, rules, key, time.monotonic() - began)

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        """One reading per message, same order."""
        return await asyncio.to_thread(self.read_now, messages)

    def read_now(self, messages: Sequence[TextToRead]) -> list[Reading]:
        """The same, at once, in the thread of the caller."""
        pieces = [texts_to_score(message) for message in messages]
        scores = iter(self.model.scores([text for piece in pieces for text in piece]))
        readings = []
        for message, piece in zip(messages, pieces, strict=True):
            whole, *further = [next(scores) for _ in piece]
            readings.append(self.rules.reading(message, whole, further, engine=self.name, model=self.version))
        return readings


def _learn_rules(sources: Sequence[Path]) -> tuple[list[Path], TrainingSet, Rules]:
    paths = training_paths(sources)
    training = load_training(paths)
    return paths, training, Rules.learn(training)


def _train_here(training: TrainingSet) -> IntentModel:
    from nlu.intent_training import train_intents  # heavy; only where a process of its own could not be had

    return train_intents(training.utterances)


async def _train_apart(cache_dir: Path, key: str, paths: Sequence[Path]) -> None:
    """Train in a process of its own. Raises SettingsInvalid; any other failure leaves no model behind."""
    found = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": found}
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "nlu.train_command", str(cache_dir), key, *map(str, paths)),
            env={**os.environ, **one_thread},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError:
        return
    try:
        _, said = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode == 2:
        raise SettingsInvalid(said.decode(errors="replace").strip())
