"""A few days of a small community, asked by the router: caps and hours hold, everybody gets a turn, runs repeat."""

from __future__ import annotations

import random

from routing.policy import PeerPolicy
from routing.policy_parts import WaveSize
from tests.eval.made_community import Volunteer, arrivals, community
from tests.eval.waves import all_who_may, gini
from tests.eval.ways_of_asking import Question, Router, Run

TOPICS = ("parcels", "routers")
POLICY = PeerPolicy(
    waves=(WaveSize(size=3, minutes=3), WaveSize(size=5, minutes=3)),
    lease_minutes=30,
    most_at_once=2,
    most_offers_a_day=6,
)


class WatchfulRun(Run):
    """Looks at every offer as it is made."""

    def _offer(self, question: Question, one: Volunteer, at: float, seconds: float) -> None:
        assert one.is_awake(at), "asked outside their hours"
        assert one.number not in question.asked, "asked twice about one question"
        assert one.busy + one.open_offers < POLICY.most_at_once
        assert one.offers_of_the_day(at) < POLICY.most_offers_a_day
        super()._offer(question, one, at, seconds)


def lived(seed: int) -> tuple[list[Question], list[Volunteer]]:
    chance = random.Random(seed)
    people = community(30, TOPICS, 4, chosen_topics=None, newcomers=0, chance=chance)
    run = WatchfulRun(Router(POLICY, TOPICS, all_who_may), people, TOPICS, chance=chance, waves=2)
    return run.live(arrivals(3, 60, chance)), people


def test_caps_and_hours_hold_however_many_ask() -> None:
    questions, people = lived(1)
    assert len(questions) > 120
    assert max(one.most_a_day for one in people) == POLICY.most_offers_a_day, "there is more to do than they may get"
    assert all(one.total_offers for one in people), "everybody has had a turn"
    assert sum(one.claimed_at is not None for one in questions) > 0.25 * len(questions)


def test_the_same_seed_gives_the_same_run() -> None:
    one, other = lived(2), lived(2)
    assert [(q.claimed_at, sorted(q.asked)) for q in one[0]] == [(q.claimed_at, sorted(q.asked)) for q in other[0]]


def test_gini_is_nothing_for_equals_and_near_one_for_one_who_has_all() -> None:
    assert gini([3, 3, 3]) == 0
    assert gini([0] * 99 + [5]) > 0.98
    assert gini([0, 0]) == 0
