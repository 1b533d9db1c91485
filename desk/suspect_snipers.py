"""Offer sniping: taking nearly everything the moment it comes, and then not answering it.

Being fast is welcome, and taking much is, too. The rule wants all of: at least LEAST_OFFERS offers, of which ALMOST_ALL
were taken, half of them within A_GLANCE, less than it takes to read a question; and of what was taken surely (Wilson's
lower bound, 95 %) more than SPOILED was given back, ran out, or did not help. So the fast expert is never meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from desk.people import ResponderId
from desk.record import AnswerVerdict, Quality
from desk.suspicion import Deed, Ending, Suspicion, SuspicionRule, usual_claim

LEAST_OFFERS = 10
ALMOST_ALL = 0.8
A_GLANCE = timedelta(seconds=5)
SPOILED = 0.4


def sniping(deeds: Sequence[Deed], offered: Mapping[ResponderId, int]) -> Iterator[Suspicion]:
    """Volunteers who snatch. `offered`: how many offers each got in the same time; withdrawn ones aside."""
    by_volunteer: dict[ResponderId, list[Deed]] = defaultdict(list)
    for deed in deeds:
        by_volunteer[deed.responder_id].append(deed)
    for volunteer, taken in by_volunteer.items():
        amount = max(offered.get(volunteer, 0), len(taken))
        if amount < LEAST_OFFERS or len(taken) < ALMOST_ALL * amount:
            continue
        usual = usual_claim(taken)
        spoiled = [deed for deed in taken if is_spoiled(deed)]
        if usual <= A_GLANCE and Quality(len(spoiled), len(taken)).at_least() > SPOILED:
            yield Suspicion(
                SuspicionRule.SNIPING,
                (volunteer,),
                tuple(deed.ticket_id for deed in sorted(spoiled, key=lambda deed: deed.accepted_at)),
                {
                    "taken": len(taken),
                    "offered": amount,
                    "seconds": round(usual.total_seconds()),
                    "spoiled": len(spoiled),
                },
            )


def is_spoiled(deed: Deed) -> bool:
    """Given back, run out, not solved or recalled. A contact's silence is nobody's fault."""
    return deed.ending is not Ending.ANSWERED or deed.verdict in (AnswerVerdict.UNSOLVED, AnswerVerdict.RECALLED)
