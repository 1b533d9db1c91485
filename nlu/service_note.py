"""A note in the folder of models: which of them was last in service for these files and this code.

The database knows what is in service (table `model_service`). Commands that need no database, and a desk that is still
waiting for it, go by this note; without one, or with one of other files, by the files alone.
A note that cannot be read or written is no error.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

_NAME = "in-service.json"


def note_service(folder: Path, *, base: str, version: str) -> None:
    """Leaves the note, in place of the one before."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"base": base, "version": version}, file)
        Path(scratch).replace(folder / _NAME)


def noted_service(folder: Path, *, base: str) -> str | None:
    """The version last in service, if it was made from this base."""
    try:
        note = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        return str(note["version"]) if note["base"] == base else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
