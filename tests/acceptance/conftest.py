"""One town for the whole run, for all that needs no settings of its own; and towns apart for what does.

Tests in the shared town use people of their own and, where volunteers are asked, a topic of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from db.embedded import EmbeddedServer
from tests.acceptance.town import Town, town_around

_numbers = itertools.count(1)
TownMaker = Callable[..., AbstractAsyncContextManager[Town]]


@pytest.fixture(scope="session")
def make_town(
    server: EmbeddedServer, template: str, models: Path, tmp_path_factory: pytest.TempPathFactory
) -> TownMaker:
    """Makes towns, each on a database of its own; the desk is not started yet."""

    @asynccontextmanager
    async def make(**settings: object) -> AsyncIterator[Town]:
        name = f"town_{next(_numbers)}"
        await _say(server, f"create database {name} template {template} strategy file_copy")
        try:
            folder = tmp_path_factory.mktemp(name)
            async with town_around(folder, server.url_of(name), models, **settings) as town:
                yield town
        finally:
            await _say(server, f"drop database {name} with (force)")

    return make


@pytest_asyncio.fixture(scope="session")
async def town(make_town: TownMaker) -> AsyncIterator[Town]:
    """The shared town, its desk running."""
    async with make_town() as made:
        await made.app.starts()
        await made.until_connected()
        yield made


async def _say(server: EmbeddedServer, sql: str) -> None:
    connection = await asyncpg.connect(server.url_of("postgres"))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
