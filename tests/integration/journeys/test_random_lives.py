"""Whatever people do, in whatever order, no question is lost and nobody learns what is not theirs to know."""

from __future__ import annotations

import os

import pytest

from tests.integration.journeys.care import Care
from tests.integration.journeys.random_lives import RandomLife

SEED = int(os.environ.get("ZURUF_TEST_SEED", "1"))
LIVES = int(os.environ.get("ZURUF_TEST_LIVES", "12"))
STEPS = 60


@pytest.mark.parametrize("seed", range(SEED, SEED + LIVES))
async def test_what_must_hold_holds_in_any_life(care: Care, seed: int) -> None:
    life = RandomLife(care, seed)
    try:
        await life.begin()
        for _step in range(STEPS):
            await life.step()
    except BaseException as fault:
        fault.add_note(f"seed {seed}; what was done:\n{life.story()}")
        raise
