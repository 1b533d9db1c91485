"""Trains the embedded engine's model in a process of its own: `python -m nlu.train_command CACHE VERSION FILE ...`.

A process of its own, so that the heavy libraries of training leave memory with it and the event loop of the desk
stays free. Standard input: corrected texts to learn too, as Material.as_lines writes them. One line on standard error
and exit status 2: the training files are wrong; 3: they, or the code, are not those of this version any more.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desk.errors import SettingsInvalid
from nlu.intent_training import train_intents
from nlu.material import Material, utterances_in, with_learned
from nlu.model_store import fingerprint, store_model
from nlu.training_apart import WRONG_FILES, end_when_told
from nlu.training_files import load_training


def main(arguments: list[str]) -> int:
    """Train on the files named and on standard input; store the model under its version."""
    cache, version, *files = arguments
    paths = tuple(Path(file) for file in files)
    learned = utterances_in(sys.stdin.buffer.read().decode("utf-8").split("\n"))
    try:
        model = train_intents(with_learned(load_training(paths).utterances, learned))
    except SettingsInvalid as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_FILES
    if Material(paths, tuple(learned), fingerprint(paths)).version != version:
        sys.stderr.write("training files or code changed while the model was made\n")
        return 3
    store_model(Path(cache), version, model)
    return 0


if __name__ == "__main__":
    end_when_told()
    sys.exit(main(sys.argv[1:]))
