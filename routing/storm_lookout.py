"""What is looked at with every message and every minute: which topics stand out, which storms begin, join, ease, end.

Beside the scores this keeps the highest score of each quarter of a day in which no storm was (the threshold learns from
these), and the topics on watch.

Units: instants are whole seconds since the epoch.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from routing.reasons import Reason
from routing.storm import StormLevel, StormTrigger, after
from routing.storm_alert import StormAlert, plain_reasons, reasons_of
from routing.storm_chance import BLOCK_HOURS, Threshold
from routing.storm_readings import HOUR, Readings
from routing.storm_scores import NOWHERE, Standing, all_messages, negatives
from routing.storm_topic import Topic
from routing.storm_waves import NEW_NORMAL_SECONDS, Wave, Waves

ALL = ""
"""The name of all topics together, in levels and as an alert's topic."""

_MINUTE = 60
DAY = 24 * HOUR
LEARNING_SECONDS = 7 * DAY
_HALF_LEARNED_SECONDS = 3 * DAY
_CAUTION = 1.3
_BLOCKS_FROM_SECONDS = 4 * DAY
_PLAIN_FEWEST, _PLAIN_TIMES, _PLAIN_FROM_SECONDS = 12, 4, 2 * HOUR
_WATCH_SHARE, _WATCH_SECONDS = 0.75, 30 * 60
_EASE_SHARE = 0.4
_ORDINARY_SCORE = 4.0
_ORDINARY_PEAK = 1.3


