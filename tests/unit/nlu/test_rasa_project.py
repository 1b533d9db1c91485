"""Where Rasa's Python is found, and what is said when there is none."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from nlu import rasa_project


def command(path: Path, exits: int, says: str = "") -> Path:
    """A command that says something and exits, in place of a Python or of uv."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {exits}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on it."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(rasa_project, "ROOT", tmp_path / "checkout")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "sh").symlink_to("/bin/sh")
    return tmp_path


def test_the_one_on_path_is_taken(bare: Path) -> None:
    python = command(bare / "bin" / "python3.10", 0)
    assert rasa_project.find_python() == python


def test_a_shim_that_does_not_work_is_passed_over_for_pyenvs(bare: Path) -> None:
    command(bare / "bin" / "python3.10", 127)
    command(bare / "pyenv" / "versions" / "3.10.2" / "bin" / "python3.10", 1)
    python = command(bare / "pyenv" / "versions" / "3.10.13" / "bin" / "python3.10", 0)
    assert rasa_project.find_python() == python


def test_uv_of_our_own_environment_finds_one(bare: Path) -> None:
    python = command(bare / "elsewhere" / "python3.10", 0)
    command(bare / "checkout" / ".venv" / "bin" / "uv", 0, str(python))
    assert rasa_project.find_python() == python


def test_without_any_the_way_out_is_said(bare: Path) -> None:
    with pytest.raises(rasa_project.RasaMissing, match="no uv to fetch it; install one"):
        rasa_project.find_python()
    command(bare / "bin" / "uv", 1)
    with pytest.raises(rasa_project.RasaMissing, match="uv could not fetch it; install one"):
        rasa_project.find_python()


def test_an_environment_of_the_same_pins_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pins = tmp_path / "pins.txt"
    pins.write_text("rasa==3.6.21\n")
    monkeypatch.setattr(rasa_project, "PINS", pins)
    monkeypatch.setattr(rasa_project, "find_python", lambda: pytest.fail("nothing is to be installed"))
    rasa = command(tmp_path / "environment" / "bin" / "rasa", 0)
    (tmp_path / "environment" / "installed-from").write_text("other pins")
    with pytest.raises(pytest.fail.Exception):
        rasa_project.install(tmp_path / "environment")
    (tmp_path / "environment" / "installed-from").write_text(hashlib.sha256(pins.read_bytes()).hexdigest())
    assert rasa_project.install(tmp_path / "environment") == rasa


def test_every_pin_has_its_hash_and_names_no_host() -> None:
    text = (Path(rasa_project.__file__).parents[1] / "requirements-rasa.txt").read_text()
    entries = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
    assert any(line.startswith("rasa==3.6.21 ") for line in entries)
    assert all(line.endswith("\\") for line in entries)
    assert "://" not in text


def test_told_to_end_it_ends_the_server_first() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    process = subprocess.Popen(["sleep", "60"])
    try:
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
        assert rasa_project._until_ended(process) == 0
        assert process.poll() == -signal.SIGTERM
    finally:
        process.kill()
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])
