"""Opens the pool of connections.

No round trip is spent between transactions: connections keep no state of their own (locks of a session and LISTEN
have dedicated connections, db/locks.py and db/notify.py), so there is nothing to reset. Statements stay prepared.
A transaction whose process froze is ended by the server after a minute, so that it holds no lock for ever.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from db import mapping
from db.session import desk_errors

MIN_CONNECTIONS = 2
MAX_CONNECTIONS = 12
CONNECT_SECONDS = 10
STATEMENT_SECONDS = 30
SERVER_SETTINGS = {
    "application_name": "zuruf",
    "timezone": "UTC",
    "jit": "off",
    "idle_in_transaction_session_timeout": "60s",
}


@asynccontextmanager
async def opened_pool(url: str, *, connections: int = MAX_CONNECTIONS) -> AsyncIterator[Any]:
    """A pool of asyncpg to `url`, closed at the end of the block. Raises StorageUnavailable."""
    with desk_errors():
        pool = await open_pool(url, connections=connections)
    try:
        yield pool
    finally:
        await close_pool(pool)


async def open_pool(url: str, *, connections: int = MAX_CONNECTIONS) -> Any:
    """A pool of asyncpg to `url`. Raises StorageUnavailable."""
    with desk_errors():
        return await asyncpg.create_pool(
            url,
            min_size=min(MIN_CONNECTIONS, connections),
            max_size=connections,
            init=_prepare,
            reset=_leave_as_it_is,
            timeout=CONNECT_SECONDS,
            command_timeout=STATEMENT_SECONDS,
            statement_cache_size=300,
            max_inactive_connection_lifetime=300,
            server_settings=SERVER_SETTINGS,
        )


async def close_pool(pool: Any, *, patience_seconds: float = 5) -> None:
    """Closes it; connections still at work after `patience_seconds` are cut."""
    try:
        async with asyncio.timeout(patience_seconds):
            await pool.close()
    except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        pool.terminate()


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=mapping.json_text, decoder=json.loads)


async def _leave_as_it_is(_connection: Any) -> None:
    """Connections of this pool keep no state between transactions."""
