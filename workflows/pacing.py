"""Pacing: how long a channel's next message must wait, so that the platform need not refuse it.

A token bucket for the whole bot and one for each chat: a bucket holds up to `burst` messages and fills at
`rate` a second (the platforms' own description of their limits), so that within any `t` seconds at most
`burst + rate * t` messages leave. Whoever will not wait so long takes no place: a place taken and not used would
hold up everybody behind it, again at every attempt.

Pure: callers pass `now` in seconds. What a platform refuses all the same is kept in the outbox with its
retry_after; nothing is dropped.
"""

from __future__ import annotations

from collections import OrderedDict
from math import inf

from desk.outbound import ChannelLimits

CHATS_REMEMBERED = 10_000
BURST_A_CHAT = 3.0
BURST_OF_BOT = 5.0
"""Small, so that burst and rate together stay under what a platform counts within one second."""


class Bucket:
    """A token bucket. A negative level is places reserved ahead."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst, self._filled_at = rate, burst, now
        self._tokens = burst

    def wait(self, now: float) -> float:
        """Seconds until the next message may go. Reserves nothing."""
        self._tokens = min(self._burst, self._tokens + max(0.0, now - self._filled_at) * self._rate)
        self._filled_at = max(now, self._filled_at)
        return max(0.0, (1.0 - self._tokens) / self._rate)

    def take(self) -> None:
        """Reserves the place that `wait` spoke of."""
        self._tokens -= 1.0


class Pacer:
    """The buckets of one channel. Chats quiet for long are forgotten; a full bucket forgets nothing."""

    def __init__(self, limits: ChannelLimits, now: float) -> None:
        self._bot = Bucket(limits.per_second, max(1.0, min(BURST_OF_BOT, limits.per_second)), now)
        self._chats: OrderedDict[str, Bucket] = OrderedDict()

    def wait(self, chat: str, rate: float, now: float, longest: float = inf) -> float:
        """Seconds until a message to `chat` may go; `rate` is the chat's messages per second.

        The place is reserved unless that is longer than `longest`: ask again then.
        """
        bucket = self._chats.pop(chat, None) or Bucket(rate, BURST_A_CHAT, now)
        self._chats[chat] = bucket
        if len(self._chats) > CHATS_REMEMBERED:
            self._chats.popitem(last=False)
        seconds = max(bucket.wait(now), self._bot.wait(now))
        if seconds <= longest:
            bucket.take()
            self._bot.take()
        return seconds
