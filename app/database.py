"""Where the desk keeps its memory: the database of the settings, or the embedded server's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.settings import Settings
from db.embedded import EmbeddedServer
from db.migrate import migrate


@dataclass(frozen=True)
class Database:
    """Where the desk keeps its memory. `server` is ours to stop, when it is the embedded one."""

    url: str
    server: EmbeddedServer | None


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The database of the settings, migrated. Raises SettingsInvalid, StorageUnavailable."""
    server = None
    url = settings.database_url.get_secret_value() if settings.database_url else None
    if url is None:
        server = await asyncio.to_thread(EmbeddedServer.start, settings.data_dir)
        url = server.url
    try:
        await migrate(url)
        yield Database(url, server)
    finally:
        if server is not None:
            await asyncio.to_thread(server.stop)
