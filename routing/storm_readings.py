"""What came in and what was to be expected: the storm detector's counts and its learned baseline.

Expected on a topic within a window: its level x the week's shape over the window x a control. The control is how much
more than usual the *other* messages are: those on the same topic that are not negative (within one hour or within
four), and those on all other topics (within one); it never lowers an expectation. So a campaign, a holiday or a slow
drift of the whole desk raises what is expected, and a wave of complaints does not hide behind it.

A person counts once a topic within four hours, however often they write: a flood from one account is one message.

Only what was watched teaches: hours of silence (`hear`) and topics in a storm are left out.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any
from zlib import crc32

from routing.storm_chance import WINDOW_SECONDS, WINDOWS, Dispersion
from routing.storm_topic import KEPT_SECONDS, Topic
from routing.storm_week import WeekShape

HOUR = 3600
_HOUR_PLACE = WINDOWS.index(60)
_RECKONED_SECONDS = 300
_OWN_WEIGHT, _DESK_WEIGHT = 8.0, 30.0
LEAST_EXPECTED = 0.02
_FIRST_LEVEL = 0.02
_UNKNOWN_TOPICS = 3
_DOUBTED_SILENCE = 5.0
_LEAST_MINUTES = 10.0
_SURE_EXPECTED, _SURE_DOUBT = 0.5, 0.1


class Readings:
    """Counts, levels and shape of the whole desk. Instants are whole seconds since the epoch."""

    def __init__(self, zone: tzinfo, started_at: int) -> None:
        self._zone = zone
        self.shape = WeekShape()
        self.dispersion = Dispersion()
        self.topics: dict[str, Topic] = {}
        self.total = Topic("", _FIRST_LEVEL, _FIRST_LEVEL, started_at)
        self.now = self.started_at = self.heard_at = self._hour_from = started_at
        self._hour_minutes = 0.0
        self._people: dict[int, int] = {}
        self._offset = 0
        self._offset_hour = -1
        self._reckoned = -1
        self._expected: list[float] = []

    def local(self, instant: int) -> int:
        """Seconds of local time. Within an hour the offset is the same."""
        if instant // HOUR != self._offset_hour:
            self._offset_hour = instant // HOUR
            shift = datetime.fromtimestamp(instant, UTC).astimezone(self._zone).utcoffset()
            self._offset = int(shift.total_seconds()) if shift else 0
        return instant + self._offset

    def shape_minutes(self, start: int, end: int) -> float:
        """Minutes of mean shape."""
        local = self.local(end)
        return self.shape.between(local - (end - start), local)

    def count(self, at: int, name: str, negative: bool, contact: str | None) -> Topic | None:
        """One message. None when it counts for nothing: its writer has counted on the topic already."""
        if contact is not None and self._counted_before(at, name, negative, contact):
            return None
        topic = self.topics.get(name)
        if topic is None:
            known = len(self.topics) + _UNKNOWN_TOPICS
            topic = Topic(name, self.total.usual / known, self.total.usual_other / known, self.total.since)
            self.topics[name] = topic
        topic.count(at, negative)
        self.total.count(at, negative)
        return topic

    def _counted_before(self, at: int, name: str, negative: bool, contact: str) -> bool:
        person = crc32(f"{contact}\0{name}\0{negative}".encode())
        before = self._people.get(person)
        if before is not None and before > at - KEPT_SECONDS:
            return True
        self._people[person] = at
        return False

    def expected_minutes(self, place: int, topic: Topic) -> float:
        """Minutes of mean shape in the window, as far as the topic is watched."""
        start = self.now - WINDOW_SECONDS[place]
        if start < topic.since:
            return self.shape_minutes(topic.since, self.now)
        return self.windows()[place]

    def windows(self) -> list[float]:
        """Minutes of mean shape in every window, as of the last five minutes: shapes change slowly."""
        if self._reckoned != self.now // _RECKONED_SECONDS:
            self._reckoned = self.now // _RECKONED_SECONDS
            local = self.local(self.now)
            self._expected = self.shape.before(local, WINDOW_SECONDS)
        return self._expected

    def control(self, topic: Topic) -> float:
        """How much more than usual the other messages are, at least 1."""
        total, start, minutes = self.total, self.now - HOUR, self.expected_minutes(_HOUR_PLACE, topic)
        if topic is total:
            return max(1.0, (total.others_from(start) + _DESK_WEIGHT) / (total.usual_other * minutes + _DESK_WEIGHT))
        if start < topic.since:
            start = topic.since
        own, usual = topic.others_from(start), topic.usual_other
        rest = total.others_from(start) - own
        longest = topic.others_from(self.now - KEPT_SECONDS)
        usual_rest = total.usual_other - usual if total.usual_other > usual else 0.0
        return max(
            1.0,
            (own + _OWN_WEIGHT) / (usual * minutes + _OWN_WEIGHT),
            (longest + _OWN_WEIGHT) / (usual * self.expected_minutes(0, topic) + _OWN_WEIGHT),
            (rest + _DESK_WEIGHT) / (usual_rest * minutes + _DESK_WEIGHT),
        )

    def expected(self, topic: Topic, place: int, control: float) -> float:
        """Negative messages to be expected within the window."""
        return topic.usual * self.expected_minutes(place, topic) * control * topic.tolerance + LEAST_EXPECTED

    def missing(self) -> float:
        """Messages that should have come since the last one."""
        return self._usual() * self.shape_minutes(self.heard_at, self.now)

    def misses(self, messages: float) -> bool:
        """Whether as many should have come since the last one. Asked for with every message: mostly a glance tells."""
        most = self._usual() * (self.now - self.heard_at) / 60 * self.shape.highest
        return most >= messages and self.missing() >= messages

    def _usual(self) -> float:
        return self.total.usual + self.total.usual_other

    def hear(self, at: int) -> None:
        """Readings are back after a silence that was no calm: windows begin anew, and the silence teaches nothing."""
        self._hour_minutes += max(0.0, self.shape_minutes(self._hour_from, self.heard_at))
        self._hour_from = at
        for topic in (self.total, *self.topics.values()):
            topic.forget_until(at)

    def end_hour(self, learn_shape: bool) -> None:
        """The hour that ends at `now` teaches shape and levels, but for topics in a storm."""
        end = self.heard_at if self.missing() > _DOUBTED_SILENCE else self.now
        minutes = self._hour_minutes + max(0.0, self.shape_minutes(self._hour_from, max(end, self._hour_from)))
        self._hour_minutes, self._hour_from = 0.0, self.now
        if minutes > _LEAST_MINUTES * self.shape.values[self.shape.hour_of(self.local(self.now - 1))]:
            self._learn(minutes, learn_shape)
        for topic in (self.total, *self.topics.values()):
            topic.end_hour()
            topic.prune(self.now)
        self._people = {person: at for person, at in self._people.items() if at > self.now - KEPT_SECONDS}

    def _learn(self, minutes: float, learn_shape: bool) -> None:
        quiet = [topic for topic in self.topics.values() if topic.storm is None]
        usual = sum(topic.mean + topic.mean_other for topic in quiet)
        counted = sum(topic.hour_negative + topic.hour_other for topic in quiet)
        for topic in quiet:
            topic.learn(minutes, clipped=True)
        if len(quiet) == len(self.topics):
            self.total.learn(minutes, clipped=True)
        if learn_shape and usual > 0:
            hour = self.shape.hour_of(self.local(self.now - 1))
            watched = minutes / self.shape.values[hour]
            self.shape.learn(hour, (counted + 2) / (usual * watched + 2))
            self._reckoned = -1

    def learn_dispersion(self, ordinary: float) -> None:
        """Windows that ended with this hour teach how much counts vary; those with a score over `ordinary` do not."""
        hours = self.now // HOUR
        places = [place for place, length in enumerate(WINDOWS) if length <= 60 or not hours % (length // 60)]
        excess, weight = [0.0] * len(WINDOWS), [0.0] * len(WINDOWS)
        minutes = self.windows()
        for topic in self.topics.values():
            if topic.storm is not None or topic.doubt > _SURE_DOUBT:
                continue
            level, control = topic.usual * topic.tolerance, 0.0
            for place in places:
                whole = self.now - WINDOW_SECONDS[place] >= topic.since
                usual = level * (minutes[place] if whole else self.expected_minutes(place, topic))
                if usual < _SURE_EXPECTED:
                    break
                control = control or self.control(topic)
                expected = usual * control + LEAST_EXPECTED
                off = topic.negatives_from(self.now - WINDOW_SECONDS[place]) - expected
                if off * off <= ordinary * ordinary * expected * (1 + self.dispersion.values[place] * expected):
                    excess[place] += off * off - expected
                    weight[place] += expected * expected
        for place in places:
            if weight[place]:
                self.dispersion.learn(place, excess[place], weight[place])

    def leap(self, instant: int) -> None:
        """The clock was wrong, or nobody watched for weeks: windows and hour begin anew, what was learned stays."""
        learned = self.now - self.started_at
        self.now = self.heard_at = self._hour_from = instant
        self.started_at = instant - learned
        self._hour_minutes, self._reckoned = 0.0, -1
        self._people.clear()
        for topic in (self.total, *self.topics.values()):
            topic.hour_negative = topic.hour_other = 0
            topic.forget_until(instant)

    def relearn(self) -> None:
        """The model changed: what topics mean may have shifted, so their levels are first guesses again."""
        least = self.total.usual / (3 * len(self.topics) + 1)
        for topic in (self.total, *self.topics.values()):
            topic.relearn(self.now, least)
        self._hour_minutes, self._hour_from = 0.0, self.now
        self._people.clear()

    def state(self) -> dict[str, Any]:
        """JSON-able."""
        return {
            "shape": self.shape.values,
            "weights": self.shape.weights,
            "dispersion": [self.dispersion.values, self.dispersion.weights],
            "topics": [topic.state() for topic in self.topics.values()],
            "total": self.total.state(),
            "instants": [self.now, self.started_at, self.heard_at, self._hour_from],
            "hour_minutes": self._hour_minutes,
            "people": list(self._people.items()),
            "expected": [self._reckoned, self._expected],
        }

    @classmethod
    def from_state(cls, zone: tzinfo, state: dict[str, Any]) -> Readings:
        """What `state` gave."""
        self = cls(zone, 0)
        self.shape = WeekShape(state["shape"], state["weights"])
        self.dispersion = Dispersion(*state["dispersion"])
        self.topics = {one["name"]: Topic.from_state(one) for one in state["topics"]}
        self.total = Topic.from_state(state["total"])
        self.now, self.started_at, self.heard_at, self._hour_from = state["instants"]
        self._hour_minutes = state["hour_minutes"]
        self._people = dict(state["people"])
        self._reckoned, self._expected = state["expected"]
        return self
