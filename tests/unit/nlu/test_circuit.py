"""The circuit breaker opens, rests and tries again."""

from __future__ import annotations

import pytest

from nlu.circuit import TRANSITIONS, CircuitBreaker, CircuitState, Happening


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def breaker(hands: Hands) -> CircuitBreaker:
    return CircuitBreaker(opens_after=3, rest_seconds=10, clock=hands)


def opened(breaker: CircuitBreaker) -> CircuitBreaker:
    for _ in range(3):
        assert breaker.allows()
        breaker.failed()
    return breaker


def test_it_opens_after_failures_in_a_row_only(breaker: CircuitBreaker) -> None:
    for _ in range(5):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()
    assert breaker.allows()
    assert not opened(breaker).allows()


def test_after_its_rest_it_lets_one_trial_through(breaker: CircuitBreaker, hands: Hands) -> None:
    opened(breaker)
    hands.now = 9.9
    assert not breaker.allows()
    hands.now = 10
    assert breaker.allows()
    assert breaker.state is CircuitState.HALF_OPEN
    assert not breaker.allows()


def test_the_trial_decides(breaker: CircuitBreaker, hands: Hands) -> None:
    opened(breaker)
    hands.now = 10
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    hands.now = 20
    assert breaker.allows()
    breaker.succeeded()
    assert breaker.state is CircuitState.CLOSED
    breaker.failed()
    assert breaker.allows()


def test_every_arrow_leads_to_a_state_and_rest_only_ends_when_open() -> None:
    assert set(TRANSITIONS.values()) <= set(CircuitState)
    assert [state for state, what in TRANSITIONS if what is Happening.RESTED] == [CircuitState.OPEN]
