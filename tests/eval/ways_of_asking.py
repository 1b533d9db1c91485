"""Ways of asking, and the life of questions among them: the router as it is, and the plain ways it is compared with.

Each way gets the volunteers who have the topic and were not asked about the question yet, and says whom to ask now and
for how long. `Router` calls routing.waves.next_wave, the very function of the desk, with what the desk would know.
`SkillSquared` and `TopBySkill` may read the hidden skill: they show what perfect knowledge does without care for hours,
presence and fairness.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desk.people import ContactId, Locale
from desk.ticket import ConversationId, Lane, Priority, Status, Ticket, TicketId
from routing.policy import PeerPolicy
from routing.waves import NoVolunteerLeft, next_wave
from tests.eval.made_community import BUSY_SECONDS, Volunteer, instant

WAVE_SECONDS = 180.0
WAVES = 5


@dataclass(eq=False)
class Question:
    """One question, and what became of it."""

    number: int
    topic: int
    at: float
    wave: int = 0
    asked: set[int] = field(default_factory=set)
    open: dict[int, Volunteer] = field(default_factory=dict)
    claimed_at: float | None = None
    accepted: bool = False


class Way(Protocol):
    """Whom to ask now, and for how many seconds. Nobody: the question goes to staff."""

    def ask(self, question: Question, able: Sequence[Volunteer], at: float) -> tuple[Sequence[Volunteer], float]: ...


@dataclass
class Broadcast:
    """Everybody at once. `within_hours`: only those whose hours it is."""

    within_hours: bool = False

    def ask(self, question: Question, able: Sequence[Volunteer], at: float) -> tuple[Sequence[Volunteer], float]:
        if self.within_hours:
            able = [one for one in able if one.is_awake(at)]
        return able, WAVE_SECONDS * WAVES


@dataclass
class RandomFive:
    """Five by lot, wave after wave. With a policy: only those whose hours it is and who are under its caps."""

    chance: random.Random
    policy: PeerPolicy | None = None

    def ask(self, question: Question, able: Sequence[Volunteer], at: float) -> tuple[Sequence[Volunteer], float]:
        if self.policy is not None:
            able = [one for one in able if one.is_awake(at) and under_caps(one, self.policy, at)]
        return self.chance.sample(able, min(5, len(able))), WAVE_SECONDS


@dataclass
class TopBySkill:
    """The five best at the topic, by their hidden skill."""

    def ask(self, question: Question, able: Sequence[Volunteer], at: float) -> tuple[Sequence[Volunteer], float]:
        return heapq.nlargest(5, able, key=lambda one: one.skills[question.topic]), WAVE_SECONDS


@dataclass
class SkillSquared:
    """Hidden skill squared x hidden patience x load penalty, waves of adaptive size: knows all but the hour."""

    most_a_day: int = 22

    def ask(self, question: Question, able: Sequence[Volunteer], at: float) -> tuple[Sequence[Volunteer], float]:
        fit = [one for one in able if one.offers_of_the_day(at) < self.most_a_day]
        ranked = heapq.nlargest(
            8, fit, key=lambda one: one.skills[question.topic] ** 2 * one.patience * 0.5 ** (one.open_offers + one.busy)
        )
        nobody, chosen = 1.0, list[Volunteer]()
        for one in ranked:
            chosen.append(one)
            nobody *= 1 - one.patience * 0.25
            if nobody < 0.4:
                break
        return chosen, WAVE_SECONDS


@dataclass
class Router:
    """The desk's own choice."""

    policy: PeerPolicy
    topics: Sequence[str]
    looked_at: Callable[[Sequence[Volunteer], Question, float], Sequence[Volunteer]]

    def ask(self, question: Question, able: Sequence[Volunteer], at: float) -> tuple[Sequence[Volunteer], float]:
        topic = self.topics[question.topic]
        known = {one.number: one for one in self.looked_at(able, question, at)}
        now = instant(at)
        candidates = [one.candidate(topic, at) for one in known.values()]
        try:
            wave = next_wave(_ticket(question, topic), candidates, self.policy, now)
        except NoVolunteerLeft:
            return [], 0.0
        chosen = [known[pick.candidate.responder.id] for pick in wave.picks]
        return chosen, (wave.expires_at - now).total_seconds()


