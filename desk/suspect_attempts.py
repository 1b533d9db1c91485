"""Posing as staff, and luring contacts elsewhere: tried again after having been told, or reported by contacts.

The check of answers refuses such words and says why, so nothing of it reached anybody; a first time is a mistake, or
the machine's. LEAST_AGAIN refusals for the same thing on different tickets within the watched time, after the first,
are no mistake. What a contact reports did get through, in words that the check does not know: each report is shown at
once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.answer_check import Rule
from desk.people import ContactId, ResponderId
from desk.suspicion import Suspicion, SuspicionRule
from desk.ticket import TicketId

LEAST_AGAIN = 2

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
    """A contact said of a community answer that it was no good deed."""

    responder_id: ResponderId
    ticket_id: TicketId
    contact_id: ContactId
    rule: SuspicionRule
    at: datetime


def attempts(refusals: Sequence[Refusal], reports: Sequence[Report]) -> Iterator[Suspicion]:
    """Volunteers who pose or lure, as far as it can be told."""
    refused: dict[tuple[ResponderId, SuspicionRule], dict[TicketId, datetime]] = defaultdict(dict)
    for one in sorted(refusals, key=lambda one: one.at):
        if one.rule in MEANS:
            refused[one.responder_id, MEANS[one.rule]].setdefault(one.ticket_id, one.at)
    reported: dict[tuple[ResponderId, SuspicionRule], dict[TicketId, Report]] = defaultdict(dict)
    for report in reports:
        reported[report.responder_id, report.rule].setdefault(report.ticket_id, report)
    for volunteer, rule in sorted({*refused, *reported}):
        tried, told = refused.get((volunteer, rule), {}), reported.get((volunteer, rule), {})
        again = max(0, len(tried) - 1)
        if told or again >= LEAST_AGAIN:
            seen = dict(
                sorted({**tried, **{ticket: one.at for ticket, one in told.items()}}.items(), key=lambda x: x[1])
            )
            contacts = {one.contact_id for one in told.values()}
            yield Suspicion(rule, (volunteer,), tuple(seen), {"refused": again, "reports": len(contacts)})
