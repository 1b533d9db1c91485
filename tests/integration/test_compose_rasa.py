"""Rasa's command in docker-compose.yml and the Dockerfile runs as written, in Rasa's own environment."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest

from nlu import rasa_project
from tests.architecture.compose import stages
from tests.architecture.tree import ROOT
from tests.integration.like_compose import Compose, Ports, wait_until_healthy
from tests.places import free_port

pytestmark = pytest.mark.rasa

START_SECONDS = 180
TRAINING = """version: "3.1"
nlu:
- intent: refund
  examples: |
    - I want my money back
    - please refund me
- intent: delivery_status
  examples: |
    - where is my parcel
    - has my parcel been sent
"""
CONFIG = """recipe: default.v1
language: en
pipeline:
- name: nlu.training.components.mending_tokenizer.MendingTokenizer
- name: nlu.training.components.sentence_vector_featurizer.SentenceVectorFeaturizer
  alias: sense
- name: nlu.training.components.intent_diet.IntentDiet
  epochs: 10
  run_eagerly: true
"""


@pytest.fixture(scope="module")
def rasa() -> Path:
    """Rasa's program, installed when it is missing."""
    try:
        return rasa_project.install()
    except rasa_project.RasaMissing as error:
        pytest.skip(str(error))


def test_rasa_becomes_healthy_and_reads(rasa: Path, tmp_path: Path) -> None:
    (tmp_path / "data.yml").write_text(TRAINING)
    (tmp_path / "config.yml").write_text(CONFIG)
    rasa_project.train(
        rasa,
        data=[tmp_path / "data.yml"],
        config=tmp_path / "config.yml",
        domain=None,
        models=tmp_path / "models",
    )
    for source, place in stages()["rasa"].copies:
        target = tmp_path / place / ("" if (ROOT / source).is_dir() else Path(source).name)
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        target.parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / source, target)
    before = set(tmp_path.rglob("*"))
    compose = Compose(Ports(free_port(), free_port(), free_port()), tree=tmp_path, data=tmp_path)
    environment = compose.environment("rasa", path=[rasa.parent])
    process = subprocess.Popen(
        compose.command("rasa"), cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_healthy(compose.health_command("rasa"), environment, START_SECONDS)
        question = urllib.request.Request(
            f"http://127.0.0.1:{compose.ports.rasa}/model/parse", json.dumps({"text": "where is my parcel"}).encode()
        )
        with urllib.request.urlopen(question, timeout=10) as answer:
            assert json.load(answer)["intent"]["name"] == "delivery_status"
    finally:
        process.terminate()
        process.wait(30)
    assert set(tmp_path.rglob("*")) == before, "the image's root is read-only"
