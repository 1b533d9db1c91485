"""What Rasa's components have in common that act on training data alone: messages to be read pass as they are."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message


class OnlyInTraining(GraphComponent):  # type: ignore[misc]
    """To be inherited from: it is no component by itself."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OnlyInTraining:
        """A new one."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Does nothing."""
        return messages