def under_caps(one: Volunteer, policy: PeerPolicy, at: float) -> bool:
    """Whether they may get another offer."""
    return one.busy + one.open_offers < policy.most_at_once and one.offers_of_the_day(at) < policy.most_offers_a_day


def _ticket(question: Question, topic: str) -> Ticket:
    now = instant(question.at)
    return Ticket(
        id=TicketId(question.number), number=f"Z-{question.number}", conversation_id=ConversationId(question.number),
        contact_id=ContactId(question.number), status=Status.NEW, lane=Lane.PEER, unit=topic, priority=Priority.NORMAL,
        intent=topic, locale=Locale.GERMAN, assignee_id=None, lease_expires_at=None, rejections=0, follow_up_of=None,
        opened_at=now, waiting_since=now, answered_at=None, solved_at=None, wave=question.wave,
    )  # fmt: skip


class Run:
    """Questions come, waves are asked, volunteers answer or do not: one event after the other."""

    def __init__(
        self, way: Way, people: Sequence[Volunteer], topics: Sequence[str], *, chance: random.Random, waves: int = WAVES
    ) -> None:
        self.way, self.people, self.topics, self.chance, self.waves = way, people, topics, chance, waves
        self.questions: list[Question] = []
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = itertools.count()
        self._by_topic = [[one for one in people if _takes(one, topic)] for topic in topics]

    def live(self, arrivals: Sequence[float]) -> list[Question]:
        """All of it. Returns the questions."""
        for at in arrivals:
            question = Question(len(self.questions) + 1, self.chance.randrange(len(self.topics)), at)
            self.questions.append(question)
            self._at(at, lambda now, question=question: self._wave(question, now))  # type: ignore[misc]
        while self._events:
            at, _, happens = heapq.heappop(self._events)
            happens(at)
        return self.questions

    def _at(self, at: float, happens: Callable[[float], None]) -> None:
        heapq.heappush(self._events, (at, next(self._order), happens))

    def _wave(self, question: Question, at: float) -> None:
        if question.claimed_at is not None or question.wave >= self.waves or at >= question.at + WAVES * WAVE_SECONDS:
            return
        able = [one for one in self._by_topic[question.topic] if one.joined <= at and one.number not in question.asked]
        chosen, seconds = self.way.ask(question, able, at)
        seconds = min(seconds, question.at + WAVES * WAVE_SECONDS - at)
        question.wave += 1
        for one in chosen:
            self._offer(question, one, at, seconds)
        if chosen:
            self._at(at + seconds, lambda now, wave=question.wave: self._wave_end(question, wave, now))  # type: ignore[misc]

    def _offer(self, question: Question, one: Volunteer, at: float, seconds: float) -> None:
        claims = self.chance.random() < one.would_claim(at)
        passes = not claims and one.is_awake(at) and self.chance.random() < 0.1
        needs = self.chance.lognormvariate(one.speed + (0 if one.is_present(at) else 0.5), 0.5)
        one.is_offered(at)
        question.asked.add(one.number)
        question.open[one.number] = one
        if needs < seconds and (claims or passes):
            self._at(at + needs, lambda now: self._answered(question, one, now, needs, claims=claims))

    def _answered(self, question: Question, one: Volunteer, at: float, needed: float, *, claims: bool) -> None:
        if one.number not in question.open:
            return
        del question.open[one.number]
        one.open_offers -= 1
        one.remember(at, claimed=claims, passed=not claims, seconds=needed)
        if not claims:
            if not question.open:
                self._wave(question, at)
            return
        question.claimed_at = at
        for other in question.open.values():
            other.open_offers -= 1
        question.open.clear()
        one.busy += 1
        one.claims += 1
        done = at + self.chance.lognormvariate(0, 0.4) * BUSY_SECONDS
        self._at(done, lambda now: self._verdict(question, one, now))

    def _verdict(self, question: Question, one: Volunteer, at: float) -> None:
        one.busy -= 1
        question.accepted = self.chance.random() < one.skills[question.topic]
        one.judge(self.topics[question.topic], at, accepted=question.accepted)

    def _wave_end(self, question: Question, wave: int, at: float) -> None:
        if question.wave != wave or question.claimed_at is not None:
            return
        for one in question.open.values():
            one.open_offers -= 1
            one.remember(at)
        question.open.clear()
        self._wave(question, at)


def _takes(one: Volunteer, topic: str) -> bool:
    return not one.responder.topics or topic in one.responder.topics
