"""The early warning: watches every reading as it comes and says when a storm begins and when it is over.

THE QUESTION is whether more people than usual write something negative on one topic. "Usual" is learned (levels that
fade, one week shape, control by all other messages: routing/storm_readings.py), "more" is a signed root of the
negative-binomial deviance over windows from 2 minutes to 4 hours at once, and "enough to call people" is a threshold
learned from the desk's own highest scores, from one number: how many false alarms a week are borne
(routing/storm_chance.py). Nothing is tuned to the traffic. A scan over windows finds what a CUSUM finds (it is its
maximum over starting points, kept to nine lengths), and tells the window, which is the reason people can read. All
messages together are one more series. A topic of which the number of *all* messages exceeds five times the usual raises
an alarm too: people may complain politely.

LEVELS: routing/storm.py; one alert a storm: routing/storm_waves.py. `watch` (from three quarters of the threshold)
calls nobody.

COLD START: for seven days it is learning. A plain rule stands in: a topic has more than half of all negative messages
of the last hour, more than 12, and more than four times those of its busiest hour so far. From the fourth day on scores
count too, from a threshold 1.3 times as high.

BAD INPUT, each with a test:
- Late and out of order: counted in the minute they were written; older than four hours, or before `since`, not at all.
- Clock jumps: time never runs backward. But when 20 messages in a row are over four hours old, the clock was wrong: it
  starts anew at theirs, windows too; what was learned stays. A leap ahead of over 14 days is one, too.
- Silence: when 20 messages should have come and none did, for ten minutes at least, that is no calm: `silent` is True,
  levels hold, nothing is learned, and windows begin anew with the next message.
- One sender flooding counts once a topic in four hours; bots by many accounts look like people, and are shown.
- A topic seen for the first time is expected as often as a rare one, with much doubt: only a big burst is a storm.
- A new model: `model_changed` makes all levels first guesses; shape and threshold stay.
- A coordinator's no: `dismissed` ends the alert, bears as much for a day (fading) and raises the threshold.
- Restart in mid-storm: `state` holds everything, and a detector made from it goes on as if nothing had been.

Pure: no clock; `at` (aware) is when the desk received it, `tick` says what time it is when nothing comes.
Sources: Höhle & Paul 2008 and Farrington et al. 1996 (count outbreaks, learned from history without its outbreaks);
Kulldorff 2001 (scan statistics over time); Page 1954 (CUSUM); Unkel et al. 2012 (review).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

from routing.storm import StormLevel
from routing.storm_alert import StormAlert
from routing.storm_lookout import ALL, DAY, LEARNING_SECONDS, Lookout
from routing.storm_readings import HOUR, Readings
from routing.storm_scores import NOWHERE, Standing, negatives
from routing.storm_topic import KEPT_SECONDS

__all__ = ["ALL", "Detector", "StormAlert"]

_LEAP_SECONDS = 14 * DAY
_BEHIND_IN_A_ROW = 20
_SILENCE_MESSAGES, _SILENCE_SECONDS, _DOUBTED_MESSAGES = 20.0, 600, 5.0
_UNSETTLED_SECONDS = DAY
_ROUGHNESS = (StormLevel.WATCH, StormLevel.RECOVERY, StormLevel.STORM)
_FORM = 1


class Detector:
    """One desk's early warning. See the module's docstring."""

    def __init__(self, zone: tzinfo = UTC, false_alarms_a_week: float = 1.0) -> None:
        self._zone = zone
        self._budget = false_alarms_a_week
        self._lookout: Lookout | None = None
        self._behind = 0
        self._silent = False
        self._total_changed = False

    def observe(self, at: datetime, topic: str, negative: bool, contact: str | None = None) -> list[StormAlert]:
        """One message was read. Answers alerts that are new or changed by it, or by the time that passed."""
        instant = int(at.timestamp())
        lookout = self._lookout or self._start(instant)
        readings = lookout.readings
        changed: list[StormAlert] = []
        if instant > readings.now:
            self._advance(lookout, instant, changed)
        elif instant < readings.now - KEPT_SECONDS:
            self._fell_behind(readings, instant)
            return changed
        self._behind = 0
        if self._silent:
            self._silent = False
            readings.hear(readings.now)
        readings.heard_at = max(readings.heard_at, instant)
        lookout.heat = 0.0
        counted = readings.count(instant, topic, negative, contact)
        if counted is not None:
            self._total_changed |= negative
            lookout.look(counted, negative, changed)
        return changed

    def tick(self, now: datetime) -> list[StormAlert]:
        """It is `now`, whether or not anything came. Answers alerts that changed."""
        instant = int(now.timestamp())
        lookout = self._lookout or self._start(instant)
        changed: list[StormAlert] = []
        if instant > lookout.readings.now:
            self._advance(lookout, instant, changed)
        return changed

    def model_changed(self, at: datetime) -> None:
        """Readings from here on are another model's: a shift of topics is no storm."""
        self.tick(at)
        if self._lookout is not None:
            self._lookout.readings.relearn()
            self._lookout.unsettled_until = self._lookout.readings.now + _UNSETTLED_SECONDS

    def dismissed(self, number: int) -> list[StormAlert]:
        """A coordinator says that alert `number` is no storm: as much is borne from now on. Unknown: nothing."""
        if self._lookout is None or number not in self._lookout.waves.open:
            return []
        return [self._lookout.dismiss(self._lookout.waves.open[number])]

    def levels(self) -> dict[str, StormLevel]:
        """The levels of all topics that are not calm; under ALL the roughest of them, if any."""
        if self._lookout is None:
            return {}
        every = self._lookout.all_topics()
        rough: dict[str, StormLevel] = {name: topic.level for name, topic in every if topic.level in _ROUGHNESS}
        return rough | {ALL: max(rough.values(), key=_ROUGHNESS.index)} if rough else {}

    def level(self, topic: str) -> StormLevel:
        """The level of one topic; calm for one never seen."""
        known = self._lookout.readings.topics.get(topic) if self._lookout else None
        return known.level if known else StormLevel.CALM

    def alerts(self) -> tuple[StormAlert, ...]:
        """Alerts that have not ended."""
        return tuple(wave.alert() for wave in self._lookout.waves.open.values()) if self._lookout else ()

    def standing(self, topic: str) -> Standing:
        """How far a topic (or ALL) stands out now: for pictures and for people who ask."""
        if self._lookout is None or (topic and topic not in self._lookout.readings.topics):
            return NOWHERE
        return negatives(self._lookout.readings, self._lookout.topic(topic))

    def season(self, since: datetime, step: timedelta, count: int) -> list[float]:
        """How much usually comes in each of so many steps of time, against the mean of the week: for pictures."""
        if self._lookout is None:
            return [1.0] * count
        start, seconds = int(since.timestamp()), int(step.total_seconds())
        edges = [start + number * seconds for number in range(count + 1)]
        minutes = (self._lookout.readings.shape_minutes(*edge) for edge in pairwise(edges))
        return [one * 60 / seconds for one in minutes]

    @property
    def threshold(self) -> float | None:
        """Scores from here on are alarms. None before the first message."""
        return self._lookout.threshold.height if self._lookout else None

    @property
    def heat(self) -> float:
        """How far the last message's topic stood out, over the threshold: from 1 on it is an alarm."""
        return self._lookout.heat if self._lookout else 0.0

    @property
    def silent(self) -> bool:
        """No readings come though many should: levels hold, and calm is not to be believed."""
        return self._silent

    @property
    def learning_days(self) -> float | None:
        """Days watched so far while it is still learning what is usual, None after that."""
        seconds = self._lookout.learned_seconds if self._lookout else 0
        return seconds / DAY if seconds < LEARNING_SECONDS else None

    def state(self) -> dict[str, Any]:
        """JSON-able; its size depends on the last four hours and the number of topics, not on the history."""
        lookout = self._lookout.state() if self._lookout else None
        return {
            "form": _FORM,
            "budget": self._budget,
            "lookout": lookout,
            "clock": [self._behind, self._silent, self._total_changed],
        }

    @classmethod
    def from_state(cls, state: dict[str, Any], zone: tzinfo = UTC) -> Detector:
        """What `state` gave. ValueError for a form this version does not know: then learn from the database anew."""
        if state.get("form") != _FORM:
            raise ValueError(f"the detector's state is of form {state.get('form')!r}, not {_FORM}")
        self = cls(zone, state["budget"])
        if state["lookout"] is not None:
            readings = Readings.from_state(zone, state["lookout"]["readings"])
            self._lookout = Lookout.from_state(readings, state["lookout"])
        self._behind, self._silent, self._total_changed = state["clock"]
        return self

    def _start(self, instant: int) -> Lookout:
        self._lookout = Lookout(Readings(self._zone, instant), self._budget)
        return self._lookout

    def _fell_behind(self, readings: Readings, instant: int) -> None:
        """Time never runs backward, unless the clock was wrong before."""
        self._behind += 1
        if self._behind >= _BEHIND_IN_A_ROW:
            self._behind = 0
            readings.leap(instant)

    def _advance(self, lookout: Lookout, instant: int, changed: list[StormAlert]) -> None:
        """Time passes, from one instant at which something may change to the next."""
        readings = lookout.readings
        if instant - readings.now > _LEAP_SECONDS:
            readings.leap(instant)
            return
        if instant // 60 == readings.now // 60:
            readings.now = instant
            return
        if self._total_changed:
            self._total_changed = False
            lookout.look(readings.total, True, changed)
        while (edge := lookout.next_edge()) <= instant:
            readings.now = edge
            self._edge(lookout, changed)
        readings.now = instant
        self._silent = self._silent or self._is_silent(readings)

    def _edge(self, lookout: Lookout, changed: list[StormAlert]) -> None:
        readings = lookout.readings
        self._silent = self._silent or self._is_silent(readings)
        if not self._silent and not readings.misses(_DOUBTED_MESSAGES):
            lookout.minute(changed)
        if readings.now % HOUR == 0:
            lookout.hour()

    def _is_silent(self, readings: Readings) -> bool:
        return readings.now - readings.heard_at >= _SILENCE_SECONDS and readings.misses(_SILENCE_MESSAGES)
