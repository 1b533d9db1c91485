"""Which volunteers are asked, in what order, and when nobody is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.people import Locale, Responder, ResponderId, Role
from desk.store import Candidate
from desk.ticket import Ticket
from routing.policy import PeerPolicy, WaveSize
from routing.waves import NoVolunteerLeft, at_hand, next_wave

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PEER = PeerPolicy(
    waves=(WaveSize(size=2, minutes=3), WaveSize(size=3, minutes=5)),
    lease_minutes=30,
    most_at_once=3,
    most_offers_a_day=10,
)
MakeTicket = Callable[..., Ticket]


def volunteer(number: int, *, topics: tuple[str, ...] = (), **facts: Any) -> Candidate:
    """A volunteer with nothing to do, but for what is named."""
    responder = Responder(ResponderId(number), Role.VOLUNTEER, f"V{number}", (Locale.GERMAN,), topics=topics)
    known: dict[str, Any] = {"load": 0, "offers_today": 0, "open_offers": 0, "last_offer_at": None}
    return Candidate(responder, **(known | facts))


CROWDS = st.lists(
    st.tuples(
        st.sampled_from([(), ("logistics",), ("delivery_status",), ("sales",)]),
        st.integers(0, 5),
        st.integers(0, 15),
        st.integers(0, 4),
        st.none() | st.integers(0, 500).map(lambda minutes: NOON - timedelta(minutes=minutes)),
    ),
    max_size=20,
).map(
    lambda rows: [
        volunteer(number, topics=topics, load=load, offers_today=today, open_offers=waiting, last_offer_at=last)
        for number, (topics, load, today, waiting, last) in enumerate(rows, start=1)
    ]
)


def asked(ticket: Ticket, *candidates: Candidate) -> list[int]:
    """Whom the next wave asks, in order."""
    return [pick.candidate.responder.id for pick in next_wave(ticket, candidates, PEER, NOON).picks]


def test_those_with_the_least_to_do_are_asked_first(make_ticket: MakeTicket) -> None:
    assert asked(make_ticket(), volunteer(1, load=2), volunteer(2), volunteer(3, load=1)) == [2, 3]


def test_at_equal_load_those_asked_least_today(make_ticket: MakeTicket) -> None:
    crowd = (volunteer(1, offers_today=5), volunteer(2, offers_today=1), volunteer(3, offers_today=3))
    assert asked(make_ticket(), *crowd) == [2, 3]


def test_then_those_whose_last_offer_is_longest_ago_and_first_of_all_never(make_ticket: MakeTicket) -> None:
    ago = [NOON - timedelta(hours=hours) for hours in (1, 9)]
    crowd = (volunteer(1, last_offer_at=ago[0]), volunteer(2, last_offer_at=ago[1]), volunteer(3))
    assert asked(make_ticket(), *crowd) == [3, 2]


@pytest.mark.parametrize("topic", ["logistics", "delivery_status"])
def test_whoever_named_the_topic_comes_before_who_takes_everything(make_ticket: MakeTicket, topic: str) -> None:
    crowd = (volunteer(1), volunteer(2, topics=(topic,), load=2), volunteer(3))
    assert asked(make_ticket(), *crowd) == [2, 1]


def test_each_is_told_why(make_ticket: MakeTicket) -> None:
    crowd = [volunteer(1, topics=("logistics",), load=1), volunteer(2)]
    first, second = next_wave(make_ticket(), crowd, PEER, NOON).picks
    assert [str(reason) for reason in first.reasons] == ["you chose this topic", "you have 1 open and room for more"]
    assert [str(reason) for reason in second.reasons] == ["you are open to every topic", "you have nothing else open"]


def test_a_wave_ends_after_its_own_time(make_ticket: MakeTicket) -> None:
    first = next_wave(make_ticket(), [volunteer(1)], PEER, NOON)
    second = next_wave(make_ticket(wave=1), [volunteer(1)], PEER, NOON)
    assert (first.number, first.expires_at) == (1, NOON + timedelta(minutes=3))
    assert (second.number, second.expires_at) == (2, NOON + timedelta(minutes=5))


def test_after_the_last_wave_nobody_is_left(make_ticket: MakeTicket) -> None:
    with pytest.raises(NoVolunteerLeft):
        next_wave(make_ticket(wave=2), [volunteer(1)], PEER, NOON)


@pytest.mark.parametrize(
    "facts",
    [{"load": 3}, {"open_offers": 3}, {"load": 1, "open_offers": 2}, {"offers_today": 10}],
    ids=str,
)  # fmt: skip
def test_whoever_has_enough_is_left_alone(make_ticket: MakeTicket, facts: dict[str, int]) -> None:
    assert at_hand([volunteer(1, **facts)], PEER, NOON) == []
    with pytest.raises(NoVolunteerLeft):
        next_wave(make_ticket(), [volunteer(1, **facts)], PEER, NOON)


@given(CROWDS, st.integers(0, 3))
def test_no_wave_is_too_large_or_asks_anybody_twice_or_over_a_cap(
    make_ticket: MakeTicket, crowd: list[Candidate], waves_before: int
) -> None:
    try:
        wave = next_wave(make_ticket(wave=waves_before), crowd, PEER, NOON)
    except NoVolunteerLeft:
        assert waves_before >= len(PEER.waves) or not at_hand(crowd, PEER, NOON)
        return
    ids = [pick.candidate.responder.id for pick in wave.picks]
    assert 0 < len(ids) <= PEER.waves[waves_before].size
    assert len(set(ids)) == len(ids)
    for pick in wave.picks:
        assert pick.candidate.load + pick.candidate.open_offers < PEER.most_at_once
        assert pick.candidate.offers_today < PEER.most_offers_a_day
        assert pick.reasons
    assert wave.expires_at > NOON


@given(CROWDS, st.randoms(use_true_random=False))
def test_whom_it_asks_does_not_depend_on_the_order_in_which_they_were_found(
    make_ticket: MakeTicket, crowd: list[Candidate], chance: Any
) -> None:
    if at_hand(crowd, PEER, NOON):
        shuffled = list(crowd)
        chance.shuffle(shuffled)
        assert asked(make_ticket(), *crowd) == asked(make_ticket(), *shuffled)


@given(CROWDS)
def test_over_all_waves_nobody_is_asked_twice_and_everybody_able_is_asked_before_staff(
    make_ticket: MakeTicket, crowd: list[Candidate]
) -> None:
    """The desk looks for candidates among those not asked yet; so do we."""
    waves, told = 0, list[int]()
    while True:
        left = [one for one in crowd if one.responder.id not in told]
        try:
            wave = next_wave(make_ticket(wave=waves), left, PEER, NOON)
        except NoVolunteerLeft:
            break
        waves, told = wave.number, told + [pick.candidate.responder.id for pick in wave.picks]
    assert len(told) == len(set(told)) == min(len(at_hand(crowd, PEER, NOON)), 2 + 3)


def test_work_spreads_over_equal_volunteers(make_ticket: MakeTicket) -> None:
    crowd = {number: volunteer(number) for number in range(1, 7)}
    for minute in range(12):
        now = NOON + timedelta(minutes=minute)
        for pick in next_wave(make_ticket(), list(crowd.values()), PEER, now).picks:
            number, today = pick.candidate.responder.id, pick.candidate.offers_today
            crowd[number] = volunteer(number, offers_today=today + 1, last_offer_at=now)
    assert {one.offers_today for one in crowd.values()} == {4}
