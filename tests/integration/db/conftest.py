"""A server of their own for tests that stop it, and ways to cut connections."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.embedded import EmbeddedServer
from tests.conftest import FAST


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """An embedded server that nobody else uses."""
    with EmbeddedServer.start(tmp_path_factory.mktemp("own"), FAST) as running:
        yield running
