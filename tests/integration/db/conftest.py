"""A server of their own for tests that stop it, and ways to cut connections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.embedded import EmbeddedServer
from tests.conftest import FAST
from tests.places import servers_folder


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """A folder for a server's data."""
    with servers_folder() as folder:
        yield folder


@pytest.fixture
def own_server(data_folder: Path) -> Iterator[EmbeddedServer]:
    """An embedded server that nobody else uses."""
    with EmbeddedServer.start(data_folder, FAST) as running:
        yield running
