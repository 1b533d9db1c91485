"""desk.store.Store over PostgreSQL.

A transaction is one connection of the pool, READ COMMITTED; what must not race is locked by the conversation's row.
When the connection is cut while it commits nobody can know whether it did: the caller hears StorageUnavailable and
tries again, and unique keys make the second time harmless.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

from db.queues import PostgresQueues
from db.session import Session, desk_errors
from db.work import PostgresWork
from desk.errors import InputRejected, StorageUnavailable
from desk.store import Queues, Work


class PostgresStore:
    """desk.store.Store over a pool of asyncpg (db/pool.py)."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._queues = PostgresQueues(Session(pool))

    def begin(self) -> AbstractAsyncContextManager[Work]:
        """One transaction: committed at the end of the block, undone when it raises."""
        return self._transaction()

    @property
    def queues(self) -> Queues:
        """The three queues that workers claim from."""
        return self._queues

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Work]:
        connection, transaction = await self._begun()
        try:
            try:
                yield PostgresWork(Session(connection))
            except BaseException:
                # What ended the block matters; the server undoes a transaction whose connection is gone by itself.
                with suppress(StorageUnavailable, InputRejected), desk_errors():
                    await transaction.rollback()
                raise
            with desk_errors():
                await transaction.commit()
        finally:
            await self._release(connection)

    async def _begun(self) -> tuple[Any, Any]:
        """A connection and its transaction. Those cut while they were idle are passed over: they were asked nothing."""
        for _ in range(self._pool.get_max_size()):
            with desk_errors():
                connection = await self._pool.acquire()
            try:
                transaction = connection.transaction()
                with desk_errors():
                    await transaction.start()
            except StorageUnavailable:
                await self._release(connection)
            except BaseException:
                await self._release(connection)
                raise
            else:
                return connection, transaction
        raise StorageUnavailable("the database cannot be reached now (every connection was cut)")

    async def _release(self, connection: Any) -> None:
        with suppress(StorageUnavailable), desk_errors():
            await self._pool.release(connection)
