"""Runs queries and turns the driver's errors into the desk's: the only typed way to asyncpg.

A session is over one connection (inside a transaction) or over the pool (each call a transaction of its own).

StorageUnavailable stands for every fault that trying again may mend: no connection, a cut one, a server that shuts
down or is full, a deadlock, a statement that took too long. InputRejected stands for text that PostgreSQL cannot
hold (NUL characters, halves of surrogate pairs). All else is a fault of ours and passes as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import asyncpg

from desk.errors import InputRejected, StorageUnavailable

Row = Mapping[str, Any]

_UNREACHABLE = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.TransactionRollbackError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InternalClientError,  # what the driver makes of a server's last words between two statements
    OSError,
    TimeoutError,
    EOFError,
)
_UNSTORABLE = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError, UnicodeEncodeError)

_LOST = re.compile("closed|closing|released back to the pool")
"""How the driver speaks of connections that are gone."""


@contextmanager
def desk_errors() -> Iterator[None]:
    """Raises StorageUnavailable and InputRejected in place of the driver's errors."""
    try:
        yield
    except _UNSTORABLE as error:
        raise InputRejected("the text holds characters that cannot be stored") from error
    except asyncpg.DataError as error:
        if isinstance(error.__cause__, UnicodeEncodeError):
            raise InputRejected("the text holds characters that cannot be stored") from error
        raise
    except asyncpg.InterfaceError as error:
        if not _LOST.search(str(error)):  # such as a connection used by two at once: a fault of ours
            raise
        raise StorageUnavailable("the database cannot be reached now (connection closed)") from error
    except _UNREACHABLE as error:
        raise StorageUnavailable(f"the database cannot be reached now ({type(error).__name__})") from error


class Session:
    """Queries over a connection or a pool of asyncpg."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def all(self, sql: str, *values: object) -> Sequence[Row]:
        """All rows."""
        with desk_errors():
            rows: Sequence[Row] = await self._connection.fetch(sql, *values)
            return rows

    async def one(self, sql: str, *values: object) -> Row | None:
        """The first row, or None."""
        with desk_errors():
            row: Row | None = await self._connection.fetchrow(sql, *values)
            return row

    async def value(self, sql: str, *values: object) -> Any:
        """The first column of the first row; None without a row."""
        with desk_errors():
            return await self._connection.fetchval(sql, *values)

    async def run(self, sql: str, *values: object) -> None:
        """No rows."""
        with desk_errors():
            await self._connection.execute(sql, *values)
