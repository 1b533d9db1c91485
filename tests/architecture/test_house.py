"""The house keeps its shape: imports point down, files and functions stay small, names say what they mean."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import CODE, ROOT, files, text_of

FILE_LINES = 250
TEST_FILE_LINES = 500
FUNCTION_LINES = 40

EXCUSED_FILES: dict[str, str] = {}
EXCUSED_FUNCTIONS: dict[str, str] = {}

VAGUE = {"utils", "util", "common", "helpers", "helper", "manager", "misc", "base"}


def test_imports_point_down_only() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_stay_small() -> None:
    lengths = {str(path): len(text_of(path).splitlines()) for path in files("*.py")}
    long = {
        name: length
        for name, length in lengths.items()
        if length > (TEST_FILE_LINES if name.startswith("tests/") else FILE_LINES) and name not in EXCUSED_FILES
    }
    assert not long, "each has a room of its own in it; split it, or excuse it with a reason"


def test_functions_stay_small() -> None:
    long = {
        name: length
        for path in files("*.py")
        if path.parts[0] != "tests"
        for name, length in _functions(path)
        if length > FUNCTION_LINES and name not in EXCUSED_FUNCTIONS
    }
    assert not long


def test_excuses_are_still_needed() -> None:
    for name in EXCUSED_FILES:
        assert len(text_of(Path(name)).splitlines()) > FILE_LINES, f"{name} needs no excuse any more"
    lengths = dict(entry for path in files("*.py") for entry in _functions(path))
    for name in EXCUSED_FUNCTIONS:
        assert lengths[name] > FUNCTION_LINES, f"{name} needs no excuse any more"


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_module_has_a_vague_name() -> None:
    vague = [
        str(path)
        for path in files("*.py")
        if VAGUE & {part for step in path.with_suffix("").parts for part in step.split("_")}
    ]
    assert not vague


def test_every_module_opens_with_its_meaning() -> None:
    trees = {path: ast.parse(text_of(path)) for path in files("*.py") if path.parts[0] in CODE}
    assert not [str(path) for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)]


def test_database_driver_and_libraries_stay_behind_their_ports() -> None:
    """What import-linter does not say: SQL stays in db, and only wiring knows every adapter."""
    speaking = [
        str(path)
        for path in files("*.py")
        if path.parts[0] in CODE and path.parts[0] not in ("db", "app") and "asyncpg" in _imports(path)
    ]
    assert not speaking


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


INSIDE_RASA = Path("nlu/training/components")
"""These run in Rasa's environment, whose pins are requirements-rasa.txt; the integration tests run them there."""


def test_every_import_is_pinned_for_running() -> None:
    """The image holds requirements.txt alone: the code must not lean on what only the development tools bring."""
    code = """
import importlib.metadata as m, json, re, sys
packages = m.packages_distributions()
print(json.dumps({name: sorted({re.sub("[-_.]+", "-", d).lower() for d in ds}) for name, ds in packages.items()}))
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    providers: dict[str, list[str]] = json.loads(said)
    pins = {line.split("==")[0] for line in text_of(Path("requirements.txt")).splitlines() if "==" in line}
    desk = [path for path in files("*.py") if path.parts[0] in CODE and not path.is_relative_to(INSIDE_RASA)]
    wanted = {name for path in desk for name in _imports(path)}
    foreign = wanted - set(sys.stdlib_module_names) - set(CODE)
    unpinned = {name for name in foreign if not pins & set(providers.get(name, []))}
    assert not unpinned
