"""Which volunteers are asked, in what order, and when nobody is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import log1p
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.expertise import Habit, Tally
from desk.people import Locale, Responder, ResponderId, Role
from desk.store import Candidate
from desk.ticket import Ticket, TicketId
from routing.chances import chances_of, community_of, lot, worth_posterior
from routing.policy import PeerPolicy
from routing.policy_parts import WaveSize
from routing.waves import NoVolunteerLeft, at_hand, by_score, next_wave

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


def asked_first(make_ticket: MakeTicket, *crowd: Candidate) -> Counter[int]:
    """Who is asked first, over two hundred tickets."""
    return Counter(asked(make_ticket(id=TicketId(number)), *crowd)[0] for number in range(200))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, {"load": 2}),
        ({}, {"open_offers": 2}),
        ({"offers_today": 1}, {"offers_today": 9}),
        ({"topics": ("logistics",)}, {}),
        ({"topics": ("delivery_status",)}, {"topics": ("sales",)}),
        ({"on_unit": Tally(20, 18, 18.0), "overall": Tally(20, 18, 18.0)}, {}),
        ({}, {"overall": Tally(20, 4, 4.0)}),
        ({"habit": Habit(10, 6, 1, 20)}, {"habit": Habit(10, 1, 1, 5)}),
        ({"habit_now": Habit(5, 4, 0, 16)}, {"habit_now": Habit(5, 0, 0, 0)}),
        ({"active_at": NOON - timedelta(minutes=2)}, {"active_at": NOON - timedelta(days=30)}),
        ({"habit": Habit(6, 2, 0, 8)}, {"habit": Habit(60, 20, 0, 80)}),
    ],
    ids=str,
)
def test_whoever_fits_better_is_mostly_asked_first(
    make_ticket: MakeTicket, better: dict[str, Any], worse: dict[str, Any]
) -> None:
    first = asked_first(make_ticket, volunteer(1, **worse), volunteer(2, **better))
    assert first[2] > 1.1 * first[1]


def test_whoever_is_surely_good_is_nearly_always_before_who_is_surely_bad(make_ticket: MakeTicket) -> None:
    good, bad = Tally(40, 37, 37.0), Tally(40, 10, 10.0)
    first = asked_first(
        make_ticket,
        volunteer(1, on_intent=bad, on_unit=bad, overall=bad),
        volunteer(2, on_intent=good, on_unit=good, overall=good),
    )
    assert first[2] > 190


def test_a_newcomer_among_proven_ones_is_tried_now_and_then(make_ticket: MakeTicket) -> None:
    proven = Tally(20, 13, 13.0)
    crowd = [volunteer(n, on_unit=proven, overall=proven, habit=Habit(9, 3, 1, 12)) for n in range(1, 20)]
    turns = [
        pick.reasons
        for number in range(300)
        for pick in next_wave(make_ticket(id=TicketId(number)), [*crowd, volunteer(20)], PEER, NOON).picks
        if pick.candidate.responder.id == 20
    ]
    assert 70 < len(turns) < 230
    assert any("newcomers get a turn" in map(str, reasons) for reasons in turns)


def test_equals_are_asked_by_who_was_asked_longest_ago(make_ticket: MakeTicket) -> None:
    ago = [NOON - timedelta(hours=hours) for hours in (1, 9)]
    crowd = (volunteer(1, last_offer_at=ago[0]), volunteer(1, last_offer_at=ago[1]), volunteer(1))
    ranked = by_score(make_ticket(), crowd, NOON, PEER.waves[0].timeout)
    assert [one.candidate.last_offer_at for one in ranked] == [None, ago[1], ago[0]]


def test_each_is_told_why(make_ticket: MakeTicket) -> None:
    crowd = [volunteer(1, topics=("logistics",), load=1), volunteer(2)]
    picks = {pick.candidate.responder.id: pick.reasons for pick in next_wave(make_ticket(), crowd, PEER, NOON).picks}
    assert [str(reason) for reason in picks[ResponderId(1)]] == [
        "you chose this topic", "you have 1 open and room for more",
    ]  # fmt: skip
    assert [str(reason) for reason in picks[ResponderId(2)]] == [
        "you are open to every topic", "you have nothing else open",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"on_intent": Tally(14, 12, 12.0)}, "you solved 12 of 14 questions like this"),
        ({"on_unit": Tally(3, 3, 2.5)}, "you solved 3 of 3 questions like this"),
        ({"on_intent": Tally(14, 3, 3.0), "topics": ("logistics",)}, "you chose this topic"),
        ({"on_intent": Tally(2, 2, 2.0)}, "you are open to every topic"),
        ({"habit_now": Habit(9, 3, 0, 3 * log1p(280))}, "you usually answer within 5 min at this hour"),
        ({"habit_now": Habit(9, 3, 0, 0)}, "you usually answer within 1 min at this hour"),
        ({"habit": Habit(2, 1, 0, 5), "active_at": NOON}, "you were here a moment ago"),
    ],
    ids=str,
)
def test_what_is_to_their_credit_is_said(make_ticket: MakeTicket, facts: dict[str, Any], said: str) -> None:
    (pick,) = next_wave(make_ticket(), [volunteer(1, **facts)], PEER, NOON).picks
    assert said in [str(reason) for reason in pick.reasons]


def test_nobody_is_told_that_they_are_slow_or_were_away(make_ticket: MakeTicket) -> None:
    slow = volunteer(1, habit_now=Habit(9, 3, 0, 3 * log1p(3600)), active_at=NOON - timedelta(days=3))
    assert len(next_wave(make_ticket(), [slow], PEER, NOON).picks[0].reasons) == 2


def test_eager_volunteers_make_small_waves_and_quick_ones_short_waves(make_ticket: MakeTicket) -> None:
    eager = [
        volunteer(n, habit=Habit(20, 18, 1, 18 * log1p(10)), habit_now=Habit(20, 18, 1, 18 * log1p(10)), active_at=NOON)
        for n in range(1, 6)
    ]
    wave = next_wave(make_ticket(wave=1), eager, PEER, NOON)
    assert len(wave.picks) == 1
    assert wave.expires_at == NOON + PEER.waves[1].timeout / 3


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
    for minute in range(20):
        now = NOON + timedelta(minutes=minute)
        for pick in next_wave(make_ticket(id=TicketId(minute)), list(crowd.values()), PEER, now).picks:
            number, today = pick.candidate.responder.id, pick.candidate.offers_today + 1
            crowd[number] = volunteer(
                number, offers_today=today, last_offer_at=now, habit=Habit(today, today / 4, 0, 1)
            )
    offers = [one.offers_today for one in crowd.values()]
    assert sum(offers) == 40
    assert min(offers) >= 4
    assert max(offers) <= 10


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_a_lot_lies_between_nothing_and_one_and_is_always_the_same(one: int, other: int) -> None:
    assert 0 < lot(one, other) < 1
    assert lot(one, other) == lot(one, other)


def test_lots_are_spread_evenly() -> None:
    drawn = [lot(ticket, person) for ticket in range(100) for person in range(100)]
    assert all(900 < sum(tenth / 10 <= one < (tenth + 1) / 10 for one in drawn) < 1100 for tenth in range(10))


TALLIES = st.integers(0, 200).flatmap(
    lambda rated: st.integers(0, rated).map(lambda solved: Tally(rated, solved, float(solved)))
)
HABITS = st.floats(0, 500).flatmap(
    lambda asked: st.floats(0, asked).map(lambda claimed: Habit(asked, claimed, 0, 4 * claimed))
)
SEEN = st.none() | st.integers(-10, 10**6).map(lambda minutes: NOON - timedelta(minutes=minutes))


@given(TALLIES, TALLIES, HABITS, HABITS, SEEN, st.integers(0, 9))
def test_chances_are_chances_whatever_is_known(
    make_ticket: MakeTicket, here: Tally, more: Tally, habit: Habit, habit_now: Habit, seen: datetime | None, today: int
) -> None:
    one = volunteer(
        1, on_unit=here, on_intent=here, overall=here + more, habit=habit, habit_now=habit_now, active_at=seen,
        offers_today=today,
    )  # fmt: skip
    community = community_of([one, volunteer(2)], timedelta(minutes=3))
    chances = chances_of(one, make_ticket(), community, NOON)
    assert 0 < chances.claim < 1
    assert 0 < chances.accepted < 1
    assert 0 < chances.score <= 1
    assert chances.seconds >= 0


@given(TALLIES)
def test_one_more_solved_never_lowers_and_one_more_unsolved_never_raises_what_is_expected(known: Tally) -> None:
    community = community_of([], timedelta(minutes=3))

    def expected(more: Tally) -> float:
        tally = known + more
        return worth_posterior(volunteer(1, on_intent=tally, on_unit=tally, overall=tally), community)[0]

    assert expected(Tally(1, 0, 0.0)) <= expected(Tally()) <= expected(Tally(1, 1, 1.0))
