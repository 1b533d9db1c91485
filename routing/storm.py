"""Storm levels, as far as routing needs them. Detection is a room of its own."""

from __future__ import annotations

from enum import StrEnum


class StormLevel(StrEnum):
    """How rough it is on a topic."""

    CALM = "calm"
    WATCH = "watch"
    STORM = "storm"
    RECOVERY = "recovery"
