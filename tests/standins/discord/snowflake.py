"""Snowflakes: the platform's ids, which also tell when a thing was made.

The upper bits count milliseconds since 2015; the lower 22 make ids made within one millisecond
distinct. Ids of one stand-in only ever grow, so "after this id" always means "later".
"""

import time
from datetime import UTC, datetime

EPOCH_MS = 1_420_070_400_000
TIME_SHIFT = 22


class Snowflakes:
    """A source of ids that grow strictly, even when the machine's clock steps back."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        by_clock = (int(time.time() * 1000) - EPOCH_MS) << TIME_SHIFT
        self._last = max(by_clock, self._last + 1)
        return self._last


def made_at(snowflake: int) -> str:
    """The instant an id was made, in the ISO form the platform writes."""
    return iso(datetime.fromtimestamp(((snowflake >> TIME_SHIFT) + EPOCH_MS) / 1000, UTC))


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def now() -> datetime:
    return datetime.now(UTC)
