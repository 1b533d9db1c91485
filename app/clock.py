"""The system's clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """Port `Clock` on the machine's time."""

    def now(self) -> datetime:
        """The instant now, aware UTC."""
        return datetime.now(UTC)
