"""DIET for intents: fast, since it looks at whole sentences only, and honest, since it was asked about unseen texts.

Rasa's DIETClassifier without transformer layers guesses by sentence features alone, but drags every word's features
through training. Here each message is shown with one empty word instead, which leaves the guesses as they are. Rasa is
given one text of each label, to make the network and all that is stored with it; it learns from tables of all texts
(text_tables.py), which spares time and memory.

Training is done twice: on a part of the texts first (parting.py), whose guesses on those held out teach the calibration
(see calibration.py), then on all. Answers carry calibrated confidences, and under SCOPE what the gate says:
`{"strangeness": 0 to 1, "abstain": bool, "certain": bool}`.

Deterministic for one `random_seed`, as far as TensorFlow is.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import dump_obj_as_json_to_file, read_json_file
from scipy.sparse import coo_matrix
from tensorflow.keras.backend import clear_session

from nlu.sentence_vectors import WIDTH
from nlu.training.components.calibration import Calibration, Floats, Seen, fitted, uncalibrated
from nlu.training.components.light_diet import LightDiet
from nlu.training.components.lightener import give_back_memory
from nlu.training.components.mending_tokenizer import HURRIED_OF
from nlu.training.components.nearest import Nearest
from nlu.training.components.parting import OUT_OF_SCOPE, nearest_from, parted
from nlu.training.components.settling_diet import SettlingDiet
from nlu.training.components.text_tables import TextTables

SCOPE = "scope"
_RANKED = 10
_BATCH = 256
_LEAST_HELD_OUT = 30
_CALIBRATION = "calibration.json"
_VECTORS = "vectors.npy"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentDiet(LightDiet):
    """Options are DIETClassifier's, and `sense`: the alias of the featurizer whose vectors tell what is near."""

    calibration: Calibration = uncalibrated()
    _nearest: Nearest | None = None
    _rehearsing = False
    _shown: TextTables | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No words, no entities; the rest as measured (docs/adr)."""
        return {
            **DIETClassifier.get_default_config(),
            "entity_recognition": False,
            "number_of_transformer_layers": 0,
            "evaluate_on_number_of_examples": 0,
            "ranking_length": 0,
            "sense": "sense",
        }

    @staticmethod
    def model_class() -> type[SettlingDiet]:
        """The network to learn with."""
        return SettlingDiet

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from a part, calibrates by the rest, learns from all; stores the model."""
        examples = [m for m in training_data.nlu_examples if m.get(TOKENS_NAMES[TEXT]) and m.get(INTENT)]
        if not examples:
            return self._resource
        originals = [m for m in examples if not m.get(HURRIED_OF)]
        shown, held_out = parted(originals, int(self.component_config.get("random_seed") or 0))
        if len(held_out) >= _LEAST_HELD_OUT:
            unseen = {m.get(TEXT) for m in held_out}
            shown += [m for m in examples if m.get(HURRIED_OF) and m.get(HURRIED_OF) not in unseen]
            self._rehearsing = True
            self._learn(shown)
            self._rehearsing = False
            self._nearest = self._near(shown)
            self.calibration = self._calibrated(held_out)
            self._forget()
        self._nearest = self._near(originals)
        return self._learn(examples)

    def _learn(self, examples: list[Message]) -> Resource:
        """Makes a new network and lets it learn from the examples."""
        firsts = TrainingData(list({m.get(INTENT): m for m in reversed(examples)}.values()))
        number = self._label_id_index_mapping(firsts, INTENT)
        featurizers = self.component_config["featurizers"]
        self._shown = TextTables.of(examples, [number[m.get(INTENT)] for m in examples], featurizers)
        resource = super().train(firsts)
        self._shown = None
        return resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Gives each message its intent, the ranking and the gate's word."""
        for message in messages:
            intent, ranking, scope = self._guessed(message)
            message.set(INTENT, intent, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            if scope is not None:
                message.set(SCOPE, scope, add_to_output=True)
        return messages

    def persist(self) -> None:
        """Stores the network, the calibration and the vectors of the examples."""
        if self._rehearsing or self.model is None:
            return
        super().persist()
        with self._model_storage.write_to(self._resource) as folder:
            dump_obj_as_json_to_file(folder / _CALIBRATION, self.calibration.as_json())
            if self._nearest is not None:
                np.save(folder / _VECTORS, self._nearest.vectors.astype(np.float16))

    @classmethod
    def _load(
        cls,
        model_path: Path,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentDiet:
        loaded: IntentDiet = super()._load(model_path, config, model_storage, resource, execution_context)
        loaded.calibration = Calibration(**read_json_file(model_path / _CALIBRATION))
        if (model_path / _VECTORS).exists():
            loaded._nearest = Nearest(np.load(model_path / _VECTORS, allow_pickle=False).astype(np.float32))
        return loaded

    def _instantiate_model_class(self, model_data: Any) -> Any:
        model = super()._instantiate_model_class(model_data)
        model.shown = self._shown
        return model

    def _check_labels_features_exist(self, labels_example: list[Message], attribute: str) -> bool:
        # Features of its name would squeeze all labels through `dense_dimension` numbers; without, each has its own.
        return False

    def _create_model_data(self, training_data: list[Message], *args: Any, **kwargs: Any) -> Any:
        return super()._create_model_data([_whole(message) for message in training_data], *args, **kwargs)

    def _calibrated(self, held_out: list[Message]) -> Calibration:
        number = {label: at for at, label in self.index_label_id_mapping.items()}
        asked = [m for m in held_out if m.get(INTENT) in number]
        truth = np.array([number[m.get(INTENT)] for m in asked], dtype=np.int64)
        return fitted(self._seen(asked), truth, self._in_scope())

    def _guessed(self, message: Message) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any] | None]:
        if self.model is None or not message.get(TOKENS_NAMES[TEXT]):
            return {"name": None, "confidence": 0.0}, [], None
        seen, in_scope = self._seen([message]), self._in_scope()
        confidences = self.calibration.confidences(seen.probabilities)[0]
        strangeness = float(self.calibration.strangeness(seen, in_scope)[0])
        best = np.argsort(-confidences)[:_RANKED]
        ranking = [{"name": self.index_label_id_mapping[at], "confidence": float(confidences[at])} for at in best]
        surest = float(confidences[in_scope].max()) if in_scope.any() else 0.0
        scope = {
            "strangeness": strangeness,
            "abstain": strangeness > self.calibration.abstain_above,
            "certain": surest >= self.calibration.sure_from,
        }
        return dict(ranking[0]), ranking, scope

    def _forget(self) -> None:
        """Lets go of the first network at once, or its graph would stay in memory beside the second's."""
        self.model = None
        clear_session()
        give_back_memory()

    def _in_scope(self) -> NDArray[np.bool_]:
        labels = [self.index_label_id_mapping[at] for at in range(len(self.index_label_id_mapping))]
        return np.array([label != OUT_OF_SCOPE for label in labels])

    def _seen(self, messages: list[Message]) -> Seen:
        parts = [messages[at : at + _BATCH] for at in range(0, len(messages), _BATCH)]
        scores = [np.reshape(self._predict_together(part), (len(part), -1)) for part in parts]
        lengths = np.array([len(m.get(TOKENS_NAMES[TEXT]) or ()) for m in messages], dtype=np.float32)
        return Seen(np.concatenate(scores).astype(np.float64), self._nearness(messages), lengths)

    def _predict_together(self, messages: list[Message]) -> Floats:
        model: Any = self.model  # asked only once it is trained
        data = self._create_model_data(messages, training=False)
        return np.asarray(model.run_inference(data, batch_size=len(messages))["i_scores"])

    def _nearness(self, messages: list[Message]) -> Floats:
        """The cosine to the nearest example in scope; 0 without vectors."""
        own = self._sense_of(messages)
        if own is None or self._nearest is None:
            return np.zeros(len(messages), dtype=np.float32)
        return self._nearest.cosines(own)

    def _near(self, examples: list[Message]) -> Nearest | None:
        """What messages are compared with: the examples in scope, as far as they have vectors."""
        vectors = self._sense_of(nearest_from(examples))
        return None if vectors is None else Nearest(vectors)

    def _sense_of(self, messages: list[Message]) -> Floats | None:
        """Unit vectors of the messages by the featurizer named in `sense`; None when it gave none."""
        found = [m.get_dense_features(TEXT, [self.component_config["sense"]])[1] for m in messages]
        if not found or any(one is None for one in found):
            return None
        rows = np.concatenate([one.features[:, :WIDTH] for one in found]).astype(np.float32)
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)


def _whole(message: Message) -> Message:
    """The message as one sentence: its sentence features, and one word of which nothing is known."""
    kept: list[Features] = []
    for features in message.features:
        if features.attribute == TEXT and features.type == FEATURE_TYPE_SENTENCE:
            empty = _nothing(features.features.shape[-1], features.is_sparse())
            kept += [features, Features(empty, FEATURE_TYPE_SEQUENCE, TEXT, features.origin)]
    known = {key: message.get(key) for key in (TEXT, INTENT) if message.get(key) is not None}
    return Message(data=known, features=kept)


@cache
def _nothing(width: int, sparse: bool) -> Any:
    """Features of nothing. Sparse ones of any width become as many numbers: one column is the least to be learned."""
    return coo_matrix((1, 1), dtype=np.float32) if sparse else np.zeros((1, width), dtype=np.float32)
