"""The early warning on a desk it knows: one alert a storm, raised in time, and over when it is over."""

from __future__ import annotations

import json
from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.storm import StormLevel
from routing.storm_detector import ALL, Detector
from tests.unit.routing.storm.conftest import QUIET_DAYS, START, WatchedDesk, ordinary, wave


def test_a_storm_is_one_alert_that_says_why(desk: WatchedDesk) -> None:
    begun = desk.now
    desk.goes_on(1, wave(begun, 60, "login", 1))
    (alert,) = desk.raised()
    assert alert.topic == "login"
    assert alert.level is StormLevel.STORM
    assert not alert.learning
    assert alert.raised_at - begun < timedelta(minutes=15)
    why, chance = alert.reasons[:2]
    assert "negative on “login” within" in str(why)
    assert why.values["count"] >= 4
    assert "at most 1 times a week" in str(chance)
    assert desk.detector.levels()["login"] is desk.detector.levels()[ALL] is StormLevel.STORM


def test_it_eases_within_half_an_hour_of_its_end_and_is_calm_an_hour_later(desk: WatchedDesk) -> None:
    ended = desk.now + timedelta(minutes=90)
    desk.goes_on(2, wave(desk.now, 90, "login", 1))
    desk.goes_on(2)
    last = desk.said[-1]
    assert last.eased_at is not None
    assert last.ended_at is not None
    assert timedelta() < last.eased_at - ended < timedelta(minutes=30)
    assert last.ended_at - last.eased_at == timedelta(hours=1)
    assert [alert.level for alert in desk.said][-2:] == [StormLevel.RECOVERY, StormLevel.CALM]
    assert desk.detector.levels() == {}
    assert desk.detector.alerts() == ()


def test_what_comes_again_within_the_recovery_is_the_same_storm(desk: WatchedDesk) -> None:
    desk.goes_on(2, wave(desk.now, 60, "login", 1))
    assert desk.level("login") is StormLevel.RECOVERY
    desk.goes_on(0.5, wave(desk.now, 30, "login", 1))
    assert desk.level("login") is StormLevel.STORM
    assert len(desk.raised()) == 1
    assert desk.said[-1].eased_at is None


def test_a_slow_storm_that_pauses_is_one_alert(desk: WatchedDesk) -> None:
    desk.goes_on(5, wave(desk.now, 180, "login", 0.2))
    eased_at = desk.said[-1].eased_at
    assert (desk.said[-1].level, desk.level("login")) == (StormLevel.RECOVERY, StormLevel.RECOVERY)
    assert eased_at is not None
    assert desk.now - eased_at > timedelta(minutes=70), "an hour ends the recovery of a quick one"
    desk.goes_on(2, wave(desk.now, 120, "login", 0.2), seed=6)
    assert desk.level("login") is StormLevel.STORM
    assert len(desk.raised()) == 1


def test_a_storm_on_another_day_is_another_alert(desk: WatchedDesk) -> None:
    desk.goes_on(24, wave(desk.now, 60, "login", 1))
    desk.goes_on(2, wave(desk.now, 60, "login", 1))
    assert [alert.number for alert in desk.raised()] == [1, 2]


def test_topics_that_rise_with_it_join_and_a_second_big_one_later_does_not(desk: WatchedDesk) -> None:
    begun = desk.now
    two = (wave(begun, 300, "login", 1), wave(begun + timedelta(minutes=20), 60, "delivery", 0.8))
    another = wave(begun + timedelta(minutes=150), 60, "invoice", 2)
    desk.goes_on(5, *two, another)
    first, second = desk.raised()
    joined = next(alert for alert in desk.said if "delivery" in alert.topics)
    assert (first.topic, second.topic) == ("login", "invoice")
    assert joined.number == first.number


def test_a_campaign_brings_questions_and_complaints_alike_and_is_none(desk: WatchedDesk) -> None:
    begun = desk.now
    desk.goes_on(3, wave(begun, 180, "invoice", 0.09), wave(begun, 180, "invoice", 0.14, negative=False))
    assert not desk.said


def test_polite_people_in_great_number_are_a_storm_too(desk: WatchedDesk) -> None:
    desk.goes_on(1, wave(desk.now, 60, "login", 2, negative=False))
    (alert,) = desk.raised()
    assert str(alert.reasons[0]).startswith(f"{alert.reasons[0].values['count']} people wrote on “login”")


