"""Rasa beside the desk: its Python 3.10 environment, its training and its server, as child processes.

`python -m nlu.rasa_project install|train|serve` is what `make rasa` runs; the evaluation and the tests call the
functions. Only the standard library is used, so that any Python 3.11 can do it before anything is installed.

Rasa runs in a folder of its own (`.rasa`), on copies of our files, because it writes into where it stands. A
model is trained again when config, domain, data or the pipeline's components changed. Nothing is sent anywhere:
telemetry is off.

Raises: RasaMissing when no Python 3.10 can be had, RasaFailed when installing, training or starting fails.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv-rasa"
WORK = ROOT / ".rasa"
TRAINING = ROOT / "nlu" / "training"
PINS = ROOT / "requirements-rasa.txt"
SHARED_CODE = (
    "__init__.py",
    "fair_share.py",
    "normalising.py",
    "sentence_network.py",
    "sentence_vectors.py",
    "slips.py",
    "spelling.py",
)
"""What the pipeline's components (training/components) use of this folder: it must run under Python 3.10."""
HOST = "127.0.0.1"
PORT = 5005


class RasaMissing(Exception):
    """No Python 3.10 on this machine, and none could be fetched. The text says what was tried."""


class RasaFailed(Exception):
    """A step of Rasa's failed. The text holds the end of what it said."""


