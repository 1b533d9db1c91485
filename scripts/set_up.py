"""Makes .venv and installs what is pinned: `set_up.py run` for the desk alone, `set_up.py dev` with the tools as well.

Every package must have one of the hashes of requirements.txt or requirements-dev.txt. The environment keeps the hash
of what it was installed from: as long as that stands, a second call is over in an instant. Two calls at once take
turns. Only the standard library is used. Exit 1 with pip's last words when something cannot be installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
PINS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
STAMP = ENVIRONMENT / "installed-from"
LAST_WORDS = 15


def set_up(wanted: str) -> None:
    """Brings .venv to `wanted`; `dev` holds everything that `run` does."""
    done = _stamp()
    if _works() and done in (_key("dev"), _key(wanted)):
        return
    if not _works():
        _say(f"Making {ENVIRONMENT.name} with Python {sys.version.split()[0]}")
        venv.create(ENVIRONMENT, clear=True, with_pip=True, symlinks=True)
    kind = "dev" if done.startswith("dev") else wanted  # a development environment stays one
    _say(f"Installing {PINS[kind].name} into {ENVIRONMENT.name}; this takes a minute or two")
    STAMP.unlink(missing_ok=True)
    _pip("install", "--require-hashes", "-r", str(PINS[kind]))
    _pip("install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(_key(kind))


def _key(kind: str) -> str:
    digest = hashlib.sha256()
    for path in (*PINS.values(), ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return f"{kind} {digest.hexdigest()}"


def _stamp() -> str:
    return STAMP.read_text() if STAMP.exists() else ""


def _works() -> bool:
    """Whether its Python still starts: one that was upgraded away, or a moved checkout, leaves a broken environment."""
    check = f"import sys, pip; sys.exit(sys.version_info < (3, 11) or sys.prefix != {str(ENVIRONMENT)!r})"
    try:
        return subprocess.run([str(PYTHON), "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit("\n".join([*(done.stdout + done.stderr).strip().splitlines()[-LAST_WORDS:], "set-up failed"]))


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def main() -> None:
    """The command line of the Makefile's set-up."""
    if sys.argv[1:] not in (["run"], ["dev"]):
        sys.exit("usage: set_up.py run|dev")
    with (ROOT / ".venv.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        set_up(sys.argv[1])


if __name__ == "__main__":
    main()