class Lookout:
    """Storms, and what is needed to tell them, over the desk's readings."""

    def __init__(self, readings: Readings, budget: float) -> None:
        self.readings = readings
        self.threshold = Threshold(budget)
        self.waves = Waves()
        self.warm: dict[str, int] = {}
        self.heat = 0.0
        self.unsettled_until = 0
        self._block_peak = 0.0
        self._block_stormy = False

    @property
    def learned_seconds(self) -> int:
        """How long it has watched."""
        return self.readings.now - self.readings.started_at

    def all_topics(self) -> Iterator[tuple[str, Topic]]:
        """All together, then each."""
        yield ALL, self.readings.total
        yield from self.readings.topics.items()

    def topic(self, name: str) -> Topic:
        """By name. KeyError for one never seen."""
        return self.readings.topics[name] if name else self.readings.total

    def look(self, topic: Topic, negative: bool, changed: list[StormAlert]) -> None:
        """Whether `topic` stands out now, after a message that was `negative` or not."""
        standing = negatives(self.readings, topic) if negative else all_messages(self.readings, topic)
        share = standing.score / self.threshold.height
        if topic.storm is None:
            self._block_peak = max(self._block_peak, standing.score)
        if self.learned_seconds < LEARNING_SECONDS:
            plain = self._by_plain_rule(topic) if negative else NOWHERE
            share = share / _CAUTION if self.learned_seconds > _HALF_LEARNED_SECONDS else 0.0
            if share < 1 and plain.count:
                standing, share = plain, 1.0
        self.heat = max(self.heat, share)
        if share >= 1:
            self._break(topic, standing, share, changed)
        elif share >= _WATCH_SHARE and topic.level in (StormLevel.CALM, StormLevel.WATCH):
            if topic.level is StormLevel.CALM:
                topic.level = after(topic.level, StormTrigger.RISE)
            self.warm[topic.name] = self.readings.now + _WATCH_SECONDS

    def _by_plain_rule(self, topic: Topic) -> Standing:
        """While learning. Its score is 0: nothing is known to score against."""
        if topic is self.readings.total or self.learned_seconds < _PLAIN_FROM_SECONDS:
            return NOWHERE
        start = self.readings.now - HOUR
        count = topic.negatives_from(start)
        everything = self.readings.total.negatives_from(start)
        bar = max(_PLAIN_FEWEST, _PLAIN_TIMES * topic.busiest_hour, everything / 2)
        return Standing(0.0, 60, count, float(topic.busiest_hour)) if count > bar else NOWHERE

    def _break(self, topic: Topic, standing: Standing, share: float, changed: list[StormAlert]) -> None:
        self._block_stormy = True
        wave = self.waves.stand_out(
            topic, standing, share, self.readings.now, lambda: self._reasons(topic.name, standing)
        )
        if wave is None:
            return
        for name in wave.topics:
            one = self.topic(name)
            self.warm.pop(name, None)
            if one.level is not StormLevel.STORM:
                one.level = after(one.level, StormTrigger.BREAK)
        changed.append(wave.alert())

    def _reasons(self, name: str, standing: Standing) -> tuple[Reason, ...]:
        if not standing.score:
            return plain_reasons(name, standing, self.learned_seconds / DAY, LEARNING_SECONDS // DAY, _PLAIN_TIMES)
        return reasons_of(name, standing, self.threshold.height, self.threshold.budget)

    def next_edge(self) -> int:
        """When to look again if nothing comes: at the end of the hour, when a watch or a recovery ends, and each minute
        while a storm is up (it may ease), or while what is due waits for readings to be sure of."""
        now = self.readings.now
        minute, due = (now // _MINUTE + 1) * _MINUTE, (now // HOUR + 1) * HOUR
        for wave in self.waves.open.values():
            due = min(due, wave.recovered_at or minute)
        for until in self.warm.values():
            due = min(due, until)
        return max(minute, -(-due // _MINUTE) * _MINUTE)

    def minute(self, changed: list[StormAlert]) -> None:
        """A minute of readings is over."""
        now = self.readings.now
        for name in [name for name, until in self.warm.items() if now >= until]:
            del self.warm[name]
            topic = self.topic(name)
            topic.level = after(topic.level, StormTrigger.SETTLE)
        for wave in list(self.waves.open.values()):
            if wave.level is StormLevel.STORM:
                self._ease(wave, changed)
            elif self.waves.is_over(wave, now):
                if wave.peak < _ORDINARY_PEAK and not wave.learning:
                    self.threshold.add(wave.peak * self.threshold.height)
                changed.append(self.end(wave, StormTrigger.SETTLE))

    def _ease(self, wave: Wave, changed: list[StormAlert]) -> None:
        now = self.readings.now
        topics = [self.topic(name) for name in wave.topics]
        if 0 <= now - wave.raised_at - NEW_NORMAL_SECONDS < _MINUTE:
            for topic in topics:
                topic.take_as_usual(now, self.readings.windows()[0])
        bar = _EASE_SHARE * self.threshold.height
        leading = map(self.topic, wave.leading())
        calm = all(negatives(self.readings, topic, wave.short_place).score < bar for topic in leading)
        if self.waves.eased(wave, calm, now):
            for topic in topics:
                topic.level = after(topic.level, StormTrigger.EASE)
            # What the storm spilled over other topics would be a second storm in their long windows.
            for _name, topic in self.all_topics():
                if topic.storm in (None, wave.number):
                    topic.forget_until(now)
            changed.append(wave.alert())

    def end(self, wave: Wave, trigger: StormTrigger) -> StormAlert:
        """The storm is over; windows begin anew."""
        for topic in map(self.topic, wave.topics):
            topic.level = after(topic.level, trigger)
            topic.storm = None
            topic.forget_until(self.readings.now)
        self.waves.end(wave, trigger, self.readings.now)
        return wave.alert()

    def dismiss(self, wave: Wave) -> StormAlert:
        """As much is borne from now on, and such a score is ordinary."""
        for topic in map(self.topic, wave.topics):
            standing = negatives(self.readings, topic)
            if standing.expected:
                topic.tolerance *= max(1.0, standing.count / standing.expected)
        self.threshold.add(min(wave.peak, _ORDINARY_PEAK) * self.threshold.height)
        return self.end(wave, StormTrigger.DISMISS)

    def hour(self) -> None:
        """An hour is over: it teaches."""
        readings = self.readings
        settled = readings.now >= self.unsettled_until
        if settled and self.learned_seconds > DAY:
            readings.learn_dispersion(_ORDINARY_SCORE)
        readings.end_hour(learn_shape=settled)
        if readings.now // HOUR % BLOCK_HOURS:
            return
        if settled and self.learned_seconds > _BLOCKS_FROM_SECONDS and not self._block_stormy:
            self.threshold.learn(self._block_peak)
        self._block_peak, self._block_stormy = 0.0, bool(self.waves.open)

    def state(self) -> dict[str, Any]:
        """JSON-able."""
        return {
            "readings": self.readings.state(),
            "threshold": self.threshold.state(),
            "waves": self.waves.state(),
            "warm": self.warm,
            "block": [self._block_peak, self._block_stormy],
            "unsettled_until": self.unsettled_until,
        }

    @classmethod
    def from_state(cls, readings: Readings, state: dict[str, Any]) -> Lookout:
        """What `state` gave."""
        self = cls(readings, 1.0)
        self.threshold = Threshold(**state["threshold"])
        self.waves = Waves.from_state(state["waves"])
        self.warm = dict(state["warm"])
        self._block_peak, self._block_stormy = state["block"]
        self.unsettled_until = state["unsettled_until"]
        return self
