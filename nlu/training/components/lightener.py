"""Lets go of what nobody will learn from. Stands behind the last featurizer.

DIET for intents looks at whole sentences only, DIET for entities at the examples that it picks. What featurizers made
of the other words goes before they learn, and so do the words themselves, of which only their number stays, and the
encoder. Whoever needs words stands before it.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.sentence_vectors import forget_sentence_vectors
from nlu.training.components.entity_diet import picked
from nlu.training.components.mending_tokenizer import MENDED
from nlu.training.components.only_in_training import OnlyInTraining

_A_WORD = Token("", 0)
"""Stands for any: how many there were is all that is asked later."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Lightener(OnlyInTraining):
    """See the module."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same examples, lighter."""
        in_words = {id(message) for message in picked(training_data)}
        for message in training_data.training_examples:
            every_word = id(message) in in_words
            lighten(message, every_word=every_word)
            if not every_word:
                words = message.get(TOKENS_NAMES[TEXT])
                message.data.update({TOKENS_NAMES[TEXT]: [_A_WORD] * len(words or ()), MENDED: None})
        forget_sentence_vectors()
        give_back_memory()
        return training_data


def lighten(message: Message, *, every_word: bool) -> None:
    """Keeps the features of the text as a whole, and those of its words if `every_word` is wanted."""
    message.features = [
        one for one in message.features if one.attribute == TEXT and (every_word or one.type == FEATURE_TYPE_SENTENCE)
    ]


def give_back_memory() -> None:
    """What is free goes to the system at once, where the C library can."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
