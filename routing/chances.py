"""Chances: how likely a volunteer takes a question now, and how likely their answer is accepted.

    score = claim x accepted^3 x 0.6^(held + offered) x evenness x topic

claim       The chance to take an offer: a Beta-binomial posterior in three steps, each the prior of the next: the
            candidates' own average (empirical Bayes: Efron and Morris 1973), the volunteer's habit, forgotten by half
            in a week, and their habit at this part of the day. Presence multiplies its odds: a sign of life in the last
            minutes says most, and silence of three weeks halves them (the best single feature on our histories of who
            answers; so asks Aardvark, Horowitz and Kamvar, WWW 2010). Each offer of the last 24 hours tires: who is
            asked too often stops looking (Manshadi and Rodilitz, Online Policies for Efficient Volunteer
            Crowdsourcing, EC 2020).
accepted    A Beta posterior of verdicts in the same way: everybody's average, all the volunteer's answers, those of
            the unit, those on this very topic. Not its mean is used but a draw from it, by Thompson (1933; Russo et
            al. 2018), tempered since dozens draw at once: whoever is uncertain sometimes draws high and is tried, more
            rarely the surer we are that others are better. So newcomers get a share that they can lose. The draw is
            fixed by ticket and volunteer: the same question gives the same choice. To the third power, since a wrong
            answer costs the contact another round, and somebody else can still be asked.
held        Tickets that wait for them, and offers they have not answered; load slows whoever carries it.
evenness    Fewer offers for whoever had more than the others of late, so that a week's work spreads.
topic       Whoever named the topic comes before who takes everything.

Text similarity is left out: on our histories similar questions' answerers reach .31 of mean reciprocal rank where
activity alone reaches .44 (docs/routing.md), topic and language carry most of what text knows, and a vector each for a
hundred candidates would double the time of the choice.

Pure: no I/O, no clock, no random numbers but those that ticket and volunteer fix. Callers pass `now` (aware UTC).
Units: chances are 0 to 1, half-lives timedelta.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import expm1, log1p, sqrt
from statistics import NormalDist

from desk.expertise import Habit, Tally
from desk.store import Candidate
from desk.ticket import Ticket

FEW_VERDICTS = 5
"""Below so many verdicts a volunteer is a newcomer to the choice."""

ANSWER_WEIGHT = 3
BOLDNESS = 0.5
LOAD_FACTOR = 0.6
OPEN_TO_ALL_FACTOR = 0.6

_PRIOR_CLAIM, _PRIOR_CLAIM_OFFERS = 0.25, 8.0
_PRIOR_WORTH, _PRIOR_WORTH_VERDICTS = 0.55, 8.0
_OWN_OFFERS, _DAY_PART_OFFERS = 5.0, 3.0
_OVERALL_VERDICTS, _UNIT_VERDICTS, _INTENT_VERDICTS = 3.0, 3.0, 5.0
_PRESENT, _PRESENT_HALF_LIFE = 4.0, timedelta(minutes=20)
_AWAY_HALF_LIFE = timedelta(days=21)
_TIRING_OFFERS = 15.0
_EVEN = 0.25
_LEAST, _MOST = 0.005, 0.95
_MOST_DRAW = 2.5
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Community:
    """What the candidates have in common: the prior of each."""

    claim: float
    worth: float
    asked: float
    log_seconds: float


@dataclass(frozen=True, slots=True)
class Chances:
    """Of one candidate for one ticket. `seconds`: how long they usually need to take a question."""

    candidate: Candidate
    claim: float
    accepted: float
    score: float
    seconds: float

    @property
    def is_newcomer(self) -> bool:
        """Too few verdicts to know them."""
        return self.candidate.overall.rated < FEW_VERDICTS


def community_of(candidates: Sequence[Candidate], patience: timedelta) -> Community:
    """The averages of those who could be asked. `patience`: the wave's limit, taken for usual where nobody claimed."""
    habits = [one.habit for one in candidates]
    asked, claimed = sum(one.asked for one in habits), sum(one.claimed for one in habits)
    rated, worth = sum(one.overall.rated for one in candidates), sum(one.overall.worth for one in candidates)
    slow = log1p(patience.total_seconds())
    return Community(
        claim=(claimed + _PRIOR_CLAIM * _PRIOR_CLAIM_OFFERS) / (asked + _PRIOR_CLAIM_OFFERS),
        worth=(worth + _PRIOR_WORTH * _PRIOR_WORTH_VERDICTS) / (rated + _PRIOR_WORTH_VERDICTS),
        asked=asked / max(1, len(habits)),
        log_seconds=(sum(one.log_seconds for one in habits) + slow * _OWN_OFFERS) / (claimed + _OWN_OFFERS),
    )


