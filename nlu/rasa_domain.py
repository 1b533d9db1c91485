"""The Rasa project's domain.yml, made from the training files: `python -m nlu.rasa_domain` writes it anew.

It only lists what the files name; a test fails when it is stale.
"""

from __future__ import annotations

from pathlib import Path

from nlu.training_files import TrainingSet, load_training

TRAINING = Path(__file__).resolve().parent / "training"


def domain_text(training: TrainingSet) -> str:
    """The domain of these files as YAML."""
    entities = sorted({e.kind for u in training.utterances for e in u.entities} | set(training.lookups))
    lines = ['version: "3.1"', "# Made by `python -m nlu.rasa_domain` from data/; do not edit.", "intents:"]
    lines += [f"  - {intent}" for intent in training.intents]
    if entities:
        lines += ["entities:", *(f"  - {entity}" for entity in entities)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (TRAINING / "domain.yml").write_text(domain_text(load_training([TRAINING / "data"])), encoding="utf-8")
