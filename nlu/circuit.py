"""A circuit breaker: stops asking a service that keeps failing, and tries it again after a rest.

`closed` asks and counts failures in a row; after `opens_after` of them it is `open` and refuses for `rest_seconds`;
then it is `half_open`: one trial is let through, whose outcome closes it or opens it anew.

The table is the whole truth: (state, what happened) -> state. Pure but for the clock it is given (seconds).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum


class CircuitState(StrEnum):
    """Whether calls pass."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Happening(StrEnum):
    """What moves a breaker."""

    SUCCEEDED = "succeeded"
    FAILED_TOO_OFTEN = "failed_too_often"
    RESTED = "rested"


TRANSITIONS: dict[tuple[CircuitState, Happening], CircuitState] = {
    (CircuitState.CLOSED, Happening.FAILED_TOO_OFTEN): CircuitState.OPEN,
    (CircuitState.CLOSED, Happening.SUCCEEDED): CircuitState.CLOSED,
    (CircuitState.OPEN, Happening.RESTED): CircuitState.HALF_OPEN,
    (CircuitState.OPEN, Happening.SUCCEEDED): CircuitState.OPEN,
    (CircuitState.OPEN, Happening.FAILED_TOO_OFTEN): CircuitState.OPEN,
    (CircuitState.HALF_OPEN, Happening.SUCCEEDED): CircuitState.CLOSED,
    (CircuitState.HALF_OPEN, Happening.FAILED_TOO_OFTEN): CircuitState.OPEN,
}


class CircuitBreaker:
    """One service's breaker. Call `allows` before each call, then `succeeded` or `failed`."""

    def __init__(
        self, *, opens_after: int = 3, rest_seconds: float = 10.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.state = CircuitState.CLOSED
        self._opens_after = opens_after
        self._rest_seconds = rest_seconds
        self._clock = clock
        self._failures = 0
        self._opened_at = 0.0

    def allows(self) -> bool:
        """True when a call may be made now. In `half_open`, for one caller only."""
        if self.state is CircuitState.CLOSED:
            return True
        if self.state is CircuitState.OPEN and self._clock() - self._opened_at >= self._rest_seconds:
            self._move(Happening.RESTED)
            return True
        return False

    def succeeded(self) -> None:
        """The call was answered."""
        self._failures = 0
        self._move(Happening.SUCCEEDED)

    def failed(self) -> None:
        """The call was not answered, or with nonsense."""
        self._failures += 1
        if self.state is CircuitState.HALF_OPEN or self._failures >= self._opens_after:
            self._opened_at = self._clock()
            self._move(Happening.FAILED_TOO_OFTEN)

    def _move(self, happening: Happening) -> None:
        self.state = TRANSITIONS[self.state, happening]
