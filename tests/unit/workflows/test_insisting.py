"""A step is tried again while the database is away, and only then."""

from __future__ import annotations

import pytest

from desk.errors import InputRejected, StorageUnavailable
from workflows.insisting import insist


class Step:
    """Fails in order, then answers."""

    def __init__(self, *fails: Exception) -> None:
        self.fails, self.tries = list(fails), 0

    async def __call__(self) -> str:
        self.tries += 1
        if self.fails:
            raise self.fails.pop(0)
        return "done"


async def test_it_is_tried_until_the_database_is_back() -> None:
    step = Step(StorageUnavailable("away"), StorageUnavailable("away"))
    assert await insist(step) == "done"
    assert step.tries == 3


async def test_patience_ends_when_it_shall() -> None:
    step = Step(*(StorageUnavailable("away") for _ in range(100)))
    with pytest.raises(StorageUnavailable):
        await insist(step, seconds=0.2)
    assert 2 <= step.tries <= 4


async def test_other_faults_are_not_tried_again() -> None:
    step = Step(InputRejected("no"))
    with pytest.raises(InputRejected):
        await insist(step, seconds=1)
    assert step.tries == 1
