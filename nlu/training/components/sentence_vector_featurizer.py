"""Dense features for Rasa: what a message means, as the vector that the desk itself uses (nlu/sentence_vectors.py).

The sentence's vector is that of the mended text, followed by the sum that the encoder makes it from, which still knows
more of the words. Each word also has such vectors of its own when `words` is set. It is not as it comes: that costs
time and memory, and DIET's sense of a message needs the sentence only.

Units: both vectors are stretched to the square root of their width, so that one number is about 1, as the network's
weights expect; in half precision, which is as exact as the network can use.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.sentence_vectors import WHOLE_WIDTH, WIDTH, sentence_vectors
from nlu.training.components.mending_tokenizer import MENDED

_WIDTHS = np.array([WIDTH, WHOLE_WIDTH - WIDTH])
STRETCH = np.repeat(np.sqrt(_WIDTHS), _WIDTHS).astype(np.float32)
_BATCH = 256


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectorFeaturizer(DenseFeaturizer, GraphComponent):  # type: ignore[misc]
    """Gives every message with a text its vector. Nothing to train; the encoder is the one of this process."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Words must have been split."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Without vectors of single words."""
        return {**DenseFeaturizer.get_default_config(), "words": False}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing can be wrong with it."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectorFeaturizer:
        """A new one. The encoder is loaded here, so that no message waits for it."""
        sentence_vectors()
        return cls(execution_context.node_name, config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features to the messages."""
        for at in range(0, len(messages), _BATCH):
            self._featurize([m for m in messages[at : at + _BATCH] if m.get(TOKENS_NAMES[TEXT])])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to all examples."""
        self.process(training_data.training_examples)
        return training_data

    def _featurize(self, messages: list[Message]) -> None:
        vectors = _stretched([m.get(MENDED) or m.get(TEXT) for m in messages])
        for message, vector in zip(messages, vectors, strict=True):
            self.add_features_to_message(self._of_words(message), vector[None], TEXT, message)

    def _of_words(self, message: Message) -> NDArray[np.float16] | None:
        if not self._config["words"]:
            return None
        return _stretched([token.text for token in message.get(TOKENS_NAMES[TEXT])])


def _stretched(texts: Sequence[str]) -> NDArray[np.float16]:
    return np.asarray(sentence_vectors().whole(texts) * STRETCH, dtype=np.float16)
