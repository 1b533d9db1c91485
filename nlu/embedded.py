"""The embedded engine: an intent model of our own in this process, for German and English in one.

Trained at first start within seconds from the training files, kept under a fingerprint of files and code,
loaded in well under a second later, trained again when either changed or the stored model is damaged. Another model,
such as one that learned from corrections, takes over between two batches; nothing waits for it. Reading
runs in a worker thread and on one numeric thread, so the event loop stays free and small machines do not spin.

Raises: SettingsInvalid when the training files are wrong. Reading does not fail on any text.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from threadpoolctl import threadpool_limits

from desk.classifying import TextToRead
from desk.reading import Reading
from nlu.intent_model import IntentModel
from nlu.making import made_model
from nlu.material import Material, material_of, with_learned
from nlu.model_store import stored_model
from nlu.reading import Rules, texts_to_score
from nlu.sentence_vectors import sentence_vectors
from nlu.service_note import noted_service
from nlu.training_apart import ModelNotMade, TrainingEnded
from nlu.training_files import load_training


@dataclass(slots=True)
class EmbeddedClassifier:
    """Port `Classifier`, in this process. `trained_seconds` is None when the model was loaded."""

    model: IntentModel
    rules: Rules
    version: str
    trained_seconds: float | None = None
    name: str = "embedded"
    _changing: Lock = field(default_factory=Lock, repr=False, compare=False)

    @classmethod
    async def load_or_train(cls, training: Path | Sequence[Path], cache_dir: Path) -> EmbeddedClassifier:
        """The engine for these files or folders: the model last in service for them, else that of the files alone."""
        threadpool_limits(limits=1)
        sources = [training] if isinstance(training, Path) else list(training)
        material = await asyncio.to_thread(material_of, sources)
        # Side by side, since at the first start both the model and the rules' moods are trained, each for a minute.
        serving = asyncio.create_task(_in_service(material, cache_dir))
        try:
            rules = await asyncio.to_thread(lambda: Rules.learn(load_training(material.paths)))
            # Now and not at the first message, which must not wait for it.
            await asyncio.to_thread(sentence_vectors)
        except BaseException:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            raise
        model, version, seconds = await serving
        return cls(model, rules, version, seconds)

    def change_model(self, model: IntentModel, version: str) -> None:
        """From the next batch on, this model reads. The rules stay: corrections do not touch them."""
        with self._changing:
            self.model, self.version = model, version

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        """One reading per message, same order."""
        return await asyncio.to_thread(self.read_now, messages)

    def read_now(self, messages: Sequence[TextToRead]) -> list[Reading]:
        """The same, at once, in the thread of the caller."""
        with self._changing:
            model, version = self.model, self.version
        pieces = [texts_to_score(message) for message in messages]
        scores = iter(model.scores([text for piece in pieces for text in piece]))
        of_each = [[next(scores) for _ in piece] for piece in pieces]
        return self.rules.readings(messages, of_each, engine=self.name, model=version)


async def _in_service(material: Material, folder: Path) -> tuple[IntentModel, str, float | None]:
    """The model last in service for these files, else that of the files alone; its version, the seconds of training."""
    noted = noted_service(folder, base=material.base)
    model = await asyncio.to_thread(stored_model, folder, noted) if noted else None
    if model is not None:
        return model, noted or material.version, None
    model, seconds = await _made(material, folder)
    return model, material.version, seconds


async def _made(material: Material, folder: Path) -> tuple[IntentModel, float | None]:
    """The model; trained in this process where a process of its own could not be had."""
    try:
        return await made_model(material, folder)
    except TrainingEnded:
        raise
    except ModelNotMade:
        return await asyncio.to_thread(_train_here, material)


def _train_here(material: Material) -> tuple[IntentModel, float | None]:
    from nlu.intent_training import train_intents  # heavy; rarely needed here

    began = time.monotonic()
    model = train_intents(with_learned(load_training(material.paths).utterances, material.learned))
    return model, time.monotonic() - began
