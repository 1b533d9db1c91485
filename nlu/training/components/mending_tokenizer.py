"""Splits a message into words, misspelled ones mended by the words of the training data (nlu/spelling.py).

The words that featurizers see are the mended ones; where they start and end stays as it was written, so entities keep
their places. The whole mended text is left in the message as MENDED, for the sentence vectors.

In training, a share of the examples (`hurried`, of many about `most_hurried`) is shown once more as hurried people
would type them, since not every slip can be mended. Such a copy names its original under HURRIED_OF. Examples with
entities have none: slips would move them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import dump_obj_as_json_to_file, read_json_file

from nlu.slips import some_hurried
from nlu.spelling import Speller

MENDED = "mended"
HURRIED_OF = "hurried_of"
_SEED = 42
_FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class MendingTokenizer(WhitespaceTokenizer):  # type: ignore[misc]
    """Rasa's own splitting, then our mending. Untrained, it mends nothing."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, speller: Speller | None = None
    ) -> None:
        super().__init__(config)
        self._storage = storage
        self._resource = resource
        self._speller = speller or Speller((), ())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Half of the examples once more, of very many fewer."""
        return {**WhitespaceTokenizer.get_default_config(), "hurried": 0.5, "most_hurried": 8_000}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MendingTokenizer:
        """A new one, to be trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_more: Any,
    ) -> MendingTokenizer:
        """The trained one."""
        with model_storage.read_from(resource) as folder:
            seen = read_json_file(folder / _FILE)
        return cls(config, model_storage, resource, Speller(list(seen), list(seen.values())))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the words of the examples and stores them."""
        self._speller = Speller.learn(message.get(TEXT) or "" for message in training_data.training_examples)
        with self._storage.write_to(self._resource) as folder:
            dump_obj_as_json_to_file(folder / _FILE, dict(zip(self._speller.words, self._speller.seen, strict=True)))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The examples and their hurried copies, split into words."""
        examples = training_data.training_examples
        more = TrainingData(
            [
                *examples,
                *_hurried(examples, self._config["hurried"], self._config["most_hurried"]),
            ],
            entity_synonyms=training_data.entity_synonyms,
            regex_features=training_data.regex_features,
            lookup_tables=training_data.lookup_tables,
            responses=training_data.responses,
        )
        return super().process_training_data(more)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of the message, mended."""
        tokens: list[Token] = super().tokenize(message, attribute)
        if attribute != TEXT:
            return tokens
        message.set(MENDED, self._speller.mended(message.get(TEXT)))
        return [_spelled(token, self._speller.mended(token.text)) for token in tokens]


def _spelled(token: Token, text: str) -> Token:
    """The token with another spelling, standing where it stood."""
    return token if text == token.text else Token(text, token.start, token.end, data=token.data, lemma=text)


def _hurried(examples: list[Message], share: float, most: int) -> list[Message]:
    """Copies with slips of some examples that have an intent and no entities: about `share` of them, of many `most`."""
    intents = {m.get(TEXT): m.get(INTENT) for m in examples if m.get(TEXT) and m.get(INTENT) and not m.get(ENTITIES)}
    copies = some_hurried(intents, min(share, most / max(1, len(intents))), np.random.default_rng(_SEED))
    return [Message({TEXT: copy, INTENT: intents[text], HURRIED_OF: text}) for text, copy in copies]
