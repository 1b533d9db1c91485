"""Which offset may be asked for: nothing uncommitted is ever acknowledged, nothing committed is handled twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram_polling import Pace, Progress
from bots.telegram_updates import UpdateMalformed, id_of, lane_of, parsed


def test_the_lowest_update_under_way_holds_the_offset() -> None:
    progress = Progress()
    assert progress.offset is None
    assert [progress.begin(number) for number in (5, 6, 7)] == [True, True, True]
    progress.finish(6)
    progress.finish(7)
    assert progress.offset == 5
    assert not progress.begin(7)
    progress.finish(5)
    assert progress.offset == 8


def test_after_an_empty_poll_ids_may_begin_anywhere() -> None:
    progress = Progress()
    progress.begin(900)
    progress.finish(900)
    progress.acknowledged(901, empty=True)
    assert progress.offset is None
    assert progress.begin(17)
    progress.finish(17)
    assert progress.offset == 18


def test_what_telegram_sends_again_after_its_acknowledgement_is_handled_again() -> None:
    progress = Progress()
    progress.begin(5)
    progress.finish(5)
    progress.begin(6)
    progress.acknowledged(6, empty=False)
    assert progress.begin(5)


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=60))
def test_no_offset_passes_an_update_that_is_not_finished(steps: list[tuple[int, bool]]) -> None:
    progress = Progress()
    running: set[int] = set()
    for number, finishes in steps:
        if finishes and number in running:
            progress.finish(number)
            running.discard(number)
        elif not finishes and progress.begin(number):
            running.add(number)
        offset = progress.offset
        assert offset is None or all(offset <= each for each in running)
        progress.acknowledged(offset, empty=False)


def test_pauses_grow_and_stop_growing() -> None:
    pace = Pace(first_wait=0.5, longest_wait=30)
    assert [pace.wait(failures) for failures in (1, 2, 3, 7, 5000)] == [0.5, 1.0, 2.0, 30.0, 30.0]


@pytest.mark.parametrize(
    ("raw", "lane"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -7}}}, "-7"),
        ({"update_id": 1, "callback_query": {"message": {"chat": {"id": 9}}, "from": {"id": 3}}}, "9"),
        ({"update_id": 1, "callback_query": {"from": {"id": 3}}}, "3"),
        ({"update_id": 1, "message": []}, "message"),
        ({"novelty": 1}, "foreign"),
        (None, "foreign"),
    ],
)
def test_updates_of_a_chat_share_a_lane(raw: object, lane: str) -> None:
    assert lane_of(raw) == lane


@pytest.mark.parametrize("raw", [None, 7, [], {}, {"update_id": True}, {"update_id": -1}, {"update_id": 2**70}])
def test_ids_that_are_none_are_not_used(raw: object) -> None:
    assert id_of(raw) is None


@pytest.mark.parametrize("raw", [None, [], {}, {"update_id": "x"}, {"update_id": 1, "message": {"text": "x"}}])
def test_what_is_no_update_is_malformed(raw: object) -> None:
    with pytest.raises(UpdateMalformed):
        parsed(raw)
