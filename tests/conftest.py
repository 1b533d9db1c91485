"""One embedded PostgreSQL for the whole run, and a fresh, migrated database for every test that asks for one."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from db.embedded import EmbeddedServer
from db.migrate import migrate
from db.pool import opened_pool
from db.store import PostgresStore
from tests.left_out import pytest_collection_modifyitems, pytest_sessionfinish, pytest_terminal_summary
from tests.steady import pytest_collection_finish, pytest_configure

__all__ = [  # hooks of the run
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
]

_numbers = itertools.count(1)

# Tests kill our own processes, never the server's machine: nothing needs to reach the disk.
FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "120", "autovacuum": "off"}


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """The embedded server, its data in a temporary folder.

    Not in pytest's own: each start of pytest closes that to others, and for root the server runs as somebody else.
    """
    with TemporaryDirectory(prefix="zuruf-") as folder, EmbeddedServer.start(Path(folder), FAST) as running:
        yield running


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the trained model lives: the first desk trains it, the others find it."""
    return tmp_path_factory.mktemp("models")


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
        await self._say(f"create database {self._name} template {self._template}")
        return self._server.url_of(self._name)

    async def __aexit__(self, *_: object) -> None:
        await self._say(f"drop database {self._name} with (force)")

    async def _say(self, sql: str) -> None:
        connection = await asyncpg.connect(self._server.url_of("postgres"))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()
