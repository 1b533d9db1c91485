"""The leaderboard: by quality that is sure, never by how much somebody answers."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desk.honours import Contender, leaderboard
from desk.people import ResponderId, TrustLevel
from desk.record import Quality


def contender(number: int, good: int, counted: int, *, named: bool = True) -> Contender:
    return Contender(ResponderId(number), f"V{number}", TrustLevel.HELPER, named, Quality(good, counted))


qualities = st.integers(0, 50).flatmap(lambda counted: st.tuples(st.integers(0, counted), st.just(counted)))
crowds = st.lists(qualities, max_size=30).map(
    lambda crowd: [contender(number, *quality) for number, quality in enumerate(crowd)]
)


@given(crowds, st.integers(1, 50), st.integers(1, 20))
def test_who_is_surely_better_stands_higher(crowd: list[Contender], answers: int, most: int) -> None:
    lines = leaderboard(crowd, answers=answers, most=most)
    assert len(lines) == min(most, sum(one.quality.counted >= answers for one in crowd))
    for upper, lower in pairwise(lines):
        assert upper.quality.at_least() >= lower.quality.at_least() - 1e-6
        assert upper.place <= lower.place
    assert all(line.quality.counted >= answers for line in lines)


@given(crowds)
def test_the_order_in_which_they_come_does_not_matter(crowd: list[Contender]) -> None:
    assert leaderboard(crowd, answers=1, most=50) == leaderboard(crowd[::-1], answers=1, most=50)


def test_equal_quality_shares_a_place_and_the_unnamed_have_no_name() -> None:
    crowd = [contender(1, 20, 20), contender(2, 20, 20, named=False), contender(3, 18, 20), contender(4, 2, 2)]
    lines = leaderboard(crowd, answers=5, most=9)
    assert [(line.place, line.name) for line in lines] == [(1, "V1"), (1, None), (3, "V3")]
