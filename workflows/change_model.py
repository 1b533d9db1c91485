"""Which model reads: a candidate that won comes into service, the one before comes back, other files bring another.

What is in service is a row that every desk looks at (app/model_watch.py): a set of corrections. Each machine makes the
model of that set with its own files and code, so a machine that was upgraded first does not quarrel with the others. A
row is added, never changed, and only if the one in service is still the one that was looked at.

Going back goes to the newest set of corrections before the present one that was not itself given up; so twice goes
back twice. A version that was given up does not come back by training the same again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desk.errors import DeskError
from desk.learning import CorrectionId, LearnedText, ReadingModel, Service, ServiceId, ServiceReason
from workflows.care_desk import CareDesk, Topic

VersionOf = Callable[[Sequence[LearnedText]], str]
"""The version of the model that this machine makes from its files and these texts."""


class NothingBefore(DeskError):
    """No other set of corrections was in service before."""


class OvertakenByAnother(DeskError):
    """Another model came into service meanwhile; nothing was changed."""


@dataclass(frozen=True, slots=True)
class InService:
    """What is in service, and the texts its model learned that still have words. `service` None: nothing yet."""

    service: Service | None
    texts: Sequence[LearnedText]

    @property
    def id(self) -> ServiceId | None:
        """To compare with when something is changed."""
        return None if self.service is None else self.service.id


async def model_in_service(desk: CareDesk) -> InService:
    """What every desk goes by."""
    async with desk.store.begin() as work:
        service = await work.models.in_service()
        texts = [] if service is None else await work.corrections.texts(service.model.corrections)
    return InService(service, texts)


async def versions_lately(desk: CareDesk, *, count: int) -> Sequence[str]:
    """The versions that were in service last, newest first, each once."""
    async with desk.store.begin() as work:
        services = await work.models.services(limit=100)
    return list(dict.fromkeys(one.model.version for one in services))[:count]


async def keep_model(
    desk: CareDesk, version: str, base: str, ids: Sequence[CorrectionId], figures: Mapping[str, object]
) -> None:
    """A model was made and judged; it is not in service by that."""
    async with desk.store.begin() as work:
        await work.models.keep(ReadingModel(version, base, tuple(ids), desk.clock.now(), figures))


async def promote(desk: CareDesk, version: str, why: ServiceReason, *, after: ServiceId | None) -> None:
    """A kept model comes into service. Raises OvertakenByAnother."""
    async with desk.store.begin() as work:
        now = desk.clock.now()
        if await work.models.put_in_service(version, why, after=after, now=now) is None:
            raise OvertakenByAnother("another model came into service meanwhile")
        await work.events.add("ModelChanged", now=now, version=version, why=why.value)
    desk.poke(Topic.MODEL)


async def roll_back(desk: CareDesk, base: str, version_of: VersionOf) -> ReadingModel:
    """The corrections before come back into service. Raises NothingBefore, OvertakenByAnother."""
    async with desk.store.begin() as work:
        services = await work.models.services(limit=10_000)
        before = set_before(services)
        if before is None:
            raise NothingBefore("nothing else was in service before")
        now, present = desk.clock.now(), services[0]
        texts = await work.corrections.texts(before)
        model = ReadingModel(version_of(texts), base, before, now)
        await work.models.keep(model)
        await work.models.mark_rolled_back(present.model.version, now=now)
        if await work.models.put_in_service(model.version, ServiceReason.ROLLBACK, after=present.id, now=now) is None:
            raise OvertakenByAnother("another model came into service meanwhile")
        await work.events.add("ModelChanged", now=now, version=model.version, why=ServiceReason.ROLLBACK.value)
    desk.poke(Topic.MODEL)
    return model


def set_before(services: Sequence[Service]) -> tuple[CorrectionId, ...] | None:
    """The set of corrections to go back to. `services`: newest first."""
    if not services:
        return None
    given_up = {one.model.corrections for one in services if one.model.rolled_back_at is not None}
    given_up.add(services[0].model.corrections)
    return next((one.model.corrections for one in services if one.model.corrections not in given_up), None)
