"""In a storm those who are in for it are asked first, under the caps they stated, in the policy's waves for storms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import SettingsInvalid
from desk.store import Candidate
from desk.storm_wishes import Caps
from desk.ticket import Ticket
from routing.policy import Policy, parse_policy
from routing.waves import at_hand, next_wave, peer_policy
from tests.unit.routing.test_waves import CROWDS, NOON, PEER, volunteer

SHIPPED = (Path(__file__).parents[3] / "routing" / "policy.yml").read_text(encoding="utf-8")
MakeTicket = Callable[..., Ticket]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return parse_policy(SHIPPED, "policy.yml")


@settings(max_examples=40)
@given(crowd=CROWDS.filter(bool), who=st.sets(st.integers(0, 19)))
def test_as_long_as_somebody_is_in_nobody_else_is_asked(
    make_ticket: MakeTicket, crowd: list[Candidate], who: set[int]
) -> None:
    crowd = [replace(one, on_duty=Caps(9, 99) if place in who else None) for place, one in enumerate(crowd)]
    able = at_hand(crowd, PEER, NOON)
    if not able:
        return
    picks = {pick.candidate.on_duty is not None for pick in next_wave(make_ticket(), crowd, PEER, NOON).picks}
    assert picks == {any(one.on_duty is not None for one in able)}


def test_the_caps_of_the_storm_hold_for_whoever_is_in(make_ticket: MakeTicket) -> None:
    carrying = {"load": 3, "offers_today": 15}
    assert at_hand([volunteer(1, **carrying)], PEER, NOON) == []
    busy = volunteer(2, **carrying, on_duty=Caps(4, 16))
    assert at_hand([busy], PEER, NOON) == [busy]
    assert at_hand([volunteer(3, **carrying, on_duty=Caps(3, 99))], PEER, NOON) == []
    assert at_hand([volunteer(4, **carrying, on_duty=Caps(9, 15))], PEER, NOON) == []
    careful = volunteer(5, load=1, most_at_once=3, on_duty=Caps(1, 99))
    assert at_hand([careful], PEER, NOON) == []


def test_waves_for_storms_hold_while_somebody_is_in(policy: Policy) -> None:
    assert peer_policy(policy, [volunteer(1)]) is policy.peer
    stormy = peer_policy(policy, [volunteer(1), volunteer(2, on_duty=Caps(3, 9))])
    assert stormy.waves == policy.storm.muster_waves != policy.peer.waves
    assert stormy.lease == policy.peer.lease


def test_they_are_told_why(make_ticket: MakeTicket) -> None:
    [pick] = next_wave(make_ticket(), [volunteer(1, on_duty=Caps(3, 9))], PEER, NOON).picks
    assert pick.reasons[0].text == "you are in for the storm"


@pytest.mark.parametrize(
    ("was", "wrong"),
    [
        ("rest_hours: 12", "rest_hours: -1"),
        ("muster_hours: 4", "muster_hours: 25"),
        ("muster_at_once: 5", "muster_at_once: 11"),
        ("muster_a_day: 40", "muster_a_day: 101"),
        ("rest_hours: 12", "rest_days: 12"),
    ],
)
def test_a_policy_that_asks_too_much_is_refused(was: str, wrong: str) -> None:
    storm = SHIPPED.index("\nstorm:")
    broken = SHIPPED[:storm] + SHIPPED[storm:].replace(was, wrong, 1)
    assert broken != SHIPPED
    with pytest.raises(SettingsInvalid, match=wrong.partition(":")[0]):
        parse_policy(broken, "policy.yml")
