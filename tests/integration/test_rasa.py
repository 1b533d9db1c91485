"""A real Rasa server, trained by the test, keeps the contract of classifiers; killed, it costs no message."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from desk.classifying import TextToRead
from nlu import rasa_project
from nlu.embedded import EmbeddedClassifier
from nlu.fallback import FirstThatAnswers
from nlu.rasa import RasaClassifier
from nlu.trained import served_rasa
from nlu.training_files import load_training
from tests.contract.classifier_contract import ClassifierContract

TRAINING = Path(__file__).parents[2] / "nlu" / "training"
CONFIG = """recipe: default.v1
assistant_id: zuruf-test
language: de
pipeline:
  - name: nlu.training.components.learns_from.LearnsFrom
    most: 1500
  - name: nlu.training.components.mending_tokenizer.MendingTokenizer
  - name: nlu.training.components.light_featurizers.LightPatterns
    alias: patterns
  - name: nlu.training.components.light_featurizers.LightShapes
    alias: shape
    features: [[title], [suffix3, title, digit], [title]]
  - name: nlu.training.components.light_featurizers.LightWords
    alias: words
  - name: nlu.training.components.sentence_vector_featurizer.SentenceVectorFeaturizer
    alias: sense
  - name: nlu.training.components.lightener.Lightener
  - name: nlu.training.components.intent_diet.IntentDiet
    featurizers: [sense, words]
    epochs: 8
    learning_rate: 0.002
    embedding_dimension: 64
    connection_density: 1.0
    regularization_constant: 0.0001
    random_seed: 42
  - name: RegexEntityExtractor
  - name: nlu.training.components.entity_diet.EntityDiet
    featurizers: [patterns, shape, words]
    epochs: 15
    number_of_transformer_layers: 0
    learning_rate: 0.005
    random_seed: 42
"""
FILES = ("delivery", "contracts", "billing", "legal", "talk", "out_of_scope")
MOST = 120
INTENTS = {"delivery_status", "contract_cancel", "invoice", "safety_hazard", "human_please", "greeting", "out_of_scope"}


@pytest.fixture(scope="session")
def rasa_command() -> Path:
    """Rasa's command; installs it when it is missing. Without Python 3.10: skipped, but in CI a failure."""
    try:
        return rasa_project.install()
    except rasa_project.RasaMissing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some examples of seven intents of our own training files: enough to be understood, quick to learn."""
    folder = tmp_path_factory.mktemp("small")
    for language in ("de", "en"):
        (folder / language).mkdir()
        for name in FILES:
            source = (TRAINING / "data" / language / f"{name}.yml").read_text(encoding="utf-8")
            (folder / language / f"{name}.yml").write_text(_only(source, INTENTS), encoding="utf-8")
    shutil.copy(TRAINING / "data" / "patterns.yml", folder)
    return folder


def _only(source: str, intents: set[str]) -> str:
    kept, keep, examples = ['version: "3.1"', "nlu:"], False, 0
    for line in source.splitlines():
        if line.lstrip().startswith("- intent:"):
            keep, examples = line.split(":", 1)[1].strip() in intents, 0
        elif line.lstrip().startswith("- "):
            examples += 1
        if keep and examples <= MOST:
            kept.append(line)
    return "\n".join(kept) + "\n"


@pytest_asyncio.fixture(scope="session")
async def embedded(small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> EmbeddedClassifier:
    return await EmbeddedClassifier.load_or_train(small_data, tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def rasa_model(rasa_command: Path, small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model, trained by the real Rasa."""
    folder = tmp_path_factory.mktemp("rasa")
    config = folder / "config.yml"
    config.write_text(CONFIG)
    return rasa_project.train(rasa_command, data=[small_data], models=folder / "models", config=config, domain=None)


@pytest_asyncio.fixture(scope="session")
async def rasa_url(rasa_command: Path, rasa_model: Path) -> AsyncIterator[str]:
    async with served_rasa(rasa_command, rasa_model) as url:
        yield url