def find_python() -> Path:
    """A Python 3.10: on PATH, among pyenv's versions, or found or fetched by uv."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    candidates = [
        shutil.which("python3.10"),
        *sorted(map(str, pyenv.glob("versions/3.10*/bin/python3.10")), reverse=True),
    ]
    for candidate in candidates:
        if candidate and _is_python310(candidate):
            return Path(candidate)
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".venv" / "bin"))
    if uv is None:
        raise RasaMissing("Rasa needs Python 3.10: none on PATH, none under pyenv, and no uv to fetch it; install one")
    for step in (["python", "find", "3.10"], ["python", "install", "3.10"], ["python", "find", "3.10"]):
        said = subprocess.run([uv, *step], capture_output=True, text=True, check=False)
        found = said.stdout.strip()
        if step[1] == "find" and said.returncode == 0 and _is_python310(found):
            return Path(found)
    raise RasaMissing("Rasa needs Python 3.10: none on PATH, none under pyenv, and uv could not fetch it; install one")


def _is_python310(command: str) -> bool:
    check = "import sys, venv; sys.exit(sys.version_info[:2] != (3, 10))"
    with contextlib.suppress(OSError):
        return subprocess.run([command, "-c", check], capture_output=True, check=False).returncode == 0
    return False


def install(environment: Path = ENVIRONMENT) -> Path:
    """Rasa in `environment`, from the pins; nothing to do when they are unchanged. Returns its command."""
    stamp = environment / "installed-from"
    wanted = hashlib.sha256(PINS.read_bytes()).hexdigest()
    command = environment / "bin" / "rasa"
    if command.exists() and stamp.exists() and stamp.read_text() == wanted:
        return command
    python = find_python()
    _say(f"Installing Rasa with {python.name} into {environment.name}; this takes a few minutes")
    shutil.rmtree(environment, ignore_errors=True)
    _run([str(python), "-m", "venv", str(environment)])
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
    # Some of Rasa's dependencies come as sources that only older setuptools can build: build with the pinned one.
    tools = environment / "build-tools.txt"
    tools.write_text(_pins_of("setuptools", "wheel", "packaging", "pyparsing"))
    _run([*pip, "-r", str(tools)])
    _run([*pip, "--no-build-isolation", "-r", str(PINS)])
    stamp.write_text(wanted)
    return command


def _pins_of(*names: str) -> str:
    """The entries of these packages in the pins, with their hashes."""
    blocks: list[str] = []
    keep = False
    for line in PINS.read_text().splitlines():
        if not line.startswith((" ", "#")):
            keep = line.split("==")[0] in names
        if keep:
            blocks.append(line)
    return "\n".join(blocks) + "\n"


def train(
    command: Path,
    *,
    data: Sequence[Path],
    models: Path,
    config: Path = TRAINING / "config.yml",
    domain: Path | None = TRAINING / "domain.yml",
) -> Path:
    """A model of these files in `models`; the one there is kept when nothing changed. Returns its path."""
    files = sorted(f for source in data for f in ([source] if source.is_file() else source.rglob("*.yml")))
    key = _key([config, *([domain] if domain else []), *files, *component_code()])
    model = models / f"zuruf-{key}.tar.gz"
    if model.exists():
        return model
    _say(f"Training Rasa on {len(files)} files; this takes some minutes")
    work = models / f"work-{key}"
    _copied(work, files, config, domain)
    arguments = [
        "train",
        "nlu",
        "--nlu",
        "data",
        "--config",
        config.name,
        "--out",
        "out",
        "--fixed-model-name",
        "model",
    ]
    _run([str(command), *arguments, *(["--domain", domain.name] if domain else [])], cwd=work)
    for older in models.glob("zuruf-*.tar.gz"):
        older.unlink(missing_ok=True)
    (work / "out" / "model.tar.gz").replace(model)
    shutil.rmtree(work, ignore_errors=True)
    return model


def component_code() -> list[Path]:
    """The files of ours that run inside Rasa."""
    here = Path(__file__).resolve().parent
    return [*(here / name for name in SHARED_CODE), *sorted((here / "training" / "components").glob("*.py"))]


def _copied(work: Path, files: Sequence[Path], config: Path, domain: Path | None) -> None:
    """A fresh folder with copies of all that Rasa reads; files of the same name are kept apart."""
    shutil.rmtree(work, ignore_errors=True)
    (work / "data").mkdir(parents=True)
    for number, file in enumerate(files):
        shutil.copy(file, work / "data" / f"{number:03}-{file.name}")
    for file in filter(None, (config, domain)):
        shutil.copy(file, work / file.name)


def server(command: Path, model: Path, *, port: int, quiet: bool = False) -> subprocess.Popen[bytes]:
    """A running Rasa server on loopback; the caller ends it. It answers some seconds later."""
    arguments = ["run", "--enable-api", "--interface", HOST, "--port", str(port), "--model", str(model)]
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.Popen(
        [str(command), *arguments],
        cwd=model.parent,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=sink,
        stderr=sink,
    )


def _environment() -> dict[str, str]:
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        # What it would keep for a next training is thrown away with the folder.
        "RASA_MAX_CACHE_SIZE": "0",
        # Each thread's own heap would keep what it once held: a third more memory.
        "MALLOC_ARENA_MAX": "2",
    }
    small = {"TF_NUM_INTEROP_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "2", "CUDA_VISIBLE_DEVICES": "-1"}
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}
    return {**kept, **quiet, **small, "PYTHONPATH": str(ROOT)}


def _key(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _run(command: Sequence[str], cwd: Path | None = None) -> None:
    done = subprocess.run(
        command, cwd=cwd, env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip().splitlines()[-15:]
        raise RasaFailed("\n".join([f"{Path(command[0]).name} {command[1]} failed:", *said]))


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _until_ended(process: subprocess.Popen[bytes]) -> int:
    """Waits for the server; when this process is told to end, the server ends first."""
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, lambda *_: process.terminate())
    code = process.wait()
    return 0 if code in {0, -signal.SIGTERM} else 1


def main() -> int:
    """The command line of `make rasa`."""
    parser = argparse.ArgumentParser(prog="python -m nlu.rasa_project", description=__doc__.split("\n")[0])
    parser.add_argument("step", choices=("install", "train", "serve"))
    step = parser.parse_args().step
    try:
        command = install()
        if step == "install":
            return 0
        model = train(command, data=[TRAINING / "data"], models=WORK / "models")
    except (RasaMissing, RasaFailed) as error:
        _say(str(error))
        return 1
    if step == "serve":
        _say(f"Rasa serves {model.name} on http://{HOST}:{PORT}; Ctrl-C ends it")
        return _until_ended(server(command, model, port=PORT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
