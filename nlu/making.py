"""Makes the models of the embedded engine: from the folder when one is stored there, else by training.

Training runs in a process of its own, and for one folder one after the other: whoever waits finds the model made.
A process that is killed half-way leaves nothing but a scratch file; a damaged model is made again.

Raises: SettingsInvalid when the training files are wrong, ModelNotMade when training failed for any other reason; where
a signal ended it, TrainingEnded, which is both.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from nlu.intent_model import IntentModel
from nlu.material import Material
from nlu.model_store import stored_model
from nlu.training_apart import ModelNotMade, last_words, surroundings

_LOOK_SECONDS = 0.2


async def made_model(material: Material, folder: Path) -> tuple[IntentModel, float | None]:
    """The model of `material`, and the seconds its training took; None when it was stored."""
    model = await asyncio.to_thread(stored_model, folder, material.version)
    if model is not None:
        return model, None
    async with _turn(folder):
        model = await asyncio.to_thread(stored_model, folder, material.version)
        if model is not None:
            return model, None
        began = time.monotonic()
        said = await _train_apart(folder, material)
        model = await asyncio.to_thread(stored_model, folder, material.version)
    if model is None:
        raise ModelNotMade(said or f"{folder}: the model cannot be stored there")
    return model, time.monotonic() - began


@asynccontextmanager
async def _turn(folder: Path) -> AsyncIterator[None]:
    """Nobody else trains for this folder meanwhile. Where it cannot be locked, everybody may."""
    handle = _opened(folder)
    if handle is None:
        yield
        return
    try:
        while not _locked(handle):  # noqa: ASYNC110 - another process tells nobody when it is done
            await asyncio.sleep(_LOOK_SECONDS)
        yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder, os.O_RDONLY)
    except OSError:
        return None


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


async def _train_apart(folder: Path, material: Material) -> str:
    """The last line of what the training process said. Raises SettingsInvalid."""
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "nlu.train_command", str(folder), material.version, *map(str, material.paths)),
            env=surroundings(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as error:
        return str(error)
    try:
        _, said = await process.communicate(material.as_lines().encode())
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
    return last_words(process.returncode, said)
