"""A desk with the web chat served, and visitors to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bots.web_limits import Rate, WebLimits
from db.store import PostgresStore
from tests.contract.web_chat.care import Care, Visitor


@pytest.fixture
async def care(store: PostgresStore, tmp_path: Path) -> AsyncIterator[Care]:
    made = Care(store, tmp_path / "files")
    async with made.served():
        yield made


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def anna(care: Care, http: aiohttp.ClientSession) -> Visitor:
    return await Visitor(care, http).arrives()


@pytest.fixture
async def ben(care: Care, http: aiohttp.ClientSession) -> Visitor:
    return await Visitor(care, http).arrives()


@pytest.fixture
async def unlimited(store: PostgresStore, tmp_path: Path, http: aiohttp.ClientSession) -> AsyncIterator[Visitor]:
    """A visitor without rate limits."""
    free = Rate(1e9, 1e9)
    care = Care(store, tmp_path / "unlimited")
    async with care.served(limits=WebLimits(free, free, free, free, free, free)):
        yield await Visitor(care, http).arrives()
