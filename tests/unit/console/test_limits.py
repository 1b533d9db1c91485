"""Token buckets: how many at once, how fast they come back, and that memory is bounded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.limits import MOST_KEYS, Limit


class Turned:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_a_burst_passes_then_the_wait_is_told_truly() -> None:
    clock = Turned()
    limit = Limit(per_minute=60, burst=3, clock=clock)
    assert [limit.wait("a") for _ in range(3)] == [0, 0, 0]
    wait = limit.wait("a")
    assert 0 < wait <= 1
    clock.seconds += wait
    assert limit.wait("a") == 0
    assert limit.wait("a") > 0


def test_one_key_says_nothing_about_another() -> None:
    limit = Limit(per_minute=1, burst=1, clock=Turned())
    assert limit.wait("a") == 0
    assert limit.wait("a") > 0
    assert limit.wait("b") == 0


@given(st.lists(st.floats(min_value=0, max_value=10), max_size=60))
def test_never_more_than_burst_and_rate_allow(pauses: list[float]) -> None:
    clock = Turned()
    limit = Limit(per_minute=30, burst=5, clock=clock)
    passed = 0
    for pause in pauses:
        clock.seconds += pause
        passed += limit.wait("a") == 0
    assert passed <= 5 + sum(pauses) / 2 + 1e-6


def test_many_keys_do_not_fill_the_memory_and_the_emptied_are_remembered() -> None:
    clock = Turned()
    limit = Limit(per_minute=0.001, burst=2, clock=clock)
    while limit.wait("flood") == 0:
        pass
    for number in range(MOST_KEYS + 10):
        limit.wait(f"key {number}")
    assert len(limit._buckets) <= MOST_KEYS
    assert limit.wait("flood") > 0
