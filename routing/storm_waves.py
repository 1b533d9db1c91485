"""The storms under way: one alert each, from the score that raised it to calm again.

A topic whose score passes the threshold joins a storm that is under way if that is young, or much bigger: classifiers
spill a storm's messages over other topics, and one outage is asked about in many ways. Else it is a storm of its own.

A storm eases when the scores of its short windows have been low for a while: hysteresis, so that one wave is not many
alerts. Windows then begin anew. What comes again within the recovery is the same storm.

Units: instants are whole seconds since the epoch; scores are those of routing/storm_chance.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from routing.reasons import Reason
from routing.storm import StormLevel, StormTrigger, after
from routing.storm_alert import StormAlert
from routing.storm_chance import WINDOWS
from routing.storm_scores import Standing
from routing.storm_topic import Topic

_JOIN_SECONDS = 3600
_JOIN_SHARE = 0.5
_LEADING_SHARE = 0.3
_EASE_MINUTES = 12
_RECOVERY_SECONDS, _LONGEST_RECOVERY_SECONDS = 3600, 6 * 3600
_MESSAGES_OF_A_RECOVERY = 60
NEW_NORMAL_SECONDS = 2 * 86_400
"""What lasts as long is usual."""
_SHORT_MINUTES, _SLOW_MINUTES = 15, 120
_SOME_MESSAGES = 8


@dataclass(slots=True)
class Wave:
    """One storm under way."""

    number: int
    topics: list[str]
    learning: bool
    minutes: int
    began_at: int
    raised_at: int
    peak: float
    excesses: dict[str, float]
    reasons: tuple[Reason, ...]
    calm_minutes: int = 0
    eased_at: int | None = None
    ended_at: int | None = None
    level: StormLevel = StormLevel.STORM

    def alert(self) -> StormAlert:
        """As people are told."""
        return StormAlert(
            number=self.number,
            topic=self.topics[0],
            topics=tuple(self.topics),
            level=self.level,
            learning=self.learning,
            began_at=_instant(self.began_at),
            raised_at=_instant(self.raised_at),
            eased_at=None if self.eased_at is None else _instant(self.eased_at),
            ended_at=None if self.ended_at is None else _instant(self.ended_at),
            peak=self.peak,
            reasons=self.reasons,
        )

    @property
    def excess(self) -> float:
        """Messages more than expected, an hour, on the topic that had most."""
        return max(self.excesses.values())

    def leading(self) -> list[str]:
        """The topics that tell whether it is over: not those that a classifier's mistakes spilled over."""
        bar = _LEADING_SHARE * self.excess
        return [name for name in self.topics if name == self.topics[0] or (name and self.excesses[name] >= bar)]

    def rise(self, topic: str, standing: Standing, share: float) -> None:
        """`topic` stands out in it, perhaps more than before."""
        self.peak = max(self.peak, share)
        self.excesses[topic] = max(self.excesses.get(topic, 0.0), standing.excess)

    @property
    def short_place(self) -> int:
        """The windows from here on tell whether the wave is over: a quarter as long as the one that raised it, and long
        enough for some messages of the storm, or its pauses would be its end."""
        longest = max(
            _SHORT_MINUTES, self.minutes // 4, min(_SLOW_MINUTES, 60 * _SOME_MESSAGES / max(self.excess, 1.0))
        )
        return next(place for place, minutes in enumerate(WINDOWS) if minutes <= longest)

    @property
    def recovered_at(self) -> int | None:
        """When the recovery is over, None before it: after an hour, and of a slow storm after the time that sixty of
        its messages take. A pause in few messages looks like their end."""
        if self.eased_at is None:
            return None
        if self.eased_at - self.raised_at >= NEW_NORMAL_SECONDS:
            return self.eased_at + _RECOVERY_SECONDS
        slow = min(_LONGEST_RECOVERY_SECONDS, int(3600 * _MESSAGES_OF_A_RECOVERY / max(self.excess, 1.0)))
        return self.eased_at + max(_RECOVERY_SECONDS, slow)

    def state(self) -> dict[str, Any]:
        """JSON-able."""
        kept: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        return kept | {"reasons": [[one.text, dict(one.values)] for one in self.reasons], "level": self.level.value}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Wave:
        """What `state` gave."""
        reasons = tuple(Reason(text, values) for text, values in state["reasons"])
        return cls(**(state | {"reasons": reasons, "level": StormLevel(state["level"])}))


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


class Waves:
    """All storms under way."""

    def __init__(self) -> None:
        self.last_number = 0
        self.open: dict[int, Wave] = {}

    def stand_out(
        self, topic: Topic, standing: Standing, share: float, now: int, reasons: Callable[[], tuple[Reason, ...]]
    ) -> Wave | None:
        """`topic` passes the threshold, `share` of it high. The storm if it is new or changed, else None."""
        known = self.open.get(topic.storm) if topic.storm is not None else None
        if known is None:
            known = next((wave for wave in self.open.values() if _belongs(wave, topic, standing, now)), None)
            if known is None:
                return self._begin(topic, standing, share, now, reasons())
            known.topics.append(topic.name)
            topic.storm = known.number
        elif known.level is StormLevel.STORM:
            known.rise(topic.name, standing, share)
            return None
        known.rise(topic.name, standing, share)
        if known.level is StormLevel.RECOVERY:
            known.level, known.eased_at, known.calm_minutes = after(known.level, StormTrigger.BREAK), None, 0
        return known

    def _begin(self, topic: Topic, standing: Standing, share: float, now: int, reasons: tuple[Reason, ...]) -> Wave:
        self.last_number += 1
        wave = Wave(
            number=self.last_number,
            topics=[topic.name],
            learning=standing.score == 0,
            minutes=standing.minutes,
            began_at=max(now - standing.minutes * 60, topic.since),
            raised_at=now,
            peak=share,
            excesses={topic.name: standing.excess},
            reasons=reasons,
        )
        topic.storm = wave.number
        self.open[wave.number] = wave
        return wave

    def eased(self, wave: Wave, calm: bool, now: int) -> bool:
        """A minute of the storm is over; `calm`: its short windows are low. Whether it eases now."""
        wave.calm_minutes = wave.calm_minutes + 1 if calm else 0
        if wave.calm_minutes < _EASE_MINUTES:
            return False
        wave.level, wave.eased_at = after(wave.level, StormTrigger.EASE), now
        return True

    def is_over(self, wave: Wave, now: int) -> bool:
        """Whether the recovery has lasted long enough."""
        return wave.recovered_at is not None and now >= wave.recovered_at

    def end(self, wave: Wave, trigger: StormTrigger, now: int) -> None:
        """Calm again."""
        wave.level, wave.ended_at = after(wave.level, trigger), now
        wave.eased_at = wave.eased_at or now
        del self.open[wave.number]

    def state(self) -> dict[str, Any]:
        """JSON-able."""
        return {"last_number": self.last_number, "open": [wave.state() for wave in self.open.values()]}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Waves:
        """What `state` gave."""
        self = cls()
        self.last_number = state["last_number"]
        self.open = {wave.number: wave for wave in map(Wave.from_state, state["open"])}
        return self


def _belongs(wave: Wave, topic: Topic, standing: Standing, now: int) -> bool:
    """All topics together (no name) belong to any storm, and any topic to a storm of all together; but what is slow to
    recover takes nothing more in."""
    if wave.eased_at is not None and now - wave.eased_at >= _RECOVERY_SECONDS:
        return False
    together = not topic.name or not wave.topics[0]
    return together or now - wave.raised_at < _JOIN_SECONDS or standing.excess < _JOIN_SHARE * wave.excess
