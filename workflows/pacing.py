"""Pacing: how long a channel's next message must wait, so that the platform need not refuse it.

A token bucket for the whole bot and one for each chat: a bucket holds up to `burst` messages and fills at
`rate` a second (the platforms' own description of their limits), so that within any `t` seconds at most
`burst + rate * t` messages leave for a chat. Whoever will not wait so long takes no place: a place taken and not
used would hold up everybody behind it, again at every attempt.

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
    """A token bucket: how full it was at the instant of its last message, which may lie ahead."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst = rate, burst
        self._level, self._at = burst, now

    def earliest(self, now: float) -> float:
        """The instant at which the next message may go. Reserves nothing."""
        start = max(now, self._at)
        return start + max(0.0, 1.0 - self._level_at(start)) / self._rate

    def take(self, at: float) -> None:
        """Reserves one message at that instant; none is reserved before it any more."""
        self._level, self._at = self._level_at(at) - 1.0, at

    def _level_at(self, instant: float) -> float:
        return min(self._burst, self._level + (instant - self._at) * self._rate)


class Pacer:
    """The buckets of one channel. Chats quiet for long are forgotten; a full bucket forgets nothing."""

    def __init__(self, limits: ChannelLimits, now: float) -> None:
        self._bot = Bucket(limits.per_second, max(1.0, min(BURST_OF_BOT, limits.per_second)), now)
        self._chats: OrderedDict[str, Bucket] = OrderedDict()
        self._now, self._set_back = now, 0.0

    def wait(self, chat: str, rate: float, now: float, longest: float = inf) -> float:
        """Seconds until a message to `chat` may go; `rate` is the chat's messages per second.

        The place is reserved unless that is longer than `longest`: ask again then.
        """
        now = self._forward(now)
        bucket = self._chats.pop(chat, None) or Bucket(rate, BURST_A_CHAT, now)
        self._chats[chat] = bucket
        if len(self._chats) > CHATS_REMEMBERED:
            self._chats.popitem(last=False)
        bots_turn = self._bot.earliest(now)
        at = max(bucket.earliest(now), bots_turn)
        if at - now <= longest:
            bucket.take(at)
            self._bot.take(bots_turn)
        return at - now

    def _forward(self, now: float) -> float:
        """The instant on a clock that is never set back: nobody waits because a clock was put right."""
        self._set_back = max(self._set_back, self._now - now)
        self._now = now + self._set_back
        return self._now