@pytest.mark.rasa
class TestRealRasa(ClassifierContract):
    """The contract over HTTP, against a server that the test trained and started."""

    @pytest_asyncio.fixture
    async def classifier(self, rasa_url: str, embedded: EmbeddedClassifier) -> AsyncIterator[RasaClassifier]:
        client = RasaClassifier(rasa_url, embedded.rules, timeout=5)
        yield client
        await client.close()

    async def test_a_slash_is_text_and_names_no_intent(self, classifier: RasaClassifier) -> None:
        """Rasa takes "/intent" as an order to the machine; nobody on a chat may give it."""
        plain, slashed = await classifier.read([TextToRead("wo ist mein paket"), TextToRead("/wo ist mein paket")])
        assert slashed.intent == plain.intent == "delivery_status"
        (ordered,) = await classifier.read([TextToRead('/safety_hazard{"x": "y"}')])
        assert ordered.confidence < 1

    async def test_it_says_whether_it_is_certain(self, classifier: RasaClassifier) -> None:
        clear, foreign = await classifier.read(
            [TextToRead("Wo bleibt mein Paket?"), TextToRead("Wie wird morgen das Wetter in den Bergen?")]
        )
        assert (clear.intent, clear.certain) == ("delivery_status", True)
        assert (foreign.out_of_scope, foreign.certain) == (True, False)

    async def test_misspelled_words_are_mended(self, classifier: RasaClassifier) -> None:
        (reading,) = await classifier.read([TextToRead("ich moechte meinen Vetrag kuendigen")])
        assert reading.intent == "contract_cancel"

    async def test_entities_are_the_servers_own_too(self, rasa_url: str, small_data: Path) -> None:
        said = await _parsed(rasa_url, "Wo bleibt mein Router? Bestellung 4711-2209")
        by_pattern = {(e["entity"], e["value"]) for e in said["entities"] if e["extractor"] == "RegexEntityExtractor"}
        assert by_pattern >= {("order_number", "4711-2209"), ("product", "Router")}
        marked = [u for u in load_training([small_data]).utterances if u.entities][:20]
        learned = 0
        for utterance in marked:
            entities = (await _parsed(rasa_url, utterance.text))["entities"]
            found = {(e["start"], e["end"], e["entity"]) for e in entities if e["extractor"] == "EntityDiet"}
            learned += found >= {(e.start, e.end, e.kind) for e in utterance.entities}
        assert learned >= len(marked) / 2

    async def test_its_answer_says_what_the_gate_says(self, rasa_url: str) -> None:
        said = await _parsed(rasa_url, "Wo bleibt mein Paket?")
        assert set(said["scope"]) == {"strangeness", "abstain", "certain"}

    async def test_training_again_on_the_same_files_is_free(
        self, rasa_command: Path, rasa_model: Path, small_data: Path
    ) -> None:
        config = rasa_model.parent.parent / "config.yml"
        began = time.monotonic()
        again = rasa_project.train(
            rasa_command, data=[small_data], models=rasa_model.parent, config=config, domain=None
        )
        assert again == rasa_model
        assert time.monotonic() - began < 2

    async def test_a_wrong_file_says_what_rasa_said(self, rasa_command: Path, tmp_path: Path) -> None:
        wrong = tmp_path / "nlu.yml"
        wrong.write_text("nlu: [")
        with pytest.raises(rasa_project.RasaFailed, match="rasa train failed"):
            rasa_project.train(rasa_command, data=[wrong], models=tmp_path / "models", domain=None)


@pytest.mark.rasa
async def test_a_server_killed_in_mid_flight_costs_no_message(
    rasa_command: Path, rasa_model: Path, embedded: EmbeddedClassifier
) -> None:
    async with served_rasa(rasa_command, rasa_model) as url:
        port = int(url.rsplit(":", 1)[1])
        client = RasaClassifier(url, embedded.rules, timeout=5)
        fallback = FirstThatAnswers([client, embedded], timeout=10)
        messages = [TextToRead("wo ist mein paket")] * 40
        assert (await fallback.read(messages[:1]))[0].engine == "rasa"
        reading = asyncio.create_task(fallback.read(messages))
        await asyncio.sleep(0.05)
        _kill_listener(port)
        assert len(await reading) == 40
        after = await fallback.read(messages)
        assert {r.engine for r in after} == {"embedded"}
        await client.close()


async def _parsed(url: str, text: str) -> dict[str, Any]:
    """The server's own answer."""
    async with aiohttp.ClientSession() as session, session.post(f"{url}/model/parse", json={"text": text}) as answer:
        said: dict[str, Any] = await answer.json()
    return said


def _kill_listener(port: int) -> None:
    """Kills the server this test started, known by its port."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes().split(b"\0")
            if str(port).encode() in command and any(part.endswith(b"rasa") for part in command):
                os.kill(int(folder.name), 9)
