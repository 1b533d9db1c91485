"""A made community in which some play: the world of `python -m tests.eval.abuse`.

SIZE volunteers with one to three of eight topics, 60 days, 1,500 contacts. Assumed of honest ones:

- how much   lognormal, half take 10 questions or fewer, one in twenty more than 70
- claims     lognormal around 50 seconds, each person's own; they take 20 to 70 of 100 offers
- answers    92 of 100; a verdict on 60 of 100, good ones 35 to 92 of 100, after a lognormal hour
- words      made of the topic's own; a quarter have a greeting and a closing of their own under each answer
- refusals   the check refuses one in a hundred answers for posing or luring by mistake
- contacts   a tenth of all questions are asked by volunteers, with their own account

Who plays does so at three degrees. `crude`: as somebody who does not know the rules. `careful`: with less of it, and
slower. `cunning`: who knows the rules and stays under them, at the price of most of the gain; these are not expected to
be found. LOOK_ALIKES are honest, and as near to a rule as life gets.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from desk.answer_check import Rule
from desk.people import ContactId, ResponderId
from desk.record import AnswerVerdict
from desk.suspect_attempts import Refusal
from desk.suspect_copies import shingles
from desk.suspicion import Deed, Ending, SuspicionRule
from desk.ticket import TicketId

SIZE, CONTACTS, DAYS = 300, 1500, 60
TOPICS = tuple(f"topic-{number}" for number in range(8))
START = datetime(2026, 3, 2, tzinfo=UTC)
MISTAKEN_REFUSAL = 0.01
DEGREES = ("crude", "careful", "cunning")
ASKED_BY_VOLUNTEERS = 0.1


@dataclass(eq=False)
class Member:
    """A volunteer. `kind`: what they are like; `plays`: what they are guilty of; `degree`: how clumsily."""

    id: ResponderId
    topics: Sequence[str]
    claims_after: float
    skill: float
    takes: float
    answers: float = 0.92
    frame: tuple[str, str] = ("", "")
    kind: str = "ordinary"
    plays: SuspicionRule | None = None
    degree: str = ""

    @property
    def account(self) -> ContactId:
        """Them as a contact."""
        return ContactId(100_000 + self.id)


@dataclass
class Town:
    """What happened."""

    chance: random.Random
    members: list[Member] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    offered: Counter[ResponderId] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    _words: dict[str, list[str]] = field(default_factory=dict)

    def joins(self, kind: str = "ordinary", plays: SuspicionRule | None = None, degree: str = "") -> Member:
        """Somebody new, ordinary but for what they are."""
        chance = self.chance
        frame = (self.words("frame", 5), self.words("frame", 9)) if chance.random() < 0.25 else ("", "")
        member = Member(
            ResponderId(len(self.members) + 1),
            chance.sample(TOPICS, chance.randint(1, 3)),
            claims_after=50 * chance.lognormvariate(0, 0.6),
            skill=chance.uniform(0.35, 0.92),
            takes=chance.uniform(0.2, 0.7),
            frame=frame,
            kind=kind,
            plays=plays,
            degree=degree,
        )
        self.members.append(member)
        return member

    def words(self, topic: str, amount: int) -> str:
        """Something said on a topic: half of its own words, half of everybody's."""
        if topic not in self._words:
            self._words[topic] = [f"{topic}w{number}" for number in range(150)]
            self._words.setdefault("all", [f"w{number}" for number in range(150)])
        pools = (self._words[topic], self._words["all"])
        return " ".join(self.chance.choice(pools[at % 2]) for at in range(amount))

    def lives(self, member: Member, amount: int | None = None) -> None:
        """Questions of all sorts of people, as many as such a person takes in 60 days."""
        for _ in range(round(10 * self.chance.lognormvariate(0, 1.2)) + 1 if amount is None else amount):
            if self.chance.random() < ASKED_BY_VOLUNTEERS and len(self.members) > 1:
                asker = self.chance.choice([one for one in self.members if one is not member])
                self.takes(member, asker.account, asker=asker)
            else:
                self.takes(member, ContactId(int(CONTACTS * self.chance.random() ** 2)))

    def takes(
        self,
        member: Member,
        contact: ContactId,
        *,
        asker: Member | None = None,
        topic: str | None = None,
        within: float | None = None,
        answers: float | None = None,
        solved: float | None = None,
        told: float = 0.6,
        said_after: float | None = None,
        text: str | None = None,
    ) -> None:
        """One question is taken, and what came of it. Seconds are medians; what is not said is as ever."""
        chance, skill = self.chance, member.skill if solved is None else solved
        topic = topic or chance.choice(member.topics)
        offered_at = START + timedelta(seconds=chance.uniform(0, DAYS * 86_400))
        claim = (member.claims_after if within is None else within) * chance.lognormvariate(0, 0.5)
        answered = chance.random() < (member.answers if answers is None else answers)
        ticket = TicketId(len(self.deeds) + 1)
        verdict, after, said = None, None, ""
        if answered:
            greeting, closing = member.frame
            said = text or f"{greeting} {self.words(topic, chance.randint(8, 45))} {closing}"
            verdict = AnswerVerdict.SILENT
            if chance.random() < told:
                verdict = AnswerVerdict.SOLVED if chance.random() < skill else AnswerVerdict.UNSOLVED
                after = timedelta(seconds=(said_after or 3600) * chance.lognormvariate(0, 0.8))
            if chance.random() < MISTAKEN_REFUSAL:
                wrong = (Rule.POSING, Rule.PRIVATE_CONTACT, Rule.CONTACT_DETAILS, Rule.ASKS_FOR_DATA)
                self.refusals.append(Refusal(member.id, ticket, chance.choice(wrong), offered_at))
        self.deeds.append(
            Deed(
                member.id,
                ticket,
                contact,
                topic,
                offered_at,
                offered_at + timedelta(seconds=claim),
                Ending.ANSWERED if answered else chance.choice((Ending.HANDED_BACK, Ending.LAPSED)),
                asker.id if asker is not None else None,
                verdict,
                after,
                shingles(said),
            )
        )

    def is_refused(self, member: Member, rule: Rule, times: int) -> None:
        """Words of theirs are refused on so many questions, which they answer otherwise."""
        for _ in range(times):
            self.takes(member, ContactId(self.chance.randrange(CONTACTS)))
            deed = self.deeds[-1]
            self.refusals.append(Refusal(member.id, deed.ticket_id, rule, deed.accepted_at))

    def counts_offers(self) -> None:
        """What was offered, from what was taken."""
        taken = Counter(deed.responder_id for deed in self.deeds)
        for member in self.members:
            self.offered[member.id] = round(taken[member.id] / member.takes)


def made_town(seed: int, plants: Sequence[Callable[[Town], None]]) -> Town:
    """A community of ordinary people, and what `plants` put among them."""
    town = Town(random.Random(seed))
    ordinary = [town.joins() for _ in range(SIZE)]
    for plant in plants:
        plant(town)
    for member in ordinary:
        town.lives(member)
    town.counts_offers()
    return town
