"""Rasa's featurizers of words, which keep only what somebody will learn from.

They make features of every word of every example and of its label's name, since they cannot know who will want them.
DIET for entities looks at words, of the examples that it picks; DIET for intents looks at whole sentences, as counts of
words and by their sense. So patterns and shapes are for the picked examples alone, and what counts of words give beyond
their sum is dropped example by example: all of it at once is several times what is kept.

Messages to be read get what they always got. Made for IntentDiet and EntityDiet: IntentDiet's `featurizers` may name
neither patterns nor shapes, and a component that wants more of each example needs Rasa's own featurizers.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.lexical_syntactic_featurizer import LexicalSyntacticFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.regex_featurizer import RegexFeaturizer
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.training.components.entity_diet import picked
from nlu.training.components.lightener import lighten


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LightPatterns(RegexFeaturizer):  # type: ignore[misc]
    """Options are RegexFeaturizer's."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Patterns in the words of the picked examples."""
        self.process(picked(training_data))
        return training_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LightShapes(LexicalSyntacticFeaturizer):  # type: ignore[misc]
    """Options are LexicalSyntacticFeaturizer's."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Shapes of the words of the picked examples."""
        self.process(picked(training_data))
        return training_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LightWords(CountVectorsFeaturizer):  # type: ignore[misc]
    """Options are CountVectorsFeaturizer's."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Counts of words: of every example as a whole, of the picked ones word by word, too."""
        in_words = {id(message) for message in picked(training_data)}
        for message in training_data.training_examples:
            self.process([message])
            lighten(message, every_word=id(message) in in_words)
        return training_data
