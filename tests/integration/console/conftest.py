"""A console for each test, on a fresh database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from db.store import PostgresStore
from tests.integration.console.world import World, running_world


@pytest_asyncio.fixture
async def world(store: PostgresStore, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Everything, running."""
    async with running_world(store, database_url, tmp_path) as built:
        yield built
