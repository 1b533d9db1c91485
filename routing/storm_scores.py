"""How far a topic stands out now: the highest score over all windows. The detector's hot path."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import log, sqrt

from routing.storm_chance import BONUSES, FEWEST, WINDOW_SECONDS, WINDOWS, score
from routing.storm_readings import LEAST_EXPECTED, Readings
from routing.storm_topic import Topic

_WORTH_A_BONUS = 2.0
HOUR_PLACE = WINDOWS.index(60)
SURGE_TIMES, SURGE_FEWEST = 5.0, 12
"""A topic's messages of all kinds stand out from this many times the usual, and from this many people."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a topic stands out: score, the window (minutes), messages in it and the number to be expected."""

    score: float
    minutes: int
    count: int
    expected: float
    control: float = 1.0
    negatives: bool = True

    @property
    def excess(self) -> float:
        """Messages more than expected, an hour."""
        return (self.count - self.expected) * 60 / self.minutes


NOWHERE = Standing(0.0, 60, 0, 0.0)


def negatives(readings: Readings, topic: Topic, longest: int = 0) -> Standing:
    """By its negative messages, in windows from WINDOWS[longest] down."""
    times, now, since = topic.negative, readings.now, topic.since
    last = len(times)
    if last < FEWEST:
        return NOWHERE
    level, minutes = topic.usual * topic.tolerance, readings.windows()
    beyond = []
    first = 0
    for place in range(longest, len(WINDOWS)):
        start = now - WINDOW_SECONDS[place]
        first = bisect_left(times, start + 1, first)
        count = last - first
        if count < FEWEST:
            break
        usual = level * (minutes[place] if start >= since else readings.shape_minutes(since, now))
        if count > usual + LEAST_EXPECTED:
            beyond.append((place, count, usual))
    return _furthest(readings, topic, beyond) if beyond else NOWHERE


def _furthest(readings: Readings, topic: Topic, beyond: list[tuple[int, int, float]]) -> Standing:
    """The window that is furthest beyond chance, of those with more than usual: place, count, usual."""
    control, doubt, dispersions = readings.control(topic), topic.doubt, readings.dispersion.values
    best, found = 0.0, (0, 0, 0.0)
    for place, count, usual in beyond:
        expected = usual * control + LEAST_EXPECTED
        if count <= expected:
            continue
        size = 1 / (dispersions[place] + doubt)
        half = count * log(count / expected) - (count + size) * log((count + size) / (expected + size))
        if half > _WORTH_A_BONUS:
            half += BONUSES[place]
        if half > best:
            best, found = half, (place, count, expected)
    return Standing(sqrt(2 * best), WINDOWS[found[0]], found[1], found[2], control) if best else NOWHERE


def all_messages(readings: Readings, topic: Topic) -> Standing:
    """By its messages of all kinds within an hour, against five times the usual."""
    if len(topic.negative) + len(topic.other) < SURGE_FEWEST:
        return NOWHERE
    start = readings.now - 3600 + 1
    count = topic.negatives_from(start) + topic.others_from(start)
    if count < SURGE_FEWEST:
        return NOWHERE
    usual = (topic.usual + topic.usual_other) * readings.expected_minutes(HOUR_PLACE, topic) * topic.tolerance
    if count <= SURGE_TIMES * usual:
        return NOWHERE
    dispersion = readings.dispersion.values[HOUR_PLACE] + topic.doubt
    value = score(count, SURGE_TIMES * usual + LEAST_EXPECTED, dispersion)
    return Standing(value, 60, count, usual, 1.0, negatives=False)
