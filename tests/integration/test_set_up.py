"""`make` on a bare machine: the right Python is found, whatever else is called python."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine whose PATH holds the little that the script needs, and no Python yet."""
    for name in ("sh", "tr"):
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    return tmp_path


def _program(machine: Path, name: str, text: str) -> None:
    (machine / name).write_text(f"#!/bin/sh\n{text}\n")
    (machine / name).chmod(0o755)


def _find(machine: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(machine), "HOME": str(machine), **more}
    command = ["sh", str(ROOT / "scripts" / "find_python.sh")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _good(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    path.chmod(0o755)


def test_shim_of_a_version_that_is_not_chosen_is_passed_over(machine: Path) -> None:
    _program(machine, "python3.11", "echo 'pyenv: python3.11: command not found' >&2; exit 127")
    _program(machine, "python3", "exit 1  # an old one, or one without ensurepip")
    _good(machine / "python3.13")
    assert _find(machine).stdout.strip() == str(machine / "python3.13")


def test_newer_python_under_the_plain_name_will_do(machine: Path) -> None:
    _good(machine / "python3")
    assert _find(machine).stdout.strip() == str(machine / "python3")


def test_versions_of_pyenv_are_looked_through(machine: Path) -> None:
    _program(machine, "python3", "exit 1")
    good = machine / "pyenv" / "versions" / "3.12.1" / "bin" / "python3.12"
    _good(good)
    assert _find(machine, PYENV_ROOT=str(machine / "pyenv")).stdout.strip() == str(good)


def test_without_any_the_way_out_is_named(machine: Path) -> None:
    said = _find(machine)
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "Python 3.11" in said.stderr
