"""B3, on cases worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.b3 import b3


def test_the_example_of_bagga_and_baldwin() -> None:
    """Links 1-5, 6-7 and 8-12 of the paper, where the answer joined the second with the third."""
    labels = [1] * 5 + [2] * 2 + [3] * 5
    found = b3([1] * 5 + [2] * 7, labels)
    assert found.precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)
    assert found.recall == 1.0
    worse = b3([1] * 5 + [2] * 2 + [1] * 5, labels)
    assert worse.precision == pytest.approx((10 * 0.5 + 2) / 12)


def test_each_alone_is_precise_and_recalls_little() -> None:
    found = b3([1, 2, 3, 4], ["a", "a", "a", "a"])
    assert (found.precision, found.recall, found.f1) == (1.0, 0.25, 0.4)


def test_who_is_not_counted_still_spoils_a_cluster() -> None:
    found = b3([1, 1], ["flood", "parcel"], counted=[True, False])
    assert (found.precision, found.recall) == (0.5, 1.0)


def test_nothing_to_measure_is_an_error() -> None:
    with pytest.raises(ValueError, match="no message"):
        b3([], [])


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30))
def test_precision_and_recall_are_each_others_mirror(pairs: list[tuple[int, int]]) -> None:
    ours, theirs = [one for one, _ in pairs], [one for _, one in pairs]
    found, mirrored = b3(ours, theirs), b3(theirs, ours)
    assert found.precision == pytest.approx(mirrored.recall)
    assert 0 < found.f1 <= 1.0 + 1e-9
    assert b3(ours, ours).f1 == pytest.approx(1.0)
