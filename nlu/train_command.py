"""Trains the embedded engine's model in a process of its own: `python -m nlu.train_command CACHE VERSION FILE ...`.

A process of its own, so that the heavy libraries of training leave memory with it and the event loop of the desk
stays free. Standard input: corrected texts to learn too, as Material.as_lines writes them. Exit status 2 and one line
on standard error: the training files are wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desk.errors import SettingsInvalid
from nlu.intent_training import train_intents
from nlu.material import utterances_in, with_learned
from nlu.model_store import store_model
from nlu.training_files import load_training


def main(arguments: list[str]) -> int:
    """Train on the files named and on standard input; store the model under its version."""
    cache, version, *files = arguments
    learned = utterances_in(sys.stdin.buffer.read().decode("utf-8").split("\n"))
    try:
        training = load_training([Path(file) for file in files])
        store_model(Path(cache), version, train_intents(with_learned(training.utterances, learned)))
    except SettingsInvalid as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
