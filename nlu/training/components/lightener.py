"""Lets go of what featurizers made and nobody will learn from. Stands behind the last of them.

Rasa's featurizers make features of every word of every example and of its label's name, since they cannot know who
will want them. DIET for intents looks at whole sentences only, DIET for entities at the examples that it picks. The
rest goes before they learn, and so does the encoder.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.sentence_vectors import forget_sentence_vectors
from nlu.training.components.entity_diet import picked


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Lightener(GraphComponent):  # type: ignore[misc]
    """Only for training: messages to be read pass as they are."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Lightener:
        """A new one."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Does nothing."""
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same examples, lighter."""
        in_words = {id(message) for message in picked(training_data)}
        for message in training_data.training_examples:
            every = id(message) in in_words
            message.features = [
                one
                for one in message.features
                if one.attribute == TEXT and (every or one.type == FEATURE_TYPE_SENTENCE)
            ]
        forget_sentence_vectors()
        give_back_memory()
        return training_data


def give_back_memory() -> None:
    """What is free goes to the system at once, where the C library can."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
