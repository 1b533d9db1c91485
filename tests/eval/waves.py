"""How well volunteers are asked, in simulation:
`python -m tests.eval.waves [small] [large] [--seed N] [--days N] [--questions N]`.

small   200 volunteers who take every topic, 150 questions a day, waves of 3 minutes, 15 minutes a question; measured
        are the last 8 of 32 days, and afternoons of a storm (13 to 16 h, six times the load). Beside the router:
        broadcast, five at random, the five best by hidden skill, and hidden skill squared x patience x load penalty.
large   2,000 volunteers of two topics each, a third of whom joins within the 30 days, 300 questions a day. Beside the
        router: five at random of those whose hours it is and who are under their caps, and broadcast to all whose hours
        it is.

The router is the desk's own code (routing/waves.py) and knows what the desk knows; in `large` it sees as many
candidates as the database finds, by the same three orders. How volunteers behave is assumed, and stated in
tests/eval/made_community.py. A question that nobody takes within 15 minutes goes to staff and counts as 15 minutes in
the times; their mean is the restricted mean time to a claim, which is fair to ways that leave many unclaimed.
"""

from __future__ import annotations

import argparse
import heapq
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from routing.policy import PeerPolicy
from routing.policy_parts import WaveSize
from tests.eval.made_community import DAY_SECONDS, HOUR, Volunteer, arrivals, community
from tests.eval.ways_of_asking import (
    WAVE_SECONDS,
    WAVES,
    Broadcast,
    Question,
    RandomFive,
    Router,
    Run,
    SkillSquared,
    TopBySkill,
    Way,
    under_caps,
)

POLICY = PeerPolicy(
    waves=tuple(WaveSize(size=size, minutes=WAVE_SECONDS / 60) for size in (5, 5, 6, 7, 8)),
    lease_minutes=30,
    most_at_once=3,
    most_offers_a_day=22,
)
TOPICS = tuple(f"topic-{number}" for number in range(8))
WARM_UP, MEASURED = 24, 8
STORM_HOURS, STORM = range(13, 16), 6
LARGE_DAYS, LARGE_SIZE, LARGE_QUESTIONS = 30, 2000, 300
SETTLED_DAYS = 3


@dataclass(frozen=True)
class Outcome:
    """What came of one way of asking. Shares are of all questions measured; `newcomers`: of those who joined within the
    run, at least three days before its end, who got an offer."""

    name: str
    questions: int
    claimed: float
    accepted: float
    asks: float
    most_a_day: int
    median_seconds: float
    slow_seconds: float
    mean_seconds: float
    offers_a_day: float
    gini: float
    newcomers: float | None


