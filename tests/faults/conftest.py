"""Fixtures of the fault tests: a seed that is printed, processes to kill, and the count of what it cost."""

from __future__ import annotations

import os
import random
import secrets
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.victims import Victims

TALLY = pytest.StashKey[Counter[str]]()
SEED = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    """The seed of this run: the given one, or a new one."""
    config.stash[TALLY] = Counter()
    config.stash[SEED] = int(os.environ.get("FAULT_SEED") or secrets.randbelow(10**6))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What the faults came to."""
    tally = config.stash.get(TALLY, Counter())
    if not tally:
        return
    kills = sum(count for what, count in tally.items() if what.startswith("kills"))
    terminalreporter.section("faults")
    terminalreporter.line(f"{kills} processes killed, FAULT_SEED={config.stash[SEED]}")
    for what, count in sorted(tally.items()):
        terminalreporter.line(f"{count:6d}  {what}")


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Random, but the same again with the same FAULT_SEED."""
    return random.Random(f"{request.config.stash[SEED]} {request.node.name}")


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Counter[str]:
    """Counts that are told at the end of the run."""
    return request.config.stash[TALLY]


@pytest.fixture
def victims(tally: Counter[str]) -> Iterator[Victims]:
    """Processes to kill."""
    with Victims(tally) as some:
        yield some


@pytest.fixture
def sockets() -> Iterator[Path]:
    """A folder with a short name: sockets' names may not be long."""
    with TemporaryDirectory(prefix="faults-") as folder:
        yield Path(folder)
