"""Who is planted into a made community: players of every rule at three degrees, and honest look-alikes."""

from __future__ import annotations

from collections.abc import Callable

from desk.answer_check import Rule
from desk.people import ContactId
from desk.suspicion import SuspicionRule
from tests.eval.played_community import DEGREES, TOPICS, Member, Town

Plant = Callable[[Town], None]
_OWN = 200_000
"""Contacts of somebody planted have numbers of their own."""


def _contact(member: Member) -> ContactId:
    return ContactId(_OWN + member.id)


def self_answerer(town: Town, degree: str) -> None:
    """Asks from a second account and takes it. Crude: at once, praised at once. Cunning: waits for all of it."""
    amount, within, after = {"crude": (10, 4.0, 15.0), "careful": (6, 10.0, 35.0), "cunning": (6, 60.0, 1800.0)}[degree]
    one = town.joins("plays", SuspicionRule.SELF_ANSWERING, degree)
    town.lives(one, 8)
    for _ in range(amount):
        town.takes(one, _contact(one), within=within, answers=1, solved=1, told=0.95, said_after=after)


def ring(town: Town, degree: str) -> None:
    """They ask each other in a circle. Crude: nearly nobody else. Cunning: most of their praise comes from outside."""
    size, times, others = {"crude": (3, 8, 4), "careful": (4, 5, 12), "cunning": (3, 4, 60)}[degree]
    people = [town.joins("plays", SuspicionRule.PRAISE_RING, degree) for _ in range(size)]
    for number, one in enumerate(people):
        town.lives(one, others)
        asker = people[(number + 1) % size]
        for _ in range(times):
            town.takes(one, asker.account, asker=asker, answers=1, solved=1, told=0.95)


def sniper(town: Town, degree: str) -> None:
    """Snatches. Crude: everything in two seconds. Cunning: slower than a glance."""
    takes, within, answers, amount = {
        "crude": (0.97, 2.0, 0.15, 40), "careful": (0.86, 3.5, 0.35, 40), "cunning": (0.7, 9.0, 0.4, 40)
    }[degree]  # fmt: skip
    one = town.joins("plays", SuspicionRule.SNIPING, degree)
    one.takes, one.claims_after, one.answers, one.skill = takes, within, answers, 0.35
    town.lives(one, amount)


def copier(town: Town, degree: str) -> None:
    """One text for everything. Careful: one word in twenty is another. Cunning: one in three."""
    amount, solved, changed = {"crude": (20, 0.1, 0), "careful": (14, 0.2, 20), "cunning": (14, 0.2, 3)}[degree]
    one = town.joins("plays", SuspicionRule.COPYING, degree)
    one.topics = town.chance.sample(TOPICS, 3)
    town.lives(one, 6)
    text = town.words("all", 40).split()
    for _ in range(amount):
        said = [f"x{town.chance.random()}" if changed and not town.chance.randrange(changed) else word for word in text]
        town.takes(one, ContactId(town.chance.randrange(1500)), solved=solved, answers=1, text=" ".join(said))


def tries_again(rule: Rule, plays: SuspicionRule) -> Callable[[Town, str], None]:
    """Somebody whose words are refused again and again. Cunning: stops after the second time."""

    def plant(town: Town, degree: str) -> None:
        one = town.joins("plays", plays, degree)
        town.lives(one, 15)
        town.is_refused(one, rule, {"crude": 8, "careful": 4, "cunning": 2}[degree])

    return plant


def couple(town: Town) -> None:
    """One household: hears of it across the table, takes it soon, and it is tried before it is praised."""
    one = town.joins("couple in one household")
    town.lives(one, 15)
    for _ in range(town.chance.randint(5, 9)):
        town.takes(one, _contact(one), within=town.chance.choice((8, 25, 90)), answers=1, solved=0.9, said_after=900)


def fan(town: Town) -> None:
    """A contact who writes when the helper they like is there, and says at once that it was good."""
    one = town.joins("fan who waits for a helper")
    town.lives(one, 30)
    for _ in range(7):
        town.takes(one, _contact(one), answers=1, solved=0.95, told=0.9, said_after=90)


def night(town: Town) -> None:
    """The only one who is up, watching: takes nearly everything, soon."""
    one = town.joins("lone helper at night")
    one.takes, one.claims_after = 0.92, town.chance.uniform(8, 30)
    town.lives(one, 40)
    for _ in range(10):
        town.takes(one, _contact(one), told=0.8, said_after=600)


def expert(town: Town) -> None:
    """Takes nearly everything within seconds, and answers it well."""
    one = town.joins("very fast expert")
    one.takes, one.claims_after, one.skill = 0.95, town.chance.uniform(2, 5), town.chance.uniform(0.75, 0.95)
    town.lives(one, town.chance.randint(60, 200))


def beginner(town: Town) -> None:
    """Eager, soon over their head: hands more than half of it back."""
    one = town.joins("beginner who hands back much")
    one.takes, one.claims_after, one.answers = 0.9, town.chance.uniform(6, 40), 0.4
    town.lives(one, 20)


def same_truth(town: Town) -> None:
    """The same true thing to the same question, which comes under two topics."""
    one = town.joins("same true answer")
    one.topics = town.chance.sample(TOPICS, 2)
    text, good = town.words("all", 35), town.chance.uniform(0.6, 0.9)
    town.lives(one, 10)
    for _ in range(town.chance.randint(8, 40)):
        town.takes(one, ContactId(town.chance.randrange(1500)), solved=good, text=text)


def neighbours(town: Town) -> None:
    """Two volunteers with different topics who ask each other now and then, among many others."""
    people = [town.joins("volunteers who help each other") for _ in range(2)]
    for one, other in (people, people[::-1]):
        town.lives(one, 35)
        for _ in range(4):
            town.takes(one, other.account, asker=other, solved=0.9)


def newcomers(town: Town) -> None:
    """Two friends who have just joined: they try the desk out with each other, and answer a few others."""
    people = [town.joins("friends who have just joined") for _ in range(2)]
    for one, other in (people, people[::-1]):
        town.lives(one, 12)
        for _ in range(3):
            town.takes(one, other.account, asker=other, solved=0.9)


def busy(town: Town) -> None:
    """Answers so much that the check is wrong about them now and then."""
    town.lives(town.joins("very busy helper"), 300)


PLAYERS: dict[SuspicionRule, Callable[[Town, str], None]] = {
    SuspicionRule.SELF_ANSWERING: self_answerer,
    SuspicionRule.PRAISE_RING: ring,
    SuspicionRule.SNIPING: sniper,
    SuspicionRule.COPYING: copier,
    SuspicionRule.POSING: tries_again(Rule.POSING, SuspicionRule.POSING),
    SuspicionRule.LURING: tries_again(Rule.PRIVATE_CONTACT, SuspicionRule.LURING),
}
LOOK_ALIKES: tuple[Plant, ...] = (couple, fan, night, expert, beginner, same_truth, neighbours, newcomers, busy)
OF_EACH = 5


def everybody() -> list[Plant]:
    """One player of each rule and degree, and OF_EACH of each look-alike."""
    players = [
        lambda town, plant=plant, degree=degree: plant(town, degree)  # type: ignore[misc]
        for plant in PLAYERS.values()
        for degree in DEGREES
    ]
    return [*players, *(plant for plant in LOOK_ALIKES for _ in range(OF_EACH))]
