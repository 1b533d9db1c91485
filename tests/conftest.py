"""One embedded PostgreSQL for the whole run, and a fresh, migrated database for every test that asks for one."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from db.embedded import EmbeddedServer
from db.migrate import migrate
from db.pool import opened_pool
from db.store import PostgresStore
from tests.left_out import pytest_collection_modifyitems, pytest_sessionfinish, pytest_terminal_summary
from tests.places import servers_folder
from tests.steady import pytest_collection_finish, pytest_configure

__all__ = [  # hooks of the run
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
]

TRAINING = Path(__file__).parents[1] / "nlu" / "training" / "data"
_numbers = itertools.count(1)

# Tests kill our own processes, never the server's machine: nothing needs to reach the disk.
FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "120", "autovacuum": "off"}
FAST |= {"wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "256MB"}


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """The embedded server."""
    with servers_folder() as folder, EmbeddedServer.start(folder, FAST) as running:
        yield running


@pytest_asyncio.fixture(scope="session")
async def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of the shipped training files, made as a first start makes it: once a run, however many workers."""
    from nlu.making import made_model  # not before it is known how many threads may compute
    from nlu.material import material_of

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "models"
    await made_model(material_of([TRAINING]), folder)
    return folder


@pytest_asyncio.fixture(scope="session")
async def template(server: EmbeddedServer) -> str:
    """The name of a migrated database, to copy."""
    await migrate(server.url)
    return "zuruf"


@pytest_asyncio.fixture
async def empty_database_url(server: EmbeddedServer) -> AsyncIterator[str]:
    """A database without any table."""
    async with _database(server, "template1") as url:
        yield url


@pytest_asyncio.fixture
async def database_url(server: EmbeddedServer, template: str) -> AsyncIterator[str]:
    """A migrated database without any row."""
    async with _database(server, template) as url:
        yield url


@pytest_asyncio.fixture
async def pool(database_url: str) -> AsyncIterator[Any]:
    """The desk's connections to it."""
    async with opened_pool(database_url) as opened:
        yield opened


@pytest.fixture
def store(pool: Any) -> PostgresStore:
    """The real store."""
    return PostgresStore(pool)


class _database:  # noqa: N801 - used as a function
    """A copy of a database, dropped at the end of the block."""

    def __init__(self, server: EmbeddedServer, template: str) -> None:
        self._server, self._template = server, template
        self._name = f"test_{next(_numbers)}"

    async def __aenter__(self) -> str:
        await self._say(f"create database {self._name} template {self._template} strategy file_copy")
        return self._server.url_of(self._name)

    async def __aexit__(self, *_: object) -> None:
        await self._say(f"drop database {self._name} with (force)")

    async def _say(self, sql: str) -> None:
        connection = await asyncpg.connect(self._server.url_of("postgres"))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()
