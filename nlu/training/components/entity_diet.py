"""DIET for entities, which keeps quiet where nothing is marked.

Rasa's DIETClassifier fails when it shall learn entities alone and no example has any; a brand's files may have none.
Examples without entities teach what is none; more of them than AS_MANY for each with one only cost time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.training.components.light_diet import LightDiet
from nlu.training.components.mending_tokenizer import HURRIED_OF

AS_MANY = 1
_SEED = 42


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class EntityDiet(LightDiet):
    """Options are DIETClassifier's."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Entities only."""
        return {
            **DIETClassifier.get_default_config(),
            "intent_classification": False,
            "entity_recognition": True,
            "evaluate_on_number_of_examples": 0,
        }

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples with entities and some without; from none when none has any."""
        shown = picked(training_data)
        return super().train(TrainingData(shown)) if shown else self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds what it finds; untrained, it finds nothing."""
        return super().process(messages) if self.model is not None else messages


def picked(training_data: TrainingData) -> list[Message]:
    """The examples to learn entities from: those with any and some without; none where none has any."""
    marked = [m for m in training_data.nlu_examples if m.get(TEXT) and m.get(ENTITIES)]
    plain = [m for m in training_data.nlu_examples if m.get(TEXT) and not (m.get(ENTITIES) or m.get(HURRIED_OF))]
    some = np.random.default_rng(_SEED).permutation(len(plain))[: AS_MANY * len(marked)]
    return [*marked, *(plain[at] for at in some)]
