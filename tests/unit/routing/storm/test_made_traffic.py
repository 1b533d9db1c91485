"""Made traffic: the seed makes it, its volume is what was asked for, and storms are where it says."""

from __future__ import annotations

import numpy as np
import pytest

from routing.made_traffic import DAY, StormKind, made_traffic


def test_the_seed_makes_everything_and_the_volume_is_what_was_asked_for() -> None:
    one, same, other = (made_traffic(1000, 7, seed) for seed in (1, 1, 2))
    assert list(one) == list(same)
    assert list(one) != list(other)
    assert len(one.seconds) / 7 == pytest.approx(1000, rel=0.3)
    assert (np.diff(one.seconds) >= 0).all()


def test_days_have_humps_and_weekends_are_quieter() -> None:
    traffic = made_traffic(2000, 7, 3)
    hour, day = traffic.seconds // 3600 % 24, traffic.seconds // 86_400
    assert (hour == 3).sum() * 3 < (hour == 19).sum()
    assert (day >= 5).sum() / 2 < (day < 5).sum() / 5


@pytest.mark.parametrize(
    ("kind", "least"),
    [(StormKind.OUTAGE, 3.0), (StormKind.FIRESTORM, 0.8), (StormKind.CREEPING, 0.35)],
)
def test_a_storm_is_where_it_says(kind: StormKind, least: float) -> None:
    traffic = made_traffic(3000, 6, 4, kind, quiet_days=2)
    storm = traffic.storms[0]
    there = (traffic.topics == storm.topic) & (traffic.seconds >= storm.start * 60) & (traffic.seconds < storm.end * 60)
    a_minute = there.sum() / (storm.end - storm.start)
    assert a_minute > least * 3000 / DAY * 0.5
    assert traffic.negative[there].mean() > 0.6
