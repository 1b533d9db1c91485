"""Self-answering: the contact and the volunteer seem to be one person.

With k of n questions of one contact taken by one volunteer, who takes the share p of what others ask on these topics,
chance alone would give k or more with the binomial probability P(X >= k | n, p). The rule wants all of

* at least LEAST_TOGETHER questions taken, and so unlikely by chance: P <= BY_CHANCE;
* at least half of them taken within AT_ONCE, and twice as fast as the volunteer's other questions;
* at least half of what was called solved called so within HASTY of the answer, faster than it can be tried.

A couple in one household, or a fan who waits for a helper they like, meets the first only: they take time to ask, to
take it, and to see whether it helped. A contact's account that is the volunteer's own never comes so far: such offers
are not made.

Several pairs are looked at, so BY_CHANCE is one in ten thousand for each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import exp, fsum, lgamma, log, log1p

from desk.people import ContactId, ResponderId
from desk.suspicion import Deed, Suspicion, SuspicionRule, usual_claim

LEAST_TOGETHER = 4
BY_CHANCE = 1e-4
AT_ONCE = timedelta(seconds=30)
HASTY = timedelta(minutes=1)
_TIMES_FASTER = 2


def self_answering(deeds: Sequence[Deed]) -> Iterator[Suspicion]:
    """Pairs of one contact and one volunteer that look like one person."""
    by_contact: dict[ContactId, list[Deed]] = defaultdict(list)
    by_topic = Counter(deed.topic for deed in deeds)
    takes = Counter((deed.responder_id, deed.topic) for deed in deeds)
    by_volunteer: dict[ResponderId, list[Deed]] = defaultdict(list)
    for deed in deeds:
        by_contact[deed.contact_id].append(deed)
        by_volunteer[deed.responder_id].append(deed)
    for contact, asked in by_contact.items():
        together = Counter(deed.responder_id for deed in asked)
        for volunteer, amount in together.items():
            if amount < LEAST_TOGETHER:
                continue
            own = [deed for deed in asked if deed.responder_id == volunteer]
            share = _share_elsewhere(own, asked, by_topic, takes)
            others = [deed for deed in by_volunteer[volunteer] if deed.contact_id != contact]
            if by_chance(amount, len(asked), share) <= BY_CHANCE and _at_once(own, others) and _hasty(own):
                yield _found(own, len(asked), share)


def by_chance(k: int, n: int, p: float) -> float:
    """P(X >= k) of a binomial distribution, by logarithms, so that no n is too large."""
    if k <= 0 or (p >= 1 and k <= n):
        return 1.0
    if k > n or p <= 0:
        return 0.0
    ways = lgamma(n + 1)
    terms = (ways - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) + (n - i) * log1p(-p) for i in range(k, n + 1))
    return min(1.0, fsum(exp(term) for term in terms))


def _share_elsewhere(
    own: Sequence[Deed],
    asked: Sequence[Deed],
    by_topic: Counter[str | None],
    takes: Counter[tuple[ResponderId, str | None]],
) -> float:
    """Which share of all others' questions on these topics the volunteer takes; one is added on either side, so that
    who has answered nobody else is not taken for somebody who never would."""
    topics = Counter(deed.topic for deed in asked)
    mine = Counter(deed.topic for deed in own)
    volunteer = own[0].responder_id
    taken = sum(takes[volunteer, topic] - mine[topic] for topic in topics)
    offered = sum(by_topic[topic] - amount for topic, amount in topics.items())
    return (taken + 1) / (offered + 2)


def _at_once(own: Sequence[Deed], others: Sequence[Deed]) -> bool:
    usual = usual_claim(own)
    if usual > AT_ONCE:
        return False
    return not others or usual * _TIMES_FASTER <= usual_claim(others)


def _hasty(own: Sequence[Deed]) -> bool:
    praised = [deed for deed in own if deed.praised]
    return bool(praised) and 2 * len(_called_at_once(praised)) >= len(praised)


def _called_at_once(deeds: Sequence[Deed]) -> list[Deed]:
    return [deed for deed in deeds if deed.praised and deed.verdict_after is not None and deed.verdict_after <= HASTY]


def _found(own: Sequence[Deed], asked: int, share: float) -> Suspicion:
    ordered = sorted(own, key=lambda deed: deed.accepted_at)
    return Suspicion(
        SuspicionRule.SELF_ANSWERING,
        (own[0].responder_id,),
        tuple(deed.ticket_id for deed in ordered),
        {
            "asked": asked,
            "answered": len(own),
            "expected": round(asked * share),
            "seconds": round(usual_claim(own).total_seconds()),
            "at_once": len(_called_at_once(own)),
        },
        own[0].contact_id,
    )
