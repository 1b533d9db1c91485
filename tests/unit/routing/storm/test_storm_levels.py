"""The levels' table is the whole truth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import IllegalTransition
from routing.storm import TRANSITIONS, StormLevel, StormTrigger, after


@given(st.sampled_from(StormLevel), st.sampled_from(StormTrigger))
def test_what_has_no_arrow_is_illegal(level: StormLevel, trigger: StormTrigger) -> None:
    if (level, trigger) in TRANSITIONS:
        assert after(level, trigger) is TRANSITIONS[level, trigger]
    else:
        with pytest.raises(IllegalTransition):
            after(level, trigger)


def test_every_level_is_reached_and_every_storm_can_end() -> None:
    assert set(TRANSITIONS.values()) == set(StormLevel)
    for level in set(StormLevel) - {StormLevel.CALM}:
        assert after(level, StormTrigger.DISMISS) is StormLevel.CALM
