"""A scratch database for a benchmark: on the server of the settings, migrated, dropped at the end."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from app.database import database
from app.settings import Settings
from db.migrate import migrate
from db.pool import opened_pool


@dataclass(frozen=True)
class Scratch:
    """An empty desk's database. `pool` has as many connections as the benchmark asked for."""

    url: str
    pool: Any


@asynccontextmanager
async def scratch_database(settings: Settings, *, connections: int, durable: bool = True) -> AsyncIterator[Scratch]:
    """Needs the right to create databases. Not `durable`: commits do not wait for the disk, which no benchmark of
    writing may say of itself. Raises SettingsInvalid, StorageUnavailable."""
    async with database(settings) as memory:
        name = f"zuruf_bench_{secrets.token_hex(4)}"
        await _say(memory.url, f"create database {name}")
        try:
            if not durable:
                await _say(memory.url, f"alter database {name} set synchronous_commit = off")
            url = urlunsplit(urlsplit(memory.url)._replace(path=f"/{name}"))
            await migrate(url)
            async with opened_pool(url, connections=connections) as pool:
                yield Scratch(url, pool)
        finally:
            await _say(memory.url, f"drop database {name} with (force)")


async def _say(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
