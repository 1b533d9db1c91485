"""Faults: answers that fail on purpose, and the platform's rate budgets.

A fault meets the next requests of one kind, a given number of times. With `lost` the request is
carried out and its answer never arrives. Budgets (off by default) allow so many requests per window for
each route and channel, and some for the whole bot.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

from .refusals import Refused

GLOBAL_PER_SECOND = 50
BUDGETS: dict[tuple[str, str], tuple[int, float]] = {
    ("POST", "/channels/{channel_id}/messages"): (5, 5.0),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): (5, 5.0),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): (5, 1.0),
    ("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{user_id}"): (1, 0.25),
    ("PATCH", "/channels/{channel_id} name"): (2, 600.0),
    ("POST", "/channels/{channel_id}/threads"): (50, 300.0),
    ("POST", "/users/@me/channels"): (10, 10.0),
    ("POST", "/webhooks/{webhook_id}/{token}"): (5, 2.0),
}


class RateLimited(Refused):
    """429, with what the client needs to wait the right time. Times in seconds."""

    def __init__(self, retry_after: float, everywhere: bool = False) -> None:
        super().__init__(429, 0, "You are being rate limited.")
        self.retry_after = retry_after
        self.everywhere = everywhere

    def body(self) -> dict[str, Any]:
        return {"message": self.message, "retry_after": self.retry_after, "global": self.everywhere}


@dataclass(eq=False)
class Fault:
    method: str
    path: str
    status: int = 500
    code: int = 0
    message: str = "500: Internal Server Error"
    retry_after: float = 1.0
    everywhere: bool = False
    times: int = 1
    lost: bool = False
    delay_seconds: float = 0.0

    def meets(self, method: str, path: str) -> bool:
        pattern = re.sub(r"\\{.*?\\}", "[^/]+", re.escape(self.path))
        return self.times > 0 and self.method == method and re.fullmatch(pattern, path) is not None

    def refusal(self) -> Refused:
        if self.status == 429:
            return RateLimited(self.retry_after, self.everywhere)
        return Refused(self.status, self.code, self.message)


@dataclass(eq=False)
class Faults:
    planned: list[Fault] = field(default_factory=list)

    def take(self, method: str, path: str) -> Fault | None:
        for fault in self.planned:
            if fault.meets(method, path):
                fault.times -= 1
                return fault
        return None


@dataclass(eq=False)
class Window:
    """So many requests until `ends_at` (monotonic seconds)."""

    limit: int
    seconds: float
    used: int = 0
    ends_at: float = 0.0

    def spend(self) -> float:
        """Seconds to wait; 0 when the request fits."""
        now = time.monotonic()
        if now >= self.ends_at:
            self.used, self.ends_at = 0, now + self.seconds
        if self.used >= self.limit:
            return self.ends_at - now
        self.used += 1
        return 0.0


@dataclass(eq=False)
class Budgets:
    """The rate limits. Answers to interactions are free of the global one, as on the platform."""

    on: bool = False
    rules: dict[tuple[str, str], tuple[int, float]] = field(default_factory=lambda: dict(BUDGETS))
    windows: dict[tuple[str, str, str], Window] = field(default_factory=dict)
    whole: Window = field(default_factory=lambda: Window(GLOBAL_PER_SECOND, 1.0))

    def spend(self, method: str, template: str, major: str) -> dict[str, str]:
        """The X-RateLimit headers of this request; RateLimited when it does not fit."""
        window = Window(1000, 1.0)
        if self.on:
            if not template.startswith("/interactions") and (wait := self.whole.spend()):
                raise RateLimited(wait, everywhere=True)
            limit, seconds = self.rules.get((method, template), (1000, 1.0))
            window = self.windows.setdefault((method, template, major), Window(limit, seconds))
        if wait := window.spend():
            raise RateLimited(wait)
        return headers(window, f"{method}{template}")


def headers(window: Window, bucket: str) -> dict[str, str]:
    left = max(window.ends_at - time.monotonic(), 0.0)
    return {
        "X-RateLimit-Limit": str(window.limit),
        "X-RateLimit-Remaining": str(window.limit - window.used),
        "X-RateLimit-Reset": f"{time.time() + left:.3f}",
        "X-RateLimit-Reset-After": f"{left:.3f}",
        "X-RateLimit-Bucket": f"{abs(hash(bucket)):032x}"[:32],
    }
