"""Fixtures of the fault tests: a seed that is printed, processes to kill, and the count of what it cost."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.fault_tally import FAULTS, SEED
from tests.faults.victims import Victims


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Random, but the same again with the same FAULT_SEED."""
    return random.Random(f"{os.environ[SEED]} {request.node.name}")


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """Counts that are told at the end of the run."""
    counts: Counter[str] = Counter()
    yield counts
    request.node.user_properties.append((FAULTS, dict(counts)))


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
