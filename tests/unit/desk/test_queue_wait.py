"""The wait that is said is one that holds: a floor at the measured pace, or no number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.queue_wait import FLOORS, PACE_MEASURED, QueuePlace

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("before", "taken_up", "floor", "is_long"),
    [
        (0, 0, None, False),
        (4, 0, None, False),
        (5, 0, None, True),
        (0, 60, None, False),
        (3, 60, None, False),
        (4, 60, 5 * MINUTE, True),
        (9, 20, 30 * MINUTE, True),
        (9, 19, 30 * MINUTE, True),
        (99, 10, 480 * MINUTE, True),
        (9999, 1, 1440 * MINUTE, True),
    ],
)
def test_places_and_what_is_said(before: int, taken_up: int, floor: timedelta | None, is_long: bool) -> None:
    place = QueuePlace(before, taken_up)
    assert (place.floor, place.is_long) == (floor, is_long)


@given(st.integers(0, 20_000), st.integers(0, 5_000))
def test_nothing_is_said_that_the_measured_pace_does_not_need(before: int, taken_up: int) -> None:
    floor = QueuePlace(before, taken_up).floor
    if floor is None:
        assert taken_up == 0 or (before + 1) * PACE_MEASURED / taken_up < FLOORS[0]
    else:
        assert floor in FLOORS
        assert floor <= (before + 1) * PACE_MEASURED / taken_up


@given(st.integers(0, 5_000), st.integers(0, 500), st.integers(1, 500))
def test_more_before_is_never_less_wait_and_more_staff_never_more(before: int, more: int, taken_up: int) -> None:
    nothing = timedelta()
    here = QueuePlace(before, taken_up).floor or nothing
    assert (QueuePlace(before + more, taken_up).floor or nothing) >= here
    assert (QueuePlace(before, taken_up + more).floor or nothing) <= here
