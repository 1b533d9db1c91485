"""A made community: volunteers who sleep, get tired and differ in skill, and questions that wait for them.

This is the world of `python -m tests.eval.waves`. What a router may know of a volunteer is what the desk knows: their
declared hours, topics, and what came of earlier offers. Skill, patience and presence are hidden.

How a volunteer behaves (assumptions, fitted so that the plain ways of asking come out near the figures that the work
began with: see docs/routing.md):

- hours      one window a day of 6 to 11 hours, mostly around the evening, declared truly; outside nothing is seen
- presence   within it one to four sessions a day of 20 to 50 minutes; in a session an offer is seen at once, outside
             rarely
- patience   how likely they take an offer they see when they are fresh; a Beta distribution with few eager ones
- fatigue    each offer of the last 24 hours, taken or not, makes the next less likely to be taken: exp(-offers / 35)
- load       each question under way halves it
- skill      by topic, a logit-normal around the person's own; the answer is accepted with this chance
- speed      lognormal, each person's own; a question keeps whoever took it busy for about 12 minutes
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp, log, log1p

from desk.expertise import Habit, Tally, day_part, kept
from desk.people import Locale, Responder, ResponderId, Role
from desk.store import Candidate
from desk.volunteering import DAY, Availability, Span

START = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, DAY_SECONDS = 3600.0, 86_400.0
TIRING = 35.0
BUSY_SECONDS = 12 * 60.0
QUESTIONS_BY_HOUR = (1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 6, 7, 8, 8, 8, 6, 4, 2)


@dataclass
class Volunteer:
    """One person: what is hidden first, then what the desk knows."""

    number: int
    skills: tuple[float, ...]
    patience: float
    speed: float
    wakes: float
    awake_hours: float
    sessions: Sequence[tuple[float, float]]
    responder: Responder
    availability: Availability
    joined: float = 0.0
    busy: int = 0
    open_offers: int = 0
    offered: deque[float] = field(default_factory=deque)
    most_a_day: int = 0
    total_offers: int = 0
    claims: int = 0
    last_offer: float | None = None
    active: float | None = None
    tallies: dict[str, Tally] = field(default_factory=dict)
    habits: dict[int, tuple[Habit, float]] = field(default_factory=dict)

    def is_awake(self, at: float) -> bool:
        """Whether it is one of their hours."""
        return (at / HOUR - self.wakes) % 24 < self.awake_hours

    def is_present(self, at: float) -> bool:
        """Whether they are looking at their phone anyway."""
        place = bisect_right(self.sessions, (at, float("inf"))) - 1
        return place >= 0 and at < self.sessions[place][1]

    def offers_of_the_day(self, at: float) -> int:
        """Offers of the last 24 hours."""
        while self.offered and self.offered[0] <= at - DAY_SECONDS:
            self.offered.popleft()
        return len(self.offered)

    def would_claim(self, at: float) -> float:
        """The hidden chance that they take an offer made now."""
        if not self.is_awake(at):
            return 0.0
        seen = 1.0 if self.is_present(at) else UNSEEN
        return self.patience * seen * exp(-self.offers_of_the_day(at) / TIRING) * 0.5**self.busy

    def is_offered(self, at: float) -> None:
        """One more offer."""
        self.offers_of_the_day(at)
        self.offered.append(at)
        self.most_a_day = max(self.most_a_day, len(self.offered))
        self.total_offers += 1
        self.open_offers += 1
        self.last_offer = at

    def remember(self, at: float, *, claimed: bool = False, passed: bool = False, seconds: float = 0.0) -> None:
        """An offer was answered or went by: the desk's habit, forgotten by half in a week."""
        one = Habit(1, claimed, passed, log1p(seconds) if claimed else 0)
        part = day_part(instant(at))
        for key in (part, WHOLE_DAY):
            habit, counted = self.habits.get(key, NOTHING)
            self.habits[key] = (_sum(_faded(habit, at - counted), one), at)
        if claimed or passed:
            self.active = at

    def judge(self, topic: str, at: float, *, accepted: bool) -> None:
        """A verdict on their answer."""
        self.active = at
        for key in (topic, ""):
            self.tallies[key] = self.tallies.get(key, Tally()) + Tally(1, int(accepted), float(accepted))

    def candidate(self, topic: str, at: float) -> Candidate:
        """What the desk knows of them, for a question on a topic."""
        now = instant(at)
        habit, counted = self.habits.get(WHOLE_DAY, NOTHING)
        habit_now, counted_now = self.habits.get(day_part(now), NOTHING)
        on_topic = self.tallies.get(topic, Tally())
        return Candidate(
            self.responder,
            self.busy,
            self.offers_of_the_day(at),
            self.open_offers,
            None if self.last_offer is None else instant(self.last_offer),
            availability=self.availability,
            on_intent=on_topic,
            on_unit=on_topic,
            overall=self.tallies.get("", Tally()),
            habit=_faded(habit, at - counted),
            habit_now=_faded(habit_now, at - counted_now),
            active_at=instant(self.joined if self.active is None else self.active),
        )


