"""Keeps the embedded engine on the model that is in service, without a restart and without a pause.

Each look asks for the newest time in service. When that is another one than was followed last, its corrections are
fetched, the model of them is loaded, or trained in a process of its own, and takes over between two batches; until
then the model that reads goes on reading. The version is made from this machine's files and code, so machines of
different releases follow the same corrections, each with its own.

At the start, what this machine makes of the corrections in service may be another version than the one noted there:
an upgrade brought other files or code, or words were withdrawn since. It is then recorded as a model of its own.
Only starts record: machines that merely follow would otherwise overrule each other for ever.

Files or code that change under a running desk are not followed: code of one release must not load models of another.
The log asks for a restart. Training that fails is tried again after PATIENCE_SECONDS. Old models are dropped from the
folder, never the one in service or the one before it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from desk.learning import ServiceId, ServiceReason
from nlu.embedded import EmbeddedClassifier
from nlu.making import made_model
from nlu.material import Material, material_of
from nlu.model_store import drop_models
from nlu.service_note import note_service
from nlu.training_apart import ModelNotMade
from workflows.care_desk import CareDesk
from workflows.change_model import (
    InService,
    OvertakenByAnother,
    keep_model,
    model_in_service,
    promote,
    versions_lately,
)

PATIENCE_SECONDS = 300.0
MOST_STORED = 5

log = logging.getLogger(__name__)


class ModelWatch:
    """Follows for one engine. `sources`: its training files. `told`: hears each version that begins to read."""

    def __init__(
        self,
        engine: EmbeddedClassifier,
        desk: CareDesk,
        *,
        sources: Sequence[Path],
        folder: Path,
        told: Callable[[str], None] = lambda version: None,
    ) -> None:
        self._engine, self._desk = engine, desk
        self._sources, self._folder, self._told = list(sources), folder, told
        self._followed: ServiceId | None = None
        self._not_before = 0.0
        self._base: str | None = None
        told(engine.version)

    async def step(self) -> int:
        """One look. Returns 1 when another model took over. Raises StorageUnavailable."""
        if time.monotonic() < self._not_before:
            return 0
        found = await model_in_service(self._desk)
        if found.service is not None and found.id == self._followed:
            return 0
        material = await asyncio.to_thread(material_of, self._sources, found.texts)
        if self._base not in (None, material.base):
            self._not_before = time.monotonic() + PATIENCE_SECONDS
            log.warning("training files or code changed; the model in service is followed after a restart")
            return 0
        self._base = material.base
        changed = await self._read_by(material)
        if self._followed is None and (found.service is None or found.service.model.version != material.version):
            found = await self._record(found, material)
        self._followed = found.id
        await asyncio.to_thread(self._tidy, material, await versions_lately(self._desk, count=2))
        return int(changed)

    async def _read_by(self, material: Material) -> bool:
        """The engine reads by the model of `material` from now on. False when it did before."""
        if material.version == self._engine.version:
            return False
        try:
            model, _seconds = await made_model(material, self._folder)
        except ModelNotMade:
            self._not_before = time.monotonic() + PATIENCE_SECONDS
            raise
        self._engine.change_model(model, material.version)
        self._told(material.version)
        log.info("another model reads", extra={"version": material.version})
        return True

    async def _record(self, found: InService, material: Material) -> InService:
        ids = [one.id for one in found.texts]
        await keep_model(self._desk, material.version, material.base, ids, {})
        try:
            await promote(self._desk, material.version, ServiceReason.FILES, after=found.id)
        except OvertakenByAnother:
            log.info("another desk was first to say what is in service")
            return found
        return await model_in_service(self._desk)

    def _tidy(self, material: Material, lately: Sequence[str]) -> None:
        note_service(self._folder, base=material.base, version=material.version)
        drop_models(self._folder, keep={material.version, *lately}, most=MOST_STORED)
