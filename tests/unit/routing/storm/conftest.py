"""A desk that the early warning has watched for ten quiet days: twenty messages an hour on four topics."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from routing.storm import StormLevel
from routing.storm_alert import StormAlert
from routing.storm_detector import Detector

START = datetime(2026, 3, 2, tzinfo=UTC)
QUIET_DAYS = 10
TOPICS = ("delivery", "invoice", "login", "praise")
NEGATIVE = {"delivery": 0.4, "invoice": 0.4, "login": 0.3, "praise": 0.05}

Message = tuple[datetime, str, bool]


def ordinary(start: datetime, hours: float, seed: int, an_hour: float = 20) -> Iterator[Message]:
    """What comes in when nothing is the matter."""
    chance = random.Random(seed)
    at = start
    while True:
        at += timedelta(hours=chance.expovariate(an_hour))
        if at >= start + timedelta(hours=hours):
            return
        topic = chance.choice(TOPICS)
        yield at, topic, chance.random() < NEGATIVE[topic]


def wave(start: datetime, minutes: float, topic: str, a_minute: float, negative: bool = True) -> Iterator[Message]:
    """People who write all about the same, evenly."""
    for number in range(int(minutes * a_minute)):
        yield start + timedelta(minutes=number / a_minute), topic, negative


@dataclass
class WatchedDesk:
    """The detector with everything it said."""

    detector: Detector
    now: datetime
    said: list[StormAlert] = field(default_factory=list)

    def hears(self, *streams: Iterable[Message], contact: str | None = None) -> list[StormAlert]:
        """Messages in order of time, and what is said about them."""
        before = len(self.said)
        for at, topic, negative in sorted(message for stream in streams for message in stream):
            self.said += self.detector.observe(at, topic, negative, contact)
            self.now = max(self.now, at)
        return self.said[before:]

    def goes_on(self, hours: float, *others: Iterable[Message], seed: int = 5) -> list[StormAlert]:
        """Ordinary life for some hours, and `others` within it."""
        until = self.now + timedelta(hours=hours)
        said = self.hears(ordinary(self.now, hours, seed), *others)
        self.now = until
        return said + self.waits_until(until)

    def waits_until(self, until: datetime) -> list[StormAlert]:
        """Nothing comes."""
        self.now = until
        changed = self.detector.tick(until)
        self.said += changed
        return changed

    def raised(self) -> list[StormAlert]:
        """Each alert once, as it was first said."""
        first: dict[int, StormAlert] = {}
        for alert in self.said:
            first.setdefault(alert.number, alert)
        return list(first.values())

    def level(self, topic: str) -> StormLevel:
        return self.detector.level(topic)


@pytest.fixture(scope="session")
def quiet_state() -> str:
    """The detector after the quiet days, as text."""
    detector = Detector()
    for at, topic, negative in ordinary(START, QUIET_DAYS * 24, seed=1):
        assert not detector.observe(at, topic, negative), "a quiet desk has no storm"
    detector.tick(START + timedelta(days=QUIET_DAYS))
    return json.dumps(detector.state())


@pytest.fixture
def desk(quiet_state: str) -> WatchedDesk:
    """At noon after the quiet days."""
    desk = WatchedDesk(Detector.from_state(json.loads(quiet_state)), START + timedelta(days=QUIET_DAYS))
    assert not desk.goes_on(12)
    return desk


@pytest.fixture
def fresh() -> Callable[[], WatchedDesk]:
    """A desk nobody has watched yet."""
    return lambda: WatchedDesk(Detector(), START)
