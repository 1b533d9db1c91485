"""Posing as staff, and luring contacts elsewhere: tried again after having been told, or reported by contacts.

The check of answers refuses such words and says why, so nothing of it reached anybody; a first time is a mistake, or
the machine's. The rule wants LEAST_AGAIN refusals for the same thing on different tickets within the watched time,
after the first. And as the check is wrong about MISTAKEN of honest answers, so many that it would hardly be wrong so
often (binomial, BY_MISTAKE) about all that the volunteer took: who answers much is not suspected for it.

What a contact reports did get through, in words that the check does not know: each report is shown at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.answer_check import Rule
from desk.people import ContactId, ResponderId
from desk.suspect_pairs import by_chance
from desk.suspicion import Suspicion, SuspicionRule
from desk.ticket import TicketId

LEAST_AGAIN = 2
MISTAKEN = 0.01
BY_MISTAKE = 1e-3

MEANS: Mapping[Rule, SuspicionRule] = {
    Rule.POSING: SuspicionRule.POSING,
    Rule.PRIVATE_CONTACT: SuspicionRule.LURING,
    Rule.CONTACT_DETAILS: SuspicionRule.LURING,
    Rule.ASKS_FOR_DATA: SuspicionRule.LURING,
}
"""What a refusal by the check may mean. The other rules are about words alone."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The check refused words of a volunteer."""

    responder_id: ResponderId
    ticket_id: TicketId
    rule: Rule
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A contact reported what a volunteer wrote to them. `words`: theirs, masked."""

    responder_id: ResponderId
    ticket_id: TicketId
    contact_id: ContactId
    words: str
    at: datetime


def attempts(refusals: Sequence[Refusal], taken: Mapping[ResponderId, int]) -> Iterator[Suspicion]:
    """Volunteers who tried again what the check had refused. `taken`: how many questions each took in the same time."""
    refused: dict[tuple[ResponderId, SuspicionRule], dict[TicketId, datetime]] = defaultdict(dict)
    for one in sorted(refusals, key=lambda one: one.at):
        if one.rule in MEANS:
            refused[one.responder_id, MEANS[one.rule]].setdefault(one.ticket_id, one.at)
    for (volunteer, rule), tickets in sorted(refused.items()):
        again = len(tickets) - 1
        amount = max(taken.get(volunteer, 0), len(tickets))
        if again >= LEAST_AGAIN and by_chance(len(tickets), amount, MISTAKEN) <= BY_MISTAKE:
            yield Suspicion(rule, (volunteer,), tuple(tickets), {"refused": again})


def reported(reports: Sequence[Report]) -> Iterator[Suspicion]:
    """Volunteers whom contacts reported."""
    by_volunteer: dict[ResponderId, list[Report]] = defaultdict(list)
    for one in sorted(reports, key=lambda one: one.at):
        by_volunteer[one.responder_id].append(one)
    for volunteer, told in by_volunteer.items():
        tickets = tuple(dict.fromkeys(one.ticket_id for one in told))
        contacts = {one.contact_id for one in told}
        yield Suspicion(SuspicionRule.REPORTED, (volunteer,), tickets, {"reports": len(contacts)})
