"""Lets Rasa learn from a fair share of many examples. Stands before all that looks at them.

Rasa keeps every example's features in memory at once, several times over, and looks at each in every round: 47,000
examples took over 3 GB. Beyond `most`, the last ones of large intents teach little for what they cost. Those of an
intent that stay are drawn by their texts (nlu/fair_share.py), examples with entities first: an entity of which no
example is left would have no pattern and no lookup table either.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.fair_share import fair_share
from nlu.training.components.lightener import give_back_memory
from nlu.training.components.only_in_training import OnlyInTraining


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class LearnsFrom(OnlyInTraining):
    """See the module."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """As many as fit into a few gigabytes."""
        return {"most": 32_000}

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """As many of the examples as there may be; what is no example of an intent stays."""
        everything = training_data.training_examples
        places = [at for at, message in enumerate(everything) if message.get(TEXT) and message.get(INTENT)]
        examples = [everything[at] for at in places]
        marked = {at for at, message in enumerate(examples) if message.get(ENTITIES)}
        kept = fair_share(
            [(one.get(INTENT), one.get(TEXT)) for one in examples], int(self._config["most"]), first=marked
        )
        dropped = set(places) - {places[at] for at in kept}
        # In their place: whoever else holds the examples lets go of the rest, too.
        everything[:] = [message for at, message in enumerate(everything) if at not in dropped]
        give_back_memory()
        return TrainingData(
            everything,
            entity_synonyms=training_data.entity_synonyms,
            regex_features=training_data.regex_features,
            lookup_tables=training_data.lookup_tables,
            responses=training_data.responses,
        )
