"""A server of their own for tests that stop it, and ways to cut connections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from db.embedded import EmbeddedServer
from tests.conftest import FAST


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """A temporary folder that a server of another user may be let into (pytest's own are closed to others)."""
    with TemporaryDirectory(prefix="zuruf-") as folder:
        yield Path(folder)


@pytest.fixture
def own_server(data_folder: Path) -> Iterator[EmbeddedServer]:
    """An embedded server that nobody else uses."""
    with EmbeddedServer.start(data_folder, FAST) as running:
        yield running