WHOLE_DAY = -1
NOTHING = (Habit(), 0.0)
UNSEEN = 0.35
"""How much of their patience is left for an offer that comes while they look elsewhere."""


def instant(at: float) -> datetime:
    """Seconds of the simulation as a time of day."""
    return START + timedelta(seconds=at)


def _faded(habit: Habit, seconds: float) -> Habit:
    weight = kept(timedelta(seconds=seconds))
    return Habit(habit.asked * weight, habit.claimed * weight, habit.passed * weight, habit.log_seconds * weight)


def _sum(one: Habit, other: Habit) -> Habit:
    return Habit(
        one.asked + other.asked,
        one.claimed + other.claimed,
        one.passed + other.passed,
        one.log_seconds + other.log_seconds,
    )


def community(
    size: int, topics: Sequence[str], days: int, *, chosen_topics: int | None, newcomers: float, chance: random.Random
) -> list[Volunteer]:
    """Volunteers. `chosen_topics`: how many topics each takes (None: all); `newcomers`: the share of them that joins
    during the run rather than before it."""
    return [_volunteer(number, topics, days, chosen_topics, newcomers, chance) for number in range(1, size + 1)]


def _volunteer(
    number: int, topics: Sequence[str], days: int, chosen: int | None, newcomers: float, chance: random.Random
) -> Volunteer:
    own = chance.gauss(-0.45, 0.8)
    skills = tuple(1 / (1 + exp(-(own + chance.gauss(0, 0.8)))) for _ in topics)
    wakes = chance.gauss(14.5, 4.5) % 24
    awake = chance.uniform(6, 11)
    takes = () if chosen is None else tuple(sorted(chance.sample(list(topics), chosen)))
    return Volunteer(
        number,
        skills,
        patience=chance.betavariate(1.2, 1.3),
        speed=log(45) + chance.gauss(0, 0.5),
        wakes=wakes,
        awake_hours=awake,
        sessions=tuple(_sessions(wakes, awake, days, chance)),
        responder=Responder(ResponderId(number), Role.VOLUNTEER, f"V{number}", tuple(Locale), topics=takes),
        availability=_declared(wakes, awake),
        joined=chance.uniform(0, days * 0.8) * DAY_SECONDS if chance.random() < newcomers else 0.0,
    )


def _sessions(wakes: float, awake: float, days: int, chance: random.Random) -> list[tuple[float, float]]:
    found = []
    for day in range(-1, days):
        for _ in range(chance.randint(1, 4)):
            start = (day * 24 + wakes + chance.uniform(0, awake)) * HOUR
            found.append((start, start + chance.uniform(20, 50) * 60))
    found.sort()
    return found


def _declared(wakes: float, awake: float) -> Availability:
    """Their window as they tell it to the desk, the same every day."""
    start, end = round(wakes * 60) % DAY, round((wakes + awake) * 60) % DAY
    spans = (Span(start, end),) if start < end else (Span(0, end), Span(start, DAY))
    return Availability("UTC", (spans,) * 7)


def arrivals(days: int, a_day: float, chance: random.Random) -> list[float]:
    """When questions come: a Poisson process with a daily course."""
    weights = sum(QUESTIONS_BY_HOUR)
    found = []
    for hour in range(days * 24):
        rate = a_day * QUESTIONS_BY_HOUR[hour % 24] / weights
        at = chance.expovariate(rate)
        while at < 1:
            found.append((hour + at) * HOUR)
            at += chance.expovariate(rate)
    return found
