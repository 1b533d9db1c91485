"""Migrations: applied once, one by one or all together, and refused with one line where they cannot be."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from db.dump_schema import SCHEMA, dumped
from db.embedded import EmbeddedServer
from db.migrate import MIGRATIONS, dbmate_url, migrate, pending
from db.server_programs import run, user_for
from desk.errors import SettingsInvalid
from tests.conftest import FAST
from tests.places import free_port, servers_folder

FILES = sorted(path.name for path in MIGRATIONS.glob("*.sql"))
SECRET = "s3cret/ä@:"


async def _run(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def _add(folder: Path, name: str, sql: str) -> None:
    (folder / name).write_text(f"-- migrate:up\n{sql}\n-- migrate:down\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The migrations, to add to."""
    return shutil.copytree(MIGRATIONS, tmp_path / "migrations")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server on 127.0.0.1 that wants a password."""
    port = free_port()
    with servers_folder() as data, EmbeddedServer.start(data, FAST) as server:
        (server.folder / "pg_hba.conf").write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        sql = f"create role zuruf login password '{SECRET}'; grant all on schema public to zuruf"
        assert run("psql", "--host", str(server.folder), "--username=postgres", "-c", sql, "zuruf").code == 0
        restart = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={server.folder}"
        options = ("-l", str(server.folder / "server.log"), "-o", restart)
        stopping = ("pg_ctl", "restart", "--pgdata", str(server.folder), "--wait", "--silent", *options)
        assert run(*stopping, user=user_for(server.folder)).code == 0
        yield port
        stop = ("pg_ctl", "stop", "--pgdata", str(server.folder), "--wait", "--silent", "-m", "fast")
        assert run(*stop, user=user_for(server.folder)).code == 0


async def test_all_at_once_is_the_schema_in_the_repository(empty_database_url: str) -> None:
    assert await migrate(empty_database_url) == FILES
    assert await asyncio.to_thread(dumped, empty_database_url) == SCHEMA.read_text("utf-8")


async def test_one_by_one_makes_the_same_schema(empty_database_url: str, tmp_path: Path) -> None:
    for name in FILES:
        assert await pending(empty_database_url) == FILES[FILES.index(name) :]
        shutil.copy(MIGRATIONS / name, tmp_path / name)
        assert await migrate(empty_database_url, tmp_path) == [name]
    assert await pending(empty_database_url) == []
    assert await asyncio.to_thread(dumped, empty_database_url) == SCHEMA.read_text("utf-8")


async def test_the_second_time_does_nothing_and_ten_at_once_apply_it_once(empty_database_url: str) -> None:
    applied = await asyncio.gather(*(migrate(empty_database_url) for _ in range(10)))
    assert sorted(applied) == [[]] * 9 + [FILES]
    assert await migrate(empty_database_url) == []


async def test_an_older_database_gets_what_is_new(database_url: str, folder: Path) -> None:
    _add(folder, "29990101000000_later.sql", "create table later ();")
    assert await migrate(database_url, folder) == ["29990101000000_later.sql"]


async def test_a_newer_database_is_refused(database_url: str, folder: Path) -> None:
    _add(folder, "29990101000000_later.sql", "create table later ();")
    await migrate(database_url, folder)
    for ask in (migrate, pending):
        with pytest.raises(SettingsInvalid, match=r"database is of a newer version of Zuruf.*29990101000000.*upgrade"):
            await ask(database_url)


async def test_a_migration_that_fails_leaves_nothing_and_says_why(database_url: str, folder: Path) -> None:
    _add(folder, "29990101000000_wrong.sql", "create table later (); select 1 / 0;")
    with pytest.raises(SettingsInvalid, match=r"a migration failed: .*division by zero") as refused:
        await migrate(database_url, folder)
    assert "\n" not in str(refused.value)
    (folder / "29990101000000_wrong.sql").unlink()
    _add(folder, "29990101000000_right.sql", "create table later ();")
    assert await migrate(database_url, folder) == ["29990101000000_right.sql"]


async def test_a_database_not_in_utf8_is_refused(server: EmbeddedServer) -> None:
    await _run(
        server.url_of("postgres"),
        "create database latin template template0 encoding latin1 locale_provider libc locale 'C'",
    )
    with pytest.raises(SettingsInvalid, match=r"UTF8"):
        await migrate(server.url_of("latin"))


async def test_an_ordinary_server_with_a_password_is_migrated(port: int) -> None:
    url = f"postgres://zuruf:s3cret%2F%C3%A4%40%3A@127.0.0.1:{port}/zuruf"
    assert await migrate(url) == FILES
    assert await migrate(url) == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://zuruf:s3cret%2F%C3%A4%40%3Aoh@127.0.0.1:{port}/zuruf", "refuses this user or password"),
        ("postgresql://nobody:s3cret%2F%C3%A4%40%3A@127.0.0.1:{port}/zuruf", "refuses this user or password"),
        ("postgresql://zuruf:s3cret%2F%C3%A4%40%3A@127.0.0.1:{port}/nowhere", "no such database"),
        ("postgresql://zuruf:s3cret%2F%C3%A4%40%3A@127.0.0.1:1/zuruf", "can be reached.*refused"),
        ("postgresql://zuruf:s3cret%2F%C3%A4%40%3A@host.invalid/zuruf", "can be reached"),
        ("postgresql://zuruf:s3cret%2F%C3%A4%40%3A@127.0.0.1:port/zuruf", "malformed"),
        ("mysql://zuruf:s3cret%2F%C3%A4%40%3A@127.0.0.1/zuruf", "malformed"),
        ("s3cret", "malformed"),
    ],
)  # fmt: skip
async def test_a_wrong_url_is_refused_in_one_line_without_the_password(port: int, url: str, why: str) -> None:
    with pytest.raises(SettingsInvalid, match=f"^ZURUF_DATABASE_URL: .*{why}") as refused:
        await migrate(url.format(port=port))
    said = str(refused.value)
    assert "\n" not in said
    assert "cret" not in said
    assert not re.search(r"at 0x|Errno|Traceback", said)


async def test_an_old_server_is_refused(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.migrate.OLDEST_SERVER", 99)
    with pytest.raises(SettingsInvalid, match="is PostgreSQL 18, Zuruf needs 99 or newer"):
        await migrate(database_url)


def test_dbmate_gets_a_socket_as_it_wants_it() -> None:
    assert dbmate_url("postgresql://postgres@/zuruf?host=/a/b") == "postgres://postgres@/zuruf?socket=%2Fa%2Fb"
    given = "postgresql://u:p%40@db.example:5433/zuruf?sslmode=require"
    assert dbmate_url(given) == "postgres://u:p%40@db.example:5433/zuruf?sslmode=require"


def test_migrations_are_safe_by_squawk() -> None:
    options = ("--config", MIGRATIONS.parent / "squawk.toml")
    linted = subprocess.run(
        [Path(sys.executable).with_name("squawk"), *options, *MIGRATIONS.glob("*.sql")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize("name", FILES)
def test_every_migration_says_why_what_it_locks_and_how_to_undo_it(name: str) -> None:
    header = (MIGRATIONS / name).read_text("utf-8").partition("-- migrate:up")[0]
    for word in ("Why:", "Locks:", "Undo:"):
        assert word in header
    assert re.fullmatch(r"\d{14}_\w+\.sql", name)
