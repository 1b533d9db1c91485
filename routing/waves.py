"""Waves: which volunteers are offered a ticket, in what order, and for how long.

A wave is a group of volunteers offered the same ticket at once. The first to accept becomes the assignee;
silence until `expires_at` opens the next, larger one. After the last wave, staff.

Who is asked: of the candidates under their caps, those with the least load first, then those who were asked
least today, then those whose last offer is longest ago. A volunteer who named the topic comes before one who
takes everything. So work and chances spread, and nobody is asked twice about the same ticket.

Pure: no I/O, no clock. Callers pass `now` (aware UTC).
Units: load counts tickets held that wait for an answer; offers_today counts offers of the last 24 hours.
Raises: NoVolunteerLeft after the last wave, or when nobody can be asked; the caller escalates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from desk.errors import DeskError
from desk.phrases import marked as _
from desk.store import Candidate
from desk.ticket import Ticket
from desk.volunteering import may_be_asked
from routing.policy import PeerPolicy
from routing.reasons import Reason

IGNORED_UNTIL_PAUSE = 5
"""Offers in a row that a volunteer lets expire before they are asked whether they are still there."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class NoVolunteerLeft(DeskError):
    """Every wave has been asked, or nobody can be."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A volunteer chosen for a wave, with the reasons they are told."""

    candidate: Candidate
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave, ready to be offered. `number` counts from 1."""

    number: int
    picks: tuple[Pick, ...]
    expires_at: datetime


def at_hand(candidates: Sequence[Candidate], policy: PeerPolicy, now: datetime) -> list[Candidate]:
    """Candidates whose hours it is and who are under their caps: the policy's and their own."""
    return [
        one
        for one in candidates
        if may_be_asked(one.availability, now)
        and one.load + one.open_offers < _least(policy.most_at_once, one.most_at_once)
        and one.offers_today < _least(policy.most_offers_a_day, one.most_a_day)
    ]


def _least(cap: int, own: int | None) -> int:
    return cap if own is None else min(cap, own)


def next_wave(ticket: Ticket, candidates: Sequence[Candidate], policy: PeerPolicy, now: datetime) -> Wave:
    """The wave after `ticket.wave`. Raises NoVolunteerLeft."""
    if ticket.wave >= len(policy.waves):
        raise NoVolunteerLeft("all waves have been asked")
    able = at_hand(candidates, policy, now)
    if not able:
        raise NoVolunteerLeft("nobody is at hand")
    shape = policy.waves[ticket.wave]
    chosen = sorted(able, key=lambda one: _order(one, ticket))[: shape.size]
    picks = tuple(Pick(one, _reasons(one, ticket)) for one in chosen)
    return Wave(ticket.wave + 1, picks, now + shape.timeout)


def _names_topic(candidate: Candidate, ticket: Ticket) -> bool:
    return bool({ticket.unit, ticket.intent} & set(candidate.responder.topics))


def _order(candidate: Candidate, ticket: Ticket) -> tuple[bool, int, int, datetime, int]:
    return (
        not _names_topic(candidate, ticket),
        candidate.load,
        candidate.offers_today,
        candidate.last_offer_at or LONG_AGO,
        candidate.responder.id,
    )


def _reasons(candidate: Candidate, ticket: Ticket) -> tuple[Reason, ...]:
    topic = (
        Reason(_("you chose this topic"))
        if _names_topic(candidate, ticket)
        else Reason(_("you are open to every topic"))
    )
    free = (
        Reason(_("you have nothing else open"))
        if candidate.load == 0
        else Reason(_("you have {count} open and room for more"), {"count": candidate.load})
    )
    return topic, free
