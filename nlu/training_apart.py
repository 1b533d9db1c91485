"""What the trainings that run in processes of their own share: their surroundings, and how they end.

Raises: SettingsInvalid when the files are wrong, TrainingEnded when somebody ended the process.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from desk.errors import SettingsInvalid

ROOT = Path(__file__).resolve().parent.parent
WRONG_FILES = 2
"""With this a training ends that has named a wrong file on standard error."""


class ModelNotMade(Exception):
    """The training process failed or could not be started, or its model could not be stored."""


class TrainingEnded(ModelNotMade, SettingsInvalid):
    """A signal ended it. At a start nobody trains in its place: whoever stops a desk, or lacks the memory, is not
    helped by another minute of it. A desk that runs waits before it tries again."""


def surroundings() -> dict[str, str]:
    """The environment: ours, with our code in reach and one numeric thread."""
    found = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": found}


def end_when_told() -> None:
    """Ctrl-C ends this process at once, not when its threads are done: a model is stored whole or not at all."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def last_words(status: int | None, said: bytes) -> str:
    """The last line that a training said on standard error, by which it ended with this exit status."""
    words = said.decode(errors="replace").strip()
    if status == WRONG_FILES:
        raise SettingsInvalid(words)
    if status is not None and status < 0:
        raise TrainingEnded(f"training was ended by signal {-status}; start again, with more memory if nobody did it")
    return words.rpartition("\n")[2]
