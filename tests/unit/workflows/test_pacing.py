"""What leaves for a platform stays within its limits, and nobody waits for a place that nobody uses."""

from __future__ import annotations

import heapq
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.outbound import ChannelLimits
from workflows.pacing import BURST_A_CHAT, BURST_OF_BOT, CHATS_REMEMBERED, Bucket, Pacer

HOUR = 3600.0
LONGEST = 20.0


def limits(per_second: float = 25.0, per_chat_second: float = 1.0) -> ChannelLimits:
    return ChannelLimits(4096, 1024, per_second, per_chat_second, file_bytes=1)


def an_hour(pacer: Pacer, rates: dict[str, float], wishes: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Delivers `wishes` (instant, chat) as the desk does: waits a little, or comes back later. What left, and when."""
    waiting, left = list(wishes), list[tuple[float, str]]()
    heapq.heapify(waiting)
    while waiting and waiting[0][0] < HOUR:
        now, chat = heapq.heappop(waiting)
        wait = pacer.wait(chat, rates[chat], now, LONGEST)
        if wait <= LONGEST:
            left.append((now + wait, chat))
        else:
            heapq.heappush(waiting, (now + wait, chat))
    return sorted(left)


def most_within(instants: list[float], seconds: float) -> int:
    """The most messages that left within any window of that length."""
    first, most = 0, 0
    for last, instant in enumerate(instants):
        while instants[first] <= instant - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


@given(
    st.lists(st.tuples(st.floats(0, HOUR), st.sampled_from("abcd"), st.integers(1, 60)), max_size=10),
    st.fixed_dictionaries({chat: st.sampled_from([0.28, 1.0, 5.0]) for chat in "abcd"}),
    st.sampled_from([2.0, 25.0]),
)
@settings(max_examples=30)
def test_over_an_hour_no_budget_is_ever_exceeded(
    gusts: list[tuple[float, str, int]], rates: dict[str, float], per_second: float
) -> None:
    wishes = [(at, chat) for at, chat, count in gusts for _ in range(count)]
    left = an_hour(Pacer(limits(per_second), 0.0), rates, wishes)
    by_chat = defaultdict[str, list[float]](list)
    for instant, chat in left:
        by_chat[chat].append(instant)
    for chat, instants in by_chat.items():
        for window in (1.0, 60.0, 2 * HOUR):
            assert most_within(instants, window) <= BURST_A_CHAT + rates[chat] * window + 1e-6
    burst = min(BURST_OF_BOT, per_second)
    assert most_within([instant for instant, _ in left], 2 * HOUR) <= burst + per_second * (HOUR + LONGEST)


def test_within_any_second_the_bot_stays_under_what_the_platforms_count() -> None:
    for per_second, counted in ((25.0, 30), (45.0, 50)):
        pacer = Pacer(limits(per_second), 0.0)
        instants = sorted(pacer.wait(f"chat {number}", 1.0, 0.0) for number in range(500))
        assert most_within(instants, 0.999) <= counted


def test_a_staff_forum_stays_under_twenty_a_minute() -> None:
    pacer = Pacer(limits(), 0.0)
    instants = [pacer.wait("room", 0.28, 0.0) for _ in range(200)]
    assert most_within(instants, 60.0) <= 20


def test_a_full_queue_drains_at_the_chats_rate_although_most_of_it_must_come_back() -> None:
    """Five hundred tickets in one room: places are not taken by those who do not wait for them."""
    left = an_hour(Pacer(limits(), 0.0), {"room": 0.28}, [(0.0, "room")] * 500)
    assert len(left) == 500
    assert left[-1][0] == pytest.approx((500 - BURST_A_CHAT) / 0.28, rel=0.02)


def test_who_will_not_wait_takes_no_place() -> None:
    pacer = Pacer(limits(), 0.0)
    for _ in range(3):
        pacer.wait("chat", 1.0, 0.0)
    assert [pacer.wait("chat", 1.0, 0.0, longest=0.5) for _ in range(5)] == [1.0] * 5
    assert pacer.wait("chat", 1.0, 0.0) == pytest.approx(1.0)
    assert pacer.wait("chat", 1.0, 0.0) == pytest.approx(2.0)


def test_a_busy_chat_does_not_hold_up_another() -> None:
    pacer = Pacer(limits(), 0.0)
    for _ in range(4):
        pacer.wait("busy", 0.1, 0.0)
    assert pacer.wait("quiet", 1.0, 0.0) == 0.0


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=40).map(sorted), st.sampled_from([0.28, 1.0, 30.0]))
def test_messages_of_a_chat_leave_in_the_order_in_which_they_asked(instants: list[float], rate: float) -> None:
    pacer = Pacer(limits(), 0.0)
    leaving = [now + pacer.wait("chat", rate, now) for now in instants]
    assert all(before <= after + 1e-6 for before, after in pairwise(leaving))


def test_a_bucket_saves_no_more_than_a_burst() -> None:
    bucket = Bucket(rate=1.0, burst=3.0, now=0.0)
    leaving = []
    for _ in range(5):
        leaving.append(bucket.earliest(HOUR) - HOUR)
        bucket.take(HOUR + leaving[-1])
    assert leaving == [0.0, 0.0, 0.0, 1.0, 2.0]


def test_a_clock_that_is_set_back_gives_nothing_away_and_holds_nobody_up() -> None:
    pacer = Pacer(limits(), HOUR)
    waits = [pacer.wait("chat", 1.0, instant) for instant in (HOUR, HOUR, HOUR, 0.0, 0.0, 10.0)]
    assert waits == pytest.approx([0.0, 0.0, 0.0, 1.0, 2.0, 0.0])


def test_memory_is_bounded_and_the_newest_chats_are_remembered() -> None:
    pacer = Pacer(limits(per_second=1e9), 0.0)
    for _ in range(3):
        pacer.wait("kept", 0.001, 0.0)
    for number in range(CHATS_REMEMBERED - 1):
        pacer.wait(f"chat {number}", 1.0, 0.0)
    assert pacer.wait("kept", 0.001, 0.0) > 900
    assert len(pacer._chats) == CHATS_REMEMBERED
