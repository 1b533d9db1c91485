"""The classifiers that run in this process keep the contract: the embedded engine, alone and behind the fallback."""

from __future__ import annotations

from pathlib import Path

import pytest_asyncio

from nlu.embedded import EmbeddedClassifier
from nlu.fallback import FirstThatAnswers
from tests.contract.classifier_contract import ClassifierContract

TRAINING = Path(__file__).parents[2] / "nlu" / "training" / "data"


@pytest_asyncio.fixture(scope="session")
async def classifier(models: Path) -> EmbeddedClassifier:
    """The embedded engine, trained on our own files once for the run."""
    return await EmbeddedClassifier.load_or_train(TRAINING, models)


class TestEmbedded(ClassifierContract):
    """The embedded engine."""


class TestBehindTheFallback(ClassifierContract):
    """The same behind FirstThatAnswers: readings pass through unchanged."""

    @pytest_asyncio.fixture(scope="session")
    async def classifier(self, classifier: EmbeddedClassifier) -> FirstThatAnswers:
        fallback = FirstThatAnswers([classifier], timeout=10, language=classifier.rules.language)
        fallback.name = "embedded"
        return fallback
