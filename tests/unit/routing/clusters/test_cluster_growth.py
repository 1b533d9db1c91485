"""When a cluster grows so fast that it may be an incident."""

from __future__ import annotations

from datetime import timedelta

import pytest

from routing.cluster_growth import DAY_SLOTS, FEWEST, Growth, Traffic, grown, poisson_tail, slot_of
from tests.unit.routing.clusters.conftest import START, Desk


def traffic(own_a_day: int, own_now: int, others_a_day: int, others_now: int) -> Growth:
    """Growth of a cluster, written evenly over the day before and now."""
    seen, written = Traffic(), dict[int, int]()
    for count, since in ((own_a_day, 23), (own_now, 0)):
        for number in range(count):
            at = START - timedelta(hours=1 + since * number / count) if since else START
            written[slot_of(at)] = written.get(slot_of(at), 0) + 1
            seen.wrote(at)
    for number in range(others_a_day):
        seen.wrote(START - timedelta(hours=1 + 23 * number / others_a_day))
    for _ in range(others_now):
        seen.wrote(START)
    return seen.growth(written, START)


def test_something_new_grows_once_enough_people_wrote_it() -> None:
    assert not grown(traffic(0, FEWEST - 1, 300, 12))
    reasons = grown(traffic(0, 7, 300, 12))
    assert [str(reason) for reason in reasons] == [
        "7 people wrote the same within an hour",
        "hardly anybody wrote it in the day before",
    ]


def test_what_is_asked_every_day_grows_only_when_it_is_many_times_as_much() -> None:
    assert not grown(traffic(240, 20, 3000, 125))
    (said, usual) = grown(traffic(230, 60, 3000, 125))
    assert str(said) == "60 people wrote the same within an hour"
    assert str(usual).startswith("usual at this time would be 9.6: it is 6 times")


def test_a_busy_hour_in_which_everybody_writes_lets_nothing_grow() -> None:
    assert grown(traffic(230, 60, 3000, 125))
    assert not grown(traffic(230, 60, 3000, 900))


def test_in_more_traffic_more_people_have_to_write_something_new() -> None:
    assert grown(traffic(0, 8, 3000, 125))
    assert not grown(traffic(0, 8, 30_000, 1250))
    assert grown(traffic(0, 30, 30_000, 1250))


def test_at_the_very_beginning_it_takes_more_since_all_is_new() -> None:
    seen = Traffic()
    for _ in range(200):
        seen.wrote(START)
    assert not grown(seen.growth({slot_of(START): 10}, START))
    assert grown(seen.growth({slot_of(START): 40}, START))


def test_what_is_over_does_not_grow() -> None:
    seen, written = Traffic(), {slot_of(START): 50}
    assert not grown(seen.growth(written, START + timedelta(hours=2)))


@pytest.mark.parametrize(("count", "mean", "tail"), [(0, 3.0, 1.0), (5, 0.5, 1.72116e-4), (10, 2.0, 4.6498e-5)])
def test_the_tail_of_the_poisson_distribution(count: int, mean: float, tail: float) -> None:
    assert poisson_tail(count, mean) == pytest.approx(tail, rel=1e-3)


def test_what_was_written_long_ago_takes_no_memory() -> None:
    seen = Traffic()
    for number in range(3 * DAY_SLOTS):
        seen.wrote(START + timedelta(minutes=10 * number))
    assert len(seen._written) <= 2 * DAY_SLOTS


def test_an_outage_among_other_questions_is_growing(desk: Desk) -> None:
    for number in range(8):
        desk.writes(f"Internet in Köln weg, Kunde {number}", about="outage", contact=f"contact {number}")
    desk.settles()
    (growing,) = desk.clusterer.growing(desk.now)
    assert growing.cluster.contacts == 8
    assert str(growing.reasons[0]) == "8 people wrote the same within an hour"
    assert not desk.clusterer.growing(desk.now + timedelta(hours=3))
