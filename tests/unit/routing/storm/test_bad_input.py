"""What breaks early warnings elsewhere has a stated behaviour here (routing/storm_detector.py)."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from routing.storm import StormLevel
from routing.storm_detector import Detector
from tests.unit.routing.storm.conftest import START, WatchedDesk, ordinary, wave


def test_one_sender_who_floods_counts_once(desk: WatchedDesk) -> None:
    flood = list(wave(desk.now, 30, "login", 10))
    assert not desk.hears(flood, contact="one")
    assert desk.level("login") is StormLevel.CALM
    for number, message in enumerate(wave(desk.now, 5, "login", 10)):
        desk.hears([message], contact=f"person {number}")
    assert len(desk.raised()) == 1, "as many people are a storm"


def test_messages_out_of_order_count_in_the_minute_they_were_written(desk: WatchedDesk) -> None:
    begun = desk.now
    mixed = list(wave(begun, 20, "login", 1))
    random.Random(3).shuffle(mixed)
    for at, topic, negative in mixed:
        desk.said += desk.detector.observe(at, topic, negative)
    (alert,) = desk.raised()
    assert alert.topic == "login"
    assert desk.detector.standing("login").count == 20


def test_messages_of_four_hours_ago_raise_nothing(desk: WatchedDesk) -> None:
    backlog = list(wave(desk.now - timedelta(hours=6), 60, "login", 0.3))
    desk.detector.tick(desk.now)
    for at, topic, negative in backlog:
        assert not desk.detector.observe(at, topic, negative)
        assert not desk.detector.observe(desk.now, "praise", False, "keeps the time"), "and the clock stays"
    assert desk.detector.standing("login").score == 0


def test_time_never_runs_backward(desk: WatchedDesk) -> None:
    before = json.dumps(desk.detector.state())
    assert desk.detector.tick(desk.now - timedelta(days=3)) == []
    assert json.dumps(desk.detector.state()) == before


def test_a_clock_that_was_ahead_starts_anew_where_the_messages_are(desk: WatchedDesk) -> None:
    right = desk.now
    assert not desk.detector.observe(right + timedelta(days=2), "login", False)
    desk.now = right
    assert not desk.goes_on(3)
    desk.goes_on(1, wave(desk.now, 60, "login", 1))
    assert [alert.topic for alert in desk.raised()] == ["login"], "the warning works by the right time"


def test_a_leap_of_weeks_is_no_storm_and_what_was_learned_stays(desk: WatchedDesk) -> None:
    desk.now += timedelta(days=100)
    assert not desk.goes_on(3)
    assert desk.detector.learning_days is None
    desk.goes_on(1, wave(desk.now, 60, "login", 1))
    assert len(desk.raised()) == 1


def test_silence_is_not_calm(desk: WatchedDesk) -> None:
    desk.goes_on(0.5, wave(desk.now, 30, "login", 1))
    assert desk.level("login") is StormLevel.STORM
    assert not desk.waits_until(desk.now + timedelta(hours=3))
    assert desk.detector.silent
    assert desk.level("login") is StormLevel.STORM, "levels hold while no readings come"
    desk.goes_on(1.5)
    assert not desk.detector.silent
    assert StormLevel.RECOVERY in [alert.level for alert in desk.said]


def test_when_readings_come_back_there_is_no_alarm_and_silence_has_taught_nothing(desk: WatchedDesk) -> None:
    state = desk.detector.state()["lookout"]["readings"]["topics"]
    desk.waits_until(desk.now + timedelta(hours=9))
    after = desk.detector.state()["lookout"]["readings"]["topics"]
    usual = {topic["name"]: topic["mean"] for topic in state}
    for topic in after:
        assert topic["mean"] == pytest.approx(usual[topic["name"]], rel=0.02)
    assert not desk.goes_on(3)


def test_a_topic_never_seen_needs_a_burst(desk: WatchedDesk) -> None:
    desk.goes_on(2, wave(desk.now, 120, "drone", 0.03))
    assert not desk.said
    desk.goes_on(1, wave(desk.now, 60, "drone", 1))
    assert [alert.topic for alert in desk.raised()] == ["drone"]


def test_a_new_model_moves_messages_between_topics_and_that_is_no_storm(desk: WatchedDesk) -> None:
    other = Detector.from_state(json.loads(json.dumps(desk.detector.state())))
    # The new model calls every complaint about a delivery or an invoice one about the login.
    renamed = {"delivery": "login", "invoice": "login"}
    after = [
        (at, renamed.get(topic, topic) if bad else topic, bad) for at, topic, bad in ordinary(desk.now, 24, seed=8)
    ]
    assert [alert for message in after for alert in other.observe(*message)], "untold, it looks like a storm"
    desk.detector.model_changed(desk.now)
    assert not desk.hears(after)
    desk.now += timedelta(hours=24)
    desk.goes_on(1, wave(desk.now, 60, "login", 2))
    assert len(desk.raised()) == 1, "and a storm is one again"


def test_while_it_learns_it_says_so_and_a_plain_rule_stands_in(fresh: Callable[[], WatchedDesk]) -> None:
    desk = fresh()
    desk.goes_on(30)
    assert desk.detector.learning_days == pytest.approx(1.25, rel=0.01)
    desk.goes_on(1, wave(desk.now, 60, "login", 1))
    (alert,) = desk.raised()
    assert alert.learning
    assert "Still learning what is usual (1 of 7 days)" in str(alert.reasons[-1])


def test_a_first_hour_alarms_nobody(fresh: Callable[[], WatchedDesk]) -> None:
    desk = fresh()
    assert not desk.hears(wave(START, 90, "login", 1)), "nothing is known to compare with"


def test_before_the_first_message_there_is_nothing_to_say() -> None:
    detector = Detector()
    assert (detector.levels(), detector.alerts(), detector.threshold, detector.silent) == ({}, (), None, False)
    assert detector.learning_days == 0
    assert detector.standing("login").score == 0
    again = Detector.from_state(json.loads(json.dumps(detector.state())))
    assert again.state() == detector.state()


def test_a_state_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="form 0"):
        Detector.from_state(Detector().state() | {"form": 0})


def test_its_memory_does_not_grow_with_the_history(desk: WatchedDesk) -> None:
    before = len(json.dumps(desk.detector.state()))
    desk.goes_on(96)
    assert len(json.dumps(desk.detector.state())) < before * 1.2