def chances_of(candidate: Candidate, ticket: Ticket, community: Community, now: datetime) -> Chances:
    """What is to be expected of them."""
    claim = claim_chance(candidate, community, now)
    mean, deviation = worth_posterior(candidate, community)
    drawn = min(max(mean + BOLDNESS * deviation * _draw(ticket, candidate), 0.02), 1.0)
    busy = LOAD_FACTOR ** (candidate.load + candidate.open_offers)
    named = 1.0 if names_topic(candidate, ticket) else OPEN_TO_ALL_FACTOR
    score = claim * drawn**ANSWER_WEIGHT * busy * _evenness(candidate, community) * named
    return Chances(candidate, claim, mean, score, _seconds(candidate.habit, community))


def names_topic(candidate: Candidate, ticket: Ticket) -> bool:
    """Whether they chose what the ticket is about, rather than everything."""
    return ticket.unit in candidate.responder.topics or ticket.intent in candidate.responder.topics


def claim_chance(candidate: Candidate, community: Community, now: datetime) -> float:
    """The chance that they take an offer made now."""
    own = _shrunk(candidate.habit, community.claim, _OWN_OFFERS)
    here = _shrunk(candidate.habit_now, own, _DAY_PART_OFFERS)
    odds = here / (1 - here) * _presence(candidate, now)
    tired = 1 / (1 + candidate.offers_today / _TIRING_OFFERS)
    return min(max(odds / (1 + odds) * tired, _LEAST), _MOST)


def _shrunk(habit: Habit, prior: float, strength: float) -> float:
    return min(max((habit.claimed + prior * strength) / (habit.asked + strength), _LEAST), _MOST)


def _presence(candidate: Candidate, now: datetime) -> float:
    """Odds beside those of a usual moment. Whoever has just joined is here, too, but what that says of offers nobody
    knows yet."""
    if candidate.active_at is None:
        return 1.0
    gone = max(now - candidate.active_at, timedelta())
    known = candidate.habit.asked / (candidate.habit.asked + _OWN_OFFERS)
    present: float = _PRESENT * known * 0.5 ** (gone / _PRESENT_HALF_LIFE)
    away: float = 0.5 ** (gone / _AWAY_HALF_LIFE)
    return away * (1 + present)


def worth_posterior(candidate: Candidate, community: Community) -> tuple[float, float]:
    """Mean and standard deviation of what the verdict on their answer will count."""
    overall = _posterior(candidate.overall, community.worth, _OVERALL_VERDICTS)
    unit = _posterior(candidate.on_unit, overall, _UNIT_VERDICTS)
    mean = _posterior(candidate.on_intent, unit, _INTENT_VERDICTS)
    known = _known(candidate)
    return mean, sqrt(mean * (1 - mean) / (known + 1))


def _posterior(tally: Tally, prior: float, strength: float) -> float:
    return (tally.worth + prior * strength) / (tally.rated + strength)


def _known(candidate: Candidate) -> float:
    """How many verdicts the mean rests on: those on the unit count whole, others a quarter."""
    elsewhere = candidate.overall.rated - candidate.on_unit.rated
    return _OVERALL_VERDICTS + candidate.on_unit.rated + max(elsewhere, 0) / 4


def _draw(ticket: Ticket, candidate: Candidate) -> float:
    """A standard normal draw that ticket and volunteer fix, cut where it would be absurd."""
    drawn = _NORMAL.inv_cdf(lot(ticket.id, candidate.responder.id))
    return min(max(drawn, -_MOST_DRAW), _MOST_DRAW)


def lot(*numbers: int) -> float:
    """A number between 0 and 1 that the given ones fix, as if drawn (Steele, Lea and Flood, SplitMix64, 2014)."""
    state = 0
    for number in numbers:
        state = (state ^ number) * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
        state = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        state = (state ^ state >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        state ^= state >> 31
    return (state + 0.5) / 2**64


def _evenness(candidate: Candidate, community: Community) -> float:
    return 1 / (1 + _EVEN * candidate.habit.asked / (1 + community.asked))


def _seconds(habit: Habit, community: Community) -> float:
    return expm1((habit.log_seconds + community.log_seconds * _OWN_OFFERS) / (habit.claimed + _OWN_OFFERS))
