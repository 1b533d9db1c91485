"""The trained model on disk: one .npz file per fingerprint of the training files and of the code that trains.

No pickles: arrays and JSON only, so a file can be damaged but cannot run anything. A file that is damaged,
missing or of another fingerprint is no error: the caller trains again. Writing is atomic, so two processes
starting together cannot leave half a file.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.intent_model import Gate, IntentModel
from nlu.vectoriser import Vectoriser

_CODE = ("normalising.py", "vectoriser.py", "intent_model.py", "intent_training.py", "model_store.py")
_NAME = "intents-{}.npz"


def fingerprint(paths: Iterable[Path]) -> str:
    """Sixteen hex digits that change when a training file or the training code does."""
    digest = hashlib.sha256()
    for name in _CODE:
        digest.update((Path(__file__).parent / name).read_bytes())
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def stored_model(folder: Path, key: str) -> IntentModel | None:
    """The model with this fingerprint, or None when there is none that can be used."""
    try:
        with np.load(folder / _NAME.format(key), allow_pickle=False) as arrays:
            return _from_arrays(dict(arrays), key)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def store_model(folder: Path, key: str, model: IntentModel) -> None:
    """Keep `model` under its fingerprint and drop models of other fingerprints."""
    folder.mkdir(parents=True, exist_ok=True)
    gate = model.gate
    facts = {
        "key": key,
        "labels": model.labels,
        "sharpness": model.sharpness,
        "bias": gate.bias,
        "abstain_above": gate.abstain_above,
    }
    handle, scratch = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file,
                facts=_text_array(json.dumps(facts)),
                vocabulary=_text_array("\n".join(model.vectoriser.vocabulary)),
                idf=model.vectoriser.idf,
                weights=model.weights,
                intercept=model.intercept,
                gate=gate.weights,
            )
        Path(scratch).replace(folder / _NAME.format(key))
    finally:
        Path(scratch).unlink(missing_ok=True)
    for other in folder.glob(_NAME.format("*")):
        if other.name != _NAME.format(key):
            other.unlink(missing_ok=True)


def _from_arrays(arrays: dict[str, NDArray[np.float32]], key: str) -> IntentModel:
    facts = json.loads(arrays["facts"].tobytes())
    vocabulary = arrays["vocabulary"].tobytes().decode().split("\n")
    labels = tuple(str(label) for label in facts["labels"])
    if facts["key"] != key or arrays["weights"].shape != (len(vocabulary), len(labels)):
        raise ValueError("not the model it says it is")
    gate = Gate(arrays["gate"], float(facts["bias"]), float(facts["abstain_above"]))
    vectoriser = Vectoriser(vocabulary, arrays["idf"])
    return IntentModel(labels, vectoriser, arrays["weights"], arrays["intercept"], float(facts["sharpness"]), gate)


def _text_array(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)