def test_a_small_rise_is_watched_and_nobody_is_called(desk: WatchedDesk) -> None:
    begun = desk.now
    for number in range(12):
        if desk.level("login") is StormLevel.WATCH:
            break
        desk.hears([(begun + timedelta(minutes=number), "login", True)])
    assert desk.level("login") is StormLevel.WATCH
    assert not desk.said
    desk.goes_on(2)
    assert desk.level("login") is StormLevel.CALM


def test_a_dismissed_alert_teaches_that_as_much_is_borne(desk: WatchedDesk, quiet_state: str) -> None:
    begun = desk.now
    desk.goes_on(1, wave(begun, 60, "login", 0.5))
    (alert,) = desk.raised()
    before = desk.detector.threshold
    (ended,) = desk.detector.dismissed(alert.number)
    assert (ended.level, ended.ended_at) == (StormLevel.CALM, desk.now)
    assert desk.detector.threshold is not None
    assert before is not None
    assert desk.detector.threshold > before
    assert not desk.goes_on(1, wave(desk.now, 60, "login", 0.5)), "no second call about what was dismissed"
    assert desk.detector.dismissed(alert.number) == []
    assert desk.detector.dismissed(99) == []


def test_a_storm_of_two_days_is_the_new_normal(desk: WatchedDesk) -> None:
    desk.goes_on(51, wave(desk.now, 51 * 60, "login", 0.2))
    assert len(desk.raised()) == 1
    assert desk.level("login") is StormLevel.CALM


def test_a_storm_does_not_teach_that_storms_are_usual(desk: WatchedDesk) -> None:
    before = desk.detector.standing("login")
    assert before.score == 0
    desk.goes_on(24, wave(desk.now, 240, "login", 1))
    desk.goes_on(1, wave(desk.now, 30, "login", 1))
    one, other = desk.raised()
    assert float(str(other.reasons[0].values["expected"])) < 2 * float(str(one.reasons[0].values["expected"])) + 0.5


def test_a_level_changes_in_the_same_minute_whoever_asks_how_often(quiet_state: str) -> None:
    asked, left_alone = (Detector.from_state(json.loads(quiet_state)) for _ in range(2))
    noon = START + timedelta(days=QUIET_DAYS, hours=12)
    messages = sorted([*ordinary(noon, 5, seed=9), *wave(noon + timedelta(minutes=20), 60, "login", 0.7)])
    said = [alert for at, topic, bad in messages for alert in left_alone.observe(at, topic, bad)]
    again, minutes = [], 0
    for at, topic, bad in messages:
        while noon + timedelta(minutes=minutes) <= at:
            again += asked.tick(noon + timedelta(minutes=minutes))
            minutes += 1
        again += asked.observe(at, topic, bad)
    assert [alert.level for alert in said][-1] is StormLevel.CALM
    assert again == said


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(split=st.integers(0, 180))
def test_a_restart_changes_nothing(quiet_state: str, split: int) -> None:
    whole, first = (Detector.from_state(json.loads(quiet_state)) for _ in range(2))
    noon = START + timedelta(days=QUIET_DAYS, hours=12)
    messages = sorted([*ordinary(noon, 3, seed=9), *wave(noon + timedelta(minutes=20), 90, "login", 0.7)])
    cut = noon + timedelta(minutes=split)
    said = [alert for at, topic, bad in messages for alert in whole.observe(at, topic, bad, f"{at}")]
    again = [alert for at, topic, bad in messages if at < cut for alert in first.observe(at, topic, bad, f"{at}")]
    second = Detector.from_state(json.loads(json.dumps(first.state())))
    again += [alert for at, topic, bad in messages if at >= cut for alert in second.observe(at, topic, bad, f"{at}")]
    assert said
    assert again == said
    assert json.dumps(second.state()) == json.dumps(whole.state())


def test_pictures_show_the_hours_as_they_usually_are() -> None:
    detector, hour = Detector(UTC), timedelta(hours=1)
    assert detector.season(START, hour, 3) == [1.0, 1.0, 1.0]
    for number in range(14 * 24 * 6):
        at = START + number * timedelta(minutes=10)
        if 8 <= at.hour < 20 or at.minute == 0:
            detector.observe(at, "login", False)
    week = detector.season(START + timedelta(days=14), hour, 168)
    assert sum(week) / 168 == pytest.approx(1)
    assert week[12] > 2 * week[3]
