"""One process at a time: locks that PostgreSQL keeps for a session.

One process per channel: a lease that PostgreSQL keeps, for adapters that must not run twice (polling, a gateway).

The lease is an advisory lock of a session, on a connection of its own: it ends with the connection, so that a killed
process frees it at once and a lost machine after the server's TCP keepalive (about half a minute). The holder looks
every CHECK_SECONDS whether its connection still stands, hears at once when it is cut, and then stops its work: the
block is cancelled and StorageUnavailable raised.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from db.pool import CONNECT_SECONDS, SERVER_SETTINGS
from db.session import desk_errors
from desk.errors import StorageUnavailable

CHECK_SECONDS = 2.0
WAIT_SECONDS = 1.0
_KEEPALIVE = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
_TRY_WORK = "select pg_try_advisory_lock(hashtextextended('work:' || $1, 0))"
_TRY = "select pg_try_advisory_lock(hashtextextended('channel:' || $1, 0))"


class ChannelLease:
    """Leases of channels in the database at `url`."""

    def __init__(self, url: str, *, check_seconds: float = CHECK_SECONDS, wait_seconds: float = WAIT_SECONDS) -> None:
        self._url = url
        self._check_seconds = check_seconds
        self._wait_seconds = wait_seconds

    @asynccontextmanager
    async def held(self, name: str) -> AsyncIterator[None]:
        """Waits, over outages too, until the channel is ours. Raises StorageUnavailable when the block loses it."""
        connection = await self._acquired(name)
        try:
            async with asyncio.timeout(None) as block:
                watcher = asyncio.create_task(self._watch(connection, block))
                try:
                    yield
                finally:
                    watcher.cancel()
        except TimeoutError as error:
            if not block.expired():
                raise
            raise StorageUnavailable(f"the lease of channel {name} was lost") from error
        finally:
            _hang_up(connection)

    async def _acquired(self, name: str) -> Any:
        while True:
            connection = None
            try:
                with desk_errors():
                    connection = await asyncpg.connect(
                        self._url, timeout=CONNECT_SECONDS, server_settings=SERVER_SETTINGS | _KEEPALIVE
                    )
                    if await connection.fetchval(_TRY, name, timeout=CONNECT_SECONDS):
                        return connection
                _hang_up(connection)
            except StorageUnavailable:
                _hang_up(connection)
            except BaseException:
                _hang_up(connection)
                raise
            await asyncio.sleep(self._wait_seconds)

    async def _watch(self, connection: Any, block: asyncio.Timeout) -> None:
        cut = asyncio.Event()
        connection.add_termination_listener(lambda _: cut.set())
        while not connection.is_closed():
            try:
                async with asyncio.timeout(self._check_seconds):
                    await cut.wait()
            except TimeoutError:
                if not await self._stands(connection):
                    break
        block.reschedule(asyncio.get_running_loop().time())

    async def _stands(self, connection: Any) -> bool:
        try:
            with desk_errors():
                await connection.execute("select 1", timeout=self._check_seconds)
        except StorageUnavailable:
            return False
        return True


@asynccontextmanager
async def only_one(url: str, name: str) -> AsyncIterator[bool]:
    """Whether nobody else does the work `name` now; then nobody can, until the end of the block or of this process.
    Raises StorageUnavailable."""
    connection = None
    try:
        with desk_errors():
            connection = await asyncpg.connect(
                url, timeout=CONNECT_SECONDS, server_settings=SERVER_SETTINGS | _KEEPALIVE
            )
            alone = bool(await connection.fetchval(_TRY_WORK, name, timeout=CONNECT_SECONDS))
        yield alone
    finally:
        _hang_up(connection)


def _hang_up(connection: Any) -> None:
    """Ends the session at once: a polite close could wait for a server that is not there."""
    if connection is not None:
        connection.terminate()
