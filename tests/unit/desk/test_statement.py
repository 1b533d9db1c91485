"""Statements and broadcasts: who may approve, what is left to fill in, whom a text reaches, how long it takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.broadcast import (
    MOST_A_SLICE,
    BroadcastKind,
    ChannelProgress,
    SkippedWhy,
    Waiting,
    allowance,
    skipped,
    time_left,
    time_needed,
    used_until,
)
from desk.incident import IncidentId
from desk.people import ResponderId
from desk.statement import Statement, StatementId, StatementState, gaps, may_approve
from desk.text_changes import Change, changes
from desk.ticket import TicketId

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CORA, CARL, ALMA = ResponderId(1), ResponderId(2), ResponderId(3)
WRITTEN = Statement(
    StatementId(1), IncidentId(1), 1, StatementState.SUBMITTED, "Ja", "Yes", CORA, NOW, submitted_by=CARL
)
ASKS = Waiting(TicketId(1), follows=True, is_over=False, reachable=True, blocked=False, told=False, corrects=False)
SECOND = timedelta(seconds=1)


def test_who_wrote_or_submitted_it_does_not_approve_it_where_two_are_asked_for() -> None:
    assert [may_approve(one, WRITTEN, two_people=True) for one in (CORA, CARL, ALMA)] == [False, False, True]
    assert all(may_approve(one, WRITTEN, two_people=False) for one in (CORA, CARL, ALMA))


@pytest.mark.parametrize(
    ("text", "left"),
    [("Bis [Uhrzeit] bei [was].", ("[Uhrzeit]", "[was]")), ("Siehe [hier](https://brand.example).", ()), ("Ende", ())],
)
def test_gaps_of_a_template_are_found_and_links_are_none(text: str, left: tuple[str, ...]) -> None:
    assert gaps(text) == left


@given(st.text("ab \n", max_size=30), st.text("ab \n", max_size=30))
def test_the_parts_of_a_change_make_both_texts(old: str, new: str) -> None:
    parts = changes(old, new)
    assert "".join(part.text for part in parts if part.change is not Change.ADDED) == old
    assert "".join(part.text for part in parts if part.change is not Change.REMOVED) == new
    assert all(part.text for part in parts)


@given(
    st.builds(
        Waiting, st.just(TicketId(1)), follows=st.booleans(), is_over=st.booleans(), reachable=st.booleans(),
        blocked=st.booleans(), told=st.booleans(), corrects=st.booleans(),
    ),
    st.sampled_from(BroadcastKind),
)  # fmt: skip
def test_nobody_is_told_twice_or_in_vain_and_a_correction_follows_everybody(
    waiting: Waiting, kind: BroadcastKind
) -> None:
    why = skipped(kind, waiting)
    if waiting.told or waiting.blocked or not waiting.reachable:
        assert why in (SkippedWhy.TOLD, SkippedWhy.BLOCKED, SkippedWhy.UNREACHABLE)
    elif kind is not BroadcastKind.OUTCOME and waiting.corrects:
        assert why is None
    else:
        assert (why is None) == (waiting.follows and not waiting.is_over)


@given(
    st.floats(0.5, 1000),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 60)), min_size=1, max_size=20),
)
def test_no_channel_gets_more_than_its_share_and_a_second_of_it_at_a_time(
    rate: float, steps: list[tuple[int, int]]
) -> None:
    until, now, put = NOW - SECOND, NOW, 0
    for milliseconds, backlog in steps:
        now += timedelta(milliseconds=milliseconds)
        count = allowance(now - until, rate, backlog)
        assert 0 <= count <= min(MOST_A_SLICE, max(0, max(rate, 1) - backlog))
        if count:
            until = used_until(now, now - until, rate, count)
            put += count
        assert put <= rate * ((now - NOW).total_seconds() + 1) + 0.01


def test_a_clock_that_is_set_back_gives_nothing_and_takes_nothing() -> None:
    assert allowance(timedelta(seconds=-50), 20, 0) == 0
    assert used_until(NOW, timedelta(hours=5), 20, 20) == NOW


def test_ten_thousand_on_telegram_take_about_eight_minutes() -> None:
    share = 25 * 0.8
    assert time_needed({"telegram": 10_000, "discord": 500}, {"telegram": share, "discord": 36}) == 500 * SECOND
    assert time_needed({}, {}) == timedelta()


def test_the_measured_pace_counts_and_a_channel_that_takes_nothing_has_no_finishing_time() -> None:
    share = {"telegram": 20.0}
    halfway = ChannelProgress(waiting=280, under_way=20, sent=700, newly=300)
    assert time_left({"telegram": halfway}, share, timedelta(minutes=2)) == 30 * SECOND
    assert time_left({"telegram": halfway}, share, 2 * SECOND) == 15 * SECOND
    stuck = ChannelProgress(waiting=280, under_way=20, sent=700)
    assert time_left({"telegram": stuck}, share, timedelta(minutes=2)) is None
    assert time_left({"telegram": ChannelProgress(waiting=1)}, {"telegram": 0.0}, SECOND) is None
    assert time_left({"telegram": ChannelProgress(sent=9)}, share, timedelta(minutes=2)) == timedelta()


def test_all_of_a_channel_are_counted_once() -> None:
    one = ChannelProgress(
        waiting=5, under_way=4, sent=3, failed=2, skipped={SkippedWhy.UNREACHABLE: 1, SkippedWhy.LEFT: 6}
    )
    assert (one.total, one.unreachable, one.needless) == (21, 3, 6)
