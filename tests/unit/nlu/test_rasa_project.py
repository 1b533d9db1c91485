"""Where Rasa's Python is found, and what is said when there is none."""

from __future__ import annotations

import ast
import hashlib
import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from nlu import rasa_project
from tests.architecture.compose import stages


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


def imported_of_ours(path: Path) -> set[str]:
    """The modules of this repository that a file imports, at whatever depth of it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    named |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    ours = {folder.name for folder in rasa_project.ROOT.iterdir() if (folder / "__init__.py").exists()}
    return {name for name in named if name.split(".")[0] in ours}


def test_components_use_only_what_goes_with_them() -> None:
    """Rasa's Python is older and its image holds no desk."""
    code = rasa_project.component_code()
    there = {".".join(path.relative_to(rasa_project.ROOT).with_suffix("").parts) for path in code}
    used = {name for path in code for name in imported_of_ours(path)}
    assert used <= there
    assert {path.name for path in code} >= {"intent_diet.py", "sentence_vectors.py"}


def test_a_change_of_a_component_is_a_change_of_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained: list[Path] = []

    def pretend(_command: object, cwd: Path) -> None:
        (cwd / "out").mkdir()
        (cwd / "out" / "model.tar.gz").write_text("model")
        trained.append(cwd)

    part = tmp_path / "part.py"
    monkeypatch.setattr(rasa_project, "_run", pretend)
    monkeypatch.setattr(rasa_project, "component_code", lambda: [part])
    data = tmp_path / "nlu.yml"
    data.write_text("nlu: []")
    models = []
    for content in ("a = 1", "a = 1", "a = 2"):
        part.write_text(content)
        models.append(rasa_project.train(Path("rasa"), data=[data], models=tmp_path / "models"))
    assert models[0] == models[1] != models[2]
    assert len(trained) == 2
    assert sorted((tmp_path / "models").iterdir()) == [models[2]]


def test_the_images_hold_what_the_components_need() -> None:
    needed = {str(path.relative_to(rasa_project.ROOT)) for path in rasa_project.component_code()}
    for name in ("rasa-packages", "rasa"):
        copied = {source for source, _ in stages()[name].copies}
        missing = {path for path in needed if path not in copied and not any(path.startswith(f"{c}/") for c in copied)}
        assert not missing, f"the Dockerfile's stage {name} lacks them"
