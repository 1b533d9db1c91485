"""Models that read in PostgreSQL, and which of them is in service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from db.queries import load
from db.session import Row, Session
from desk.learning import CorrectionId, ModelChange, ReadingModel, Service, ServiceId, ServiceReason

_SQL = load("models")
_SOON = timedelta(hours=1)
_SERVICES_LOOKED_AT = 1000
_EMBEDDED = "embedded"


class Models:
    """desk.store.ModelStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def in_service(self) -> Service | None:
        """None before the first desk has ever started."""
        row = await self._session.one(_SQL["in_service"])
        return None if row is None else _service(row)

    async def services(self, *, limit: int = 100) -> Sequence[Service]:
        """Times in service, newest first."""
        return [_service(row) for row in await self._session.all(_SQL["services"], limit)]

    async def all(self, *, limit: int = 100) -> Sequence[ReadingModel]:
        """Models, newest first."""
        return [_model(row) for row in await self._session.all(_SQL["all"], limit)]

    async def by_version(self, version: str) -> ReadingModel | None:
        """One model."""
        row = await self._session.one(_SQL["by_version"], version)
        return None if row is None else _model(row)

    async def keep(self, model: ReadingModel) -> None:
        """Keeps a model; one of the same version gets the new figures, if there are any."""
        await self._session.run(
            _SQL["keep"], model.version, model.base, list(model.corrections), model.made_at, dict(model.figures)
        )

    async def put_in_service(
        self, version: str, why: ServiceReason, *, after: ServiceId | None, now: datetime
    ) -> ServiceId | None:
        """None: the one in service is not `after` any more; nothing has changed."""
        await self._session.run(_SQL["take_turn"])
        return await self._session.value(_SQL["put_in_service"], version, now, why, after)  # type: ignore[no-any-return]

    async def mark_rolled_back(self, version: str, *, now: datetime) -> None:
        """It must not come back by itself."""
        await self._session.run(_SQL["mark_rolled_back"], version, now)

    async def changes(self, *, since: datetime) -> Sequence[ModelChange]:
        """What readings show, and what came into service without a reading that shows it soon."""
        rows = await self._session.all(_SQL["changes"], since)
        shown = [ModelChange(row["made_at"], row["engine"], row["model"]) for row in rows]
        services = list(await self.services(limit=_SERVICES_LOOKED_AT))
        told = [
            ModelChange(later.began_at, _EMBEDDED, later.model.version)
            for later, earlier in pairwise(services)
            if later.began_at >= since and later.model.version != earlier.model.version
        ]
        silent = [one for one in told if not any(_shows(other, one) for other in shown)]
        return sorted([*shown, *silent], key=lambda change: change.at)


def _shows(reading: ModelChange, service: ModelChange) -> bool:
    same = (reading.engine, reading.model) == (service.engine, service.model)
    return same and service.at <= reading.at <= service.at + _SOON


def _service(row: Row) -> Service:
    return Service(ServiceId(row["service_id"]), _model(row), row["began_at"], ServiceReason(row["why"]))


def _model(row: Row) -> ReadingModel:
    return ReadingModel(
        version=row["version"],
        base=row["base"],
        corrections=tuple(CorrectionId(number) for number in row["corrections"]),
        made_at=row["made_at"],
        figures=row["figures"],
        rolled_back_at=row["rolled_back_at"],
    )
