"""Writes db/schema.sql, the schema that all migrations together make: `python -m db.dump_schema`.

It is for reading and for tests; databases are made by the migrations. Runs on an embedded server of its own.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from db.embedded import EmbeddedServer
from db.migrate import migrate
from db.server_programs import run
from desk.errors import StorageUnavailable

SCHEMA = Path(__file__).parent / "schema.sql"
_PASSING = ("--", "SET ", "SELECT pg_catalog.set_config", "\\restrict", "\\unrestrict")


def dumped(url: str) -> str:
    """The schema of a database, without what differs from server to server. Raises StorageUnavailable."""
    done = run("pg_dump", "--schema-only", "--no-owner", "--no-privileges", "--exclude-table=schema_migrations", url)
    if done.code != 0:
        raise StorageUnavailable(f"the schema cannot be read: {done.reason}")
    lines = [line for line in done.out.splitlines() if not line.startswith(_PASSING)]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "-- Made by `python -m db.dump_schema` from db/migrations/.\n\n" + "\n".join(kept).strip() + "\n"


def main() -> None:
    """Renews db/schema.sql."""
    with tempfile.TemporaryDirectory() as folder, EmbeddedServer.start(Path(folder)) as server:
        asyncio.run(migrate(server.url))
        SCHEMA.write_text(dumped(server.url), "utf-8")


if __name__ == "__main__":
    main()
