"""A console over a fresh database, whose messages are read by an embedded engine trained on a small school's files."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from app.model_training import Outcome, Place, train, version_here
from app.model_watch import ModelWatch
from db.store import PostgresStore
from desk.learning import ReadingModel
from desk.people import Role
from nlu.embedded import EmbeddedClassifier
from tests.integration.console.browser_of import Browser
from tests.integration.console.world import World, running_world
from tests.integration.learning.small_school import School, founded
from workflows.change_model import roll_back

_contacts = itertools.count(1)


@dataclass
class Class:
    """A desk that learns: its world, its engine, and the watch that keeps the engine on the model in service."""

    world: World
    school: School
    engine: EmbeddedClassifier
    watch: ModelWatch
    told: list[str]

    async def read_as(self, text: str) -> tuple[str, str]:
        """Somebody new writes it; the stored reading's intent and model."""
        who = f"contact{next(_contacts)}"
        await self.world.care.writes(who, text)
        ticket = await self.world.care.ticket_of(who)
        reading = "select r.intent, r.model from reading r join message m on m.id = r.message_id"
        (row,) = await self.rows(f"{reading} where m.ticket_id = {ticket.id}")
        return row["intent"], row["model"]

    async def corrected(self, browser: Browser, text: str, intent: str) -> None:
        """Somebody writes it, and staff say on the ticket's page what it really was."""
        who = f"contact{next(_contacts)}"
        await self.world.care.writes(who, text)
        place = f"/console/tickets/{(await self.world.care.ticket_of(who)).number}"
        page = await browser.send((await browser.get(place)).form("/correct"), other=intent, refile="1")
        assert page.status == 200

    async def taught(self, browser: Browser, texts: tuple[str, ...], intent: str) -> None:
        """Corrected so, and accepted on the review list."""
        for text in texts:
            await self.corrected(browser, text, intent)
        page = await browser.get("/console/corrections")
        numbers = ",".join(
            str(row["id"]) for row in await self.rows("select id from correction where state = 'pending'")
        )
        await browser.send(page.form("/decide"), decision="accept", **{"ids[]": numbers})

    async def train(self, **options: Any) -> Outcome:
        """`zuruf nlu train`, without the terminal."""
        place = Place([self.school.training], self.school.hold_out, self.school.models, lambda said: None)
        return await train(self.world.care.desk, place, **options)

    async def roll_back(self) -> ReadingModel:
        """`zuruf nlu rollback`."""
        from nlu.material import material_of

        sources = [self.school.training]
        return await roll_back(self.world.care.desk, material_of(sources).base, version_here(sources))

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        store: Any = self.world.care.desk.store
        return [dict(row) for row in await store._pool.fetch(sql)]


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """Files and models for all tests of the run: the same corrections make the same models."""
    return founded(tmp_path_factory.mktemp("school"))


async def opened_class(world: World, school: School, models: Path | None = None) -> Class:
    """A desk process that has just started."""
    folder = models or school.models
    engine = await EmbeddedClassifier.load_or_train(school.training, folder)
    world.care.classifier.read = engine.read  # type: ignore[method-assign]
    told: list[str] = []
    watch = ModelWatch(engine, world.care.desk, sources=[school.training], folder=folder, told=told.append)
    return Class(world, school, engine, watch, told)


@pytest_asyncio.fixture
async def world(store: PostgresStore, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A console on a fresh database."""
    async with running_world(store, database_url, tmp_path) as built:
        yield built


@pytest_asyncio.fixture
async def pupil(world: World, school: School) -> Class:
    """The desk, started; the model of the files is in service."""
    (school.models / "in-service.json").unlink(missing_ok=True)
    made = await opened_class(world, school)
    await made.watch.step()
    return made


@pytest_asyncio.fixture
async def anna(pupil: Class) -> Browser:
    """A coordinator at the console."""
    return await pupil.world.sits_down(Role.COORDINATOR, "Anna")
