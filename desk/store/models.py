"""Models that read, and which of them is in service: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.learning import ModelChange, ReadingModel, Service, ServiceId, ServiceReason


class ModelStore(Protocol):
    """The models that were made, and their times in service."""

    async def in_service(self) -> Service | None:
        """None before the first desk has ever started."""

    async def services(self, *, limit: int = 100) -> Sequence[Service]:
        """Times in service, newest first."""

    async def all(self, *, limit: int = 100) -> Sequence[ReadingModel]:
        """Models, newest first."""

    async def by_version(self, version: str) -> ReadingModel | None: ...
    async def keep(self, model: ReadingModel) -> None:
        """Keeps a model; one of the same version gets the new figures, if there are any."""

    async def put_in_service(
        self, version: str, why: ServiceReason, *, after: ServiceId | None, now: datetime
    ) -> ServiceId | None:
        """A kept model comes into service. None: the one in service is not `after` any more; nothing has changed."""

    async def mark_rolled_back(self, version: str, *, now: datetime) -> None:
        """It was put out of service because it was worse; it must not come back by itself."""

    async def changes(self, *, since: datetime) -> Sequence[ModelChange]:
        """When messages began to be read by another model, oldest first; see workflows/model_changes.py."""
