"""One series of numbers: what surprises speaks once, whatever its units."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import SettingsInvalid
from routing.storm import StormLevel
from routing.storm_backtest import MessageBacktest, SeriesBacktest
from routing.storm_records import MessageRecord, is_series, parse_messages, parse_series
from routing.storm_series import Judged, SeriesDetector

START = datetime(2026, 3, 2, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
SPIKE = 48 * 20 + 20


def days(count: int, seed: int = 1) -> list[float]:
    """A series with days in it, and a spike of two hours."""
    chance = random.Random(seed)
    values = [100 + 50 * math.sin(slot / 48 * math.tau) + chance.gauss(0, 3) for slot in range(48 * count)]
    for slot in range(SPIKE, SPIKE + 4):
        values[slot] += 80
    return values


def judged(values: list[float]) -> list[Judged]:
    detector = SeriesDetector()
    return [detector.judge(START + slot * HALF_HOUR, value) for slot, value in enumerate(values)]


def test_a_spike_speaks_at_once_and_opens_one_storm() -> None:
    rows = judged(days(28))
    storms = [slot for slot, row in enumerate(rows) if row.opens]
    assert storms[-1] == SPIKE
    assert len(storms) <= 3, "chance brings one a week at most"
    assert rows[SPIKE].level is StormLevel.STORM
    assert rows[SPIKE].expected == pytest.approx(days(28)[SPIKE] - 80, abs=12)
    assert all(0 <= row.score < 1 for row in rows)
    assert all(row.surprise == 0 for row in rows[SPIKE + 4 : SPIKE + 48]), "no chain"


@settings(max_examples=3, deadline=None)
@given(times=st.sampled_from((0.001, 7.0, 1e6)), more=st.sampled_from((-1000.0, 0.0, 50.0)))
def test_units_do_not_matter(times: float, more: float) -> None:
    values = days(22)
    plain = judged(values)
    turned = judged([value * times + more for value in values])
    assert [row.level for row in turned] == [row.level for row in plain]
    assert [row.score for row in turned] == pytest.approx([row.score for row in plain], abs=1e-3)


def test_a_flat_series_and_one_of_a_single_value_surprise_nobody() -> None:
    assert not any(row.surprise for row in judged([5.0] * 1000))
    assert judged([5.0])[0].expected is None


def test_a_backtest_of_a_series_tells_one_alert_with_its_reasons() -> None:
    backtest = SeriesBacktest(1.0)
    lines = [f"{START + slot * HALF_HOUR},{value}" for slot, value in enumerate(days(28))]
    rows = backtest.feed(parse_series(["timestamp,value", *lines], "f.csv", UTC))
    alarm = backtest.alarms[-1]
    assert alarm.start == START + SPIKE * HALF_HOUR
    assert alarm.end is not None
    assert timedelta() <= alarm.end - alarm.start < timedelta(hours=8)
    assert (alarm.topic, alarm.level) == ("all", StormLevel.STORM)
    assert "would be usual at this hour" in str(alarm.reasons[0])
    assert len(rows) == 28 * 48
    assert rows[SPIKE].written == str(START + SPIKE * HALF_HOUR)


def test_a_backtest_of_messages_scores_each_and_a_storm_under_way_has_no_end() -> None:
    backtest = MessageBacktest(1.0, UTC)
    quiet = [MessageRecord("", START + timedelta(minutes=3 * number), "login", False, None) for number in range(4000)]
    assert not any(row.score for row in backtest.feed(quiet))
    end = quiet[-1].at
    storm = [MessageRecord("", end + timedelta(seconds=20 * number), "login", True, None) for number in range(60)]
    rows = backtest.feed(storm)
    (alarm,) = backtest.alarms
    assert (alarm.topic, alarm.end) == ("login", None)
    assert rows[-1].level is StormLevel.STORM
    assert rows[-1].score > 0.5


BERLIN = timezone(timedelta(hours=1))


def test_times_without_an_offset_are_local_and_extra_keys_are_ignored() -> None:
    line = '{"at": "2026-03-02 12:00", "topic": "login", "negative": 1, "contact": 7, "mood": "x"}'
    (record,) = parse_messages(["", line], "f", BERLIN)
    assert record.at == datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert (record.topic, record.negative, record.contact) == ("login", True, "7")
    assert not is_series("\ufeff" + line)
    assert is_series("timestamp,value")


GOOD = '{"at": "2026-03-02T12:00:00Z", "topic": "login", "negative": true}'


@pytest.mark.parametrize(
    ("parse", "lines", "said"),
    [
        (parse_messages, [GOOD, "{"], "f:2: is not JSON"),
        (parse_messages, [GOOD, "[1]"], "f:2: is no JSON object"),
        (parse_messages, ['{"at": "2026-03-02", "topic": "a"}'], 'f:1: has no "negative"; add it'),
        (parse_messages, [GOOD.replace('"login"', "null")], '"topic" is null; write a text'),
        (parse_messages, [GOOD.replace("true", '"yes"')], '"negative" is "yes"; write true or false'),
        (parse_messages, [GOOD.replace("}", ', "contact": []}')], '"contact" is []; write an id'),
        (parse_messages, [GOOD.replace("2026-03-02T", "tomorrow ")], '"at" is "tomorrow 12:00:00Z"'),
        (parse_messages, [GOOD.replace("2026", "0001")], "write a year from"),
        (parse_series, ["a,b"], "f:1: is neither JSON nor the head of a CSV file"),
        (parse_series, ["timestamp,value", "", "2026-03-02"], "f:3: has 1 cell"),
        (parse_series, ["timestamp,value", "2026-03-02,nan"], '"value" is "nan"; write a number'),
        (parse_series, ["timestamp,value", "2026-03-02,much"], '"value" is "much"; write a number'),
        (parse_series, ["timestamp,value", "soon,1"], '"timestamp" is "soon"'),
    ],
)
def test_a_wrong_line_is_named_with_its_mend(parse: Callable[..., object], lines: list[str], said: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        list(parse(lines, "f", UTC))  # type: ignore[call-overload]
    assert said in str(caught.value)
