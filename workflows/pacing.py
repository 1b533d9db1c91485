"""Pacing: how long a channel's next message must wait, so that the platform need not refuse it.

A token bucket for the whole bot and one for each chat: a bucket holds up to `burst` messages and fills at
`rate` a second (the platforms' own description of their limits). Pure: callers pass `now` in seconds.
What a platform refuses all the same is kept in the outbox with its retry_after; nothing is dropped.
"""

from __future__ import annotations

from collections import OrderedDict

from desk.outbound import ChannelLimits

CHATS_REMEMBERED = 10_000
BURST_A_CHAT = 3.0


class Bucket:
    """A token bucket. `take` returns the seconds to wait before the message may go; the place is then reserved."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst, self._filled_at = rate, burst, now
        self._tokens = burst

    def take(self, now: float) -> float:
        """Reserves one message."""
        self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._rate)


class Pacer:
    """The buckets of one channel. Chats quiet for long are forgotten; a full bucket forgets nothing."""

    def __init__(self, limits: ChannelLimits, now: float) -> None:
        self._limits = limits
        self._bot = Bucket(limits.per_second, max(1.0, limits.per_second), now)
        self._chats: OrderedDict[str, Bucket] = OrderedDict()

    def wait(self, chat: str, rate: float, now: float) -> float:
        """Seconds until a message to `chat` may go; `rate` is the chat's messages per second."""
        bucket = self._chats.pop(chat, None) or Bucket(rate, BURST_A_CHAT, now)
        self._chats[chat] = bucket
        if len(self._chats) > CHATS_REMEMBERED:
            self._chats.popitem(last=False)
        return max(bucket.take(now), self._bot.take(now))
