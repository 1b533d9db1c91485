"""Trains the embedded engine's model in a process of its own: `python -m nlu.train_command CACHE KEY FILE ...`.

A process of its own, so that the heavy libraries of training leave memory with it and the event loop of the desk
stays free. Exit status 2 and one line on standard error: the training files are wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desk.errors import SettingsInvalid
from nlu.intent_training import train_intents
from nlu.model_store import store_model
from nlu.training_files import load_training


def main(arguments: list[str]) -> int:
    """Train on the files named and store the model under its key."""
    cache, key, *files = arguments
    try:
        training = load_training([Path(file) for file in files])
        store_model(Path(cache), key, train_intents(training.utterances))
    except SettingsInvalid as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