def measure(name: str, questions: Sequence[Question], people: Sequence[Volunteer], days: int) -> Outcome:
    """The figures of a run."""
    count = max(1, len(questions))
    limit = WAVES * WAVE_SECONDS
    waited = sorted(limit if one.claimed_at is None else one.claimed_at - one.at for one in questions)
    new = [one for one in people if 0 < one.joined < (days - SETTLED_DAYS) * DAY_SECONDS]
    return Outcome(
        name,
        len(questions),
        sum(one.claimed_at is not None for one in questions) / count,
        sum(one.accepted for one in questions) / count,
        sum(len(one.asked) for one in questions) / count,
        max(one.most_a_day for one in people),
        waited[len(waited) // 2],
        waited[len(waited) * 9 // 10],
        sum(waited) / len(waited),
        sum(one.total_offers for one in people) / len(people) / days,
        gini([one.total_offers for one in people]),
        sum(one.total_offers > 0 for one in new) / len(new) if new else None,
    )


def gini(values: Sequence[float]) -> float:
    """0: everybody has the same; towards 1: one has all."""
    ordered, total = sorted(values), sum(values)
    if not total:
        return 0.0
    below = sum((2 * place - len(ordered) - 1) * value for place, value in enumerate(ordered, start=1))
    return below / (len(ordered) * total)


def small(seed: int) -> tuple[list[Outcome], list[Outcome]]:
    """Calm days, and afternoons of storm, for each way."""
    ways: dict[str, Callable[[random.Random], Way]] = {
        "broadcast": lambda chance: Broadcast(),
        "five at random": lambda chance: RandomFive(chance),
        "five best by hidden skill": lambda chance: TopBySkill(),
        "hidden skill² x patience x load": lambda chance: SkillSquared(),
        "the router": lambda chance: Router(POLICY, TOPICS, all_who_may),
    }
    calm = [_small(name, way, seed, stormy=False) for name, way in ways.items()]
    storm = [_small(name, way, seed, stormy=True) for name, way in ways.items() if name != "broadcast"]
    return calm, storm


def _small(name: str, make: Callable[[random.Random], Way], seed: int, *, stormy: bool) -> Outcome:
    chance = random.Random(seed)
    days = WARM_UP + MEASURED
    people = community(200, TOPICS, days + 1, chosen_topics=None, newcomers=0, chance=chance)
    coming = arrivals(days, 150, chance)
    if stormy:
        coming = sorted(coming + [at for at in arrivals(days, 150 * (STORM - 1), chance) if in_storm(at)])
    questions = Run(make(chance), people, TOPICS, chance=chance).live(coming)
    told = [one for one in questions if (in_storm(one.at) if stormy else one.at >= WARM_UP * DAY_SECONDS)]
    return measure(name, told, people, days)


def in_storm(at: float) -> bool:
    """Whether a storm blows: on every other afternoon of the days that are measured."""
    day, hour = divmod(at / HOUR, 24)
    return day >= WARM_UP and day % 2 == 1 and int(hour) in STORM_HOURS


def large(seed: int, days: int = LARGE_DAYS, a_day: int = LARGE_QUESTIONS) -> list[Outcome]:
    """So many days of a large community with so many questions a day, for each way."""
    lots = random.Random(seed + 1)
    ways: dict[str, Callable[[random.Random], Way]] = {
        "broadcast": lambda chance: Broadcast(within_hours=True),
        "five at random": lambda chance: RandomFive(chance, POLICY),
        "the router": lambda chance: Router(POLICY, TOPICS, lambda able, q, at: looked_at(able, q, at, lots)),
    }
    found = []
    for name, way in ways.items():
        chance = random.Random(seed)
        people = community(LARGE_SIZE, TOPICS, days + 1, chosen_topics=2, newcomers=1 / 3, chance=chance)
        coming = arrivals(days, a_day, chance)
        questions = Run(way(chance), people, TOPICS, chance=chance).live(coming)
        found.append(measure(name, questions, people, days))
    return found


def all_who_may(able: Sequence[Volunteer], question: Question, at: float) -> Sequence[Volunteer]:
    """Whoever may be asked: in a small community the database finds everybody."""
    return [one for one in able if one.is_awake(at) and under_caps(one, POLICY, at)]


def looked_at(able: Sequence[Volunteer], question: Question, at: float, lots: random.Random) -> Sequence[Volunteer]:
    """Those the database would find: the 24 who were here last, the 8 strongest of the topic, 8 by lot."""
    may = all_who_may(able, question, at)
    topic = TOPICS[question.topic]

    def strength(one: Volunteer) -> float:
        tally = one.tallies.get(topic)
        return 0.0 if tally is None else (tally.worth + 1) / (tally.rated + 3)

    last = heapq.nlargest(24, may, key=lambda one: one.joined if one.active is None else one.active)
    best = heapq.nlargest(8, may, key=strength)
    drawn = lots.sample(may, min(8, len(may)))
    return list({one.number: one for one in (*last, *best, *drawn)}.values())


def show(title: str, outcomes: Sequence[Outcome]) -> None:
    """A table in Markdown."""
    print(f"\n{title}\n")
    heads = [
        "", "questions", "claimed", "solved by peers", "asks a question", "most offers a day for anyone",
        "time to a claim, median / 90 % / mean", "offers a volunteer and day", "Gini of offers", "newcomers asked",
    ]  # fmt: skip
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for one in outcomes:
        new = "" if one.newcomers is None else f"{one.newcomers:.2f}"
        print(
            f"| {one.name} | {one.questions:,} | {one.claimed:.2f} | {one.accepted:.2f} | {one.asks:.1f} "
            f"| {one.most_a_day} | {one.median_seconds:.0f} s / {one.slow_seconds:.0f} s / {one.mean_seconds:.0f} s "
            f"| {one.offers_a_day:.2f} | {one.gini:.2f} | {new} |",
            flush=True,
        )


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description="How well volunteers are asked, in simulation.")
    parser.add_argument("which", nargs="*", default=["small", "large"], help="small, large, or both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=LARGE_DAYS, help="of large")
    parser.add_argument("--questions", type=int, default=LARGE_QUESTIONS, help="a day, of large")
    given = parser.parse_args()
    if "small" in given.which:
        calm, storm = small(given.seed)
        show("200 volunteers, 150 questions a day", calm)
        show("The same in a storm of six times the load", storm)
    if "large" in given.which:
        title = f"2,000 volunteers, {given.days} days, {given.questions:,} questions a day"
        show(title, large(given.seed, given.days, given.questions))


if __name__ == "__main__":
    main()
