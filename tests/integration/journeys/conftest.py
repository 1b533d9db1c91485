"""A care desk for each test, on a fresh database."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.store import PostgresStore
from tests.integration.journeys.care import Care

POLICY = Path(__file__).parents[3] / "routing" / "policy.yml"


@pytest.fixture
def care(store: PostgresStore) -> Care:
    """The desk under test, with the policy that is shipped."""
    return Care(store, POLICY.read_text(encoding="utf-8"))
