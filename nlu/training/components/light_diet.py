"""Rasa's DIETClassifier, loaded with a third of the memory.

Rasa builds the network anew by training it on one example before it reads the weights in. Compiled, as training is,
that step leaves a graph of some 180 MB behind which a server never uses. Here it is done step by step, and only what
answers messages is compiled.
"""

from __future__ import annotations

from typing import Any

from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.utils.tensorflow.constants import RUN_EAGERLY
from rasa.utils.tensorflow.model_data import RasaModelData


class LightDiet(DIETClassifier):  # type: ignore[misc]
    """To be inherited from: it is no component by itself."""

    @classmethod
    def _load_model_class(
        cls,
        tf_model_file: str,
        model_data_example: RasaModelData,
        label_data: RasaModelData,
        entity_tag_specs: list[Any],
        config: dict[str, Any],
        finetune_mode: bool,
    ) -> Any:
        step_by_step = {**config, RUN_EAGERLY: True}
        model = super()._load_model_class(
            tf_model_file, model_data_example, label_data, entity_tag_specs, step_by_step, finetune_mode
        )
        model.run_eagerly = bool(config[RUN_EAGERLY])
        shown = {name: features for name, features in model_data_example.items() if TEXT in name}
        # The first prediction compiles: no message shall wait for it.
        model.run_inference(RasaModelData(label_key=model_data_example.label_key, data=shown))
        return model
