"""Waves: which volunteers are offered a ticket, in what order, and for how long.

A wave is a group of volunteers offered the same ticket at once. The first to accept becomes the assignee;
silence until `expires_at` opens the next, larger one. After the last wave, staff.

Who is asked: of the candidates under their caps and in their hours, those with the highest score (routing/chances.py
has the formula and its sources). How many: as few as make a claim likely, since every needless offer tires somebody,
and never more than the policy's size; so the waves grow with the policy's sizes, and widen to the next best. How long:
a few times as long as those who are asked usually need, and never longer than the policy says.

In a storm a wave asks those who are in for it, as long as any is left: under the caps they stated for storms, by the
policy's waves for storms.

Every third ticket a newcomer has the last place of a wave, whatever the draw: nobody earns a record without a turn.

Pure: no I/O, no clock. Callers pass `now` (aware UTC).
Units: load counts tickets held that wait for an answer; offers_today counts offers of the last 24 hours.
Raises: NoVolunteerLeft after the last wave, or when nobody can be asked; the caller escalates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desk.errors import DeskError
from desk.store import Candidate
from desk.storm_wishes import Caps
from desk.ticket import Ticket
from desk.volunteering import may_be_asked
from routing.chances import Chances, chances_of, community_of, lot
from routing.policy import PeerPolicy, Policy
from routing.reasons import Reason
from routing.why_asked import why_asked

IGNORED_UNTIL_PAUSE = 5
"""Offers in a row that a volunteer lets expire before they are asked whether they are still there."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


LIKELY = 0.85
"""A wave is large enough when it is this likely that somebody takes the ticket."""

NEWCOMERS_SHARE = 1 / 3
TIMES_THE_USUAL, SHORTEST = 3, 3
"""A wave waits three times as long as usual, but at least a third of the policy's limit."""


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


def peer_policy(policy: Policy, candidates: Sequence[Candidate]) -> PeerPolicy:
    """The policy of the peer lane; in a storm, with somebody in for it, with the waves for storms."""
    if all(one.on_duty is None for one in candidates):
        return policy.peer
    return policy.peer.model_copy(update={"waves": policy.storm.muster_waves})


def at_hand(candidates: Sequence[Candidate], policy: PeerPolicy, now: datetime) -> list[Candidate]:
    """Candidates whose hours it is and who are under their caps: the policy's and their own."""
    return [
        one
        for one in candidates
        if may_be_asked(one.availability, now)
        and one.load + one.open_offers < _caps(one, policy).at_once
        and one.offers_today < _caps(one, policy).a_day
    ]


def _caps(candidate: Candidate, policy: PeerPolicy) -> Caps:
    return candidate.on_duty or Caps(
        _least(policy.most_at_once, candidate.most_at_once), _least(policy.most_offers_a_day, candidate.most_a_day)
    )


def _least(cap: int, own: int | None) -> int:
    return cap if own is None else min(cap, own)


def next_wave(ticket: Ticket, candidates: Sequence[Candidate], policy: PeerPolicy, now: datetime) -> Wave:
    """The wave after `ticket.wave`. Raises NoVolunteerLeft."""
    if ticket.wave >= len(policy.waves):
        raise NoVolunteerLeft("all waves have been asked")
    able = at_hand(candidates, policy, now)
    if not able:
        raise NoVolunteerLeft("nobody is at hand")
    able = [one for one in able if one.on_duty is not None] or able
    limit = policy.waves[ticket.wave]
    ranked = by_score(ticket, able, now, limit.timeout)
    chosen = _enough(ranked, limit.size)
    newcomer = _whose_turn(ticket, ranked, chosen, limit.size)
    if newcomer is not None:
        chosen = [*chosen[: limit.size - 1], newcomer]
    picks = tuple(Pick(one.candidate, why_asked(one, ticket, now, newcomers_turn=one is newcomer)) for one in chosen)
    return Wave(ticket.wave + 1, picks, now + _patience(chosen, limit.timeout))


def by_score(ticket: Ticket, able: Sequence[Candidate], now: datetime, patience: timedelta) -> list[Chances]:
    """The best first. Equals by who was asked longest ago, so the order is the same however they were found."""
    community = community_of(able, patience)
    rated = [chances_of(one, ticket, community, now) for one in able]
    return sorted(
        rated, key=lambda one: (-one.score, one.candidate.last_offer_at or LONG_AGO, one.candidate.responder.id)
    )


def _enough(ranked: Sequence[Chances], most: int) -> list[Chances]:
    """As many from the top as make a claim likely, at least one."""
    chosen: list[Chances] = []
    nobody = 1.0
    for one in ranked[:most]:
        chosen.append(one)
        nobody *= 1 - one.claim
        if nobody <= 1 - LIKELY:
            break
    return chosen


def _whose_turn(ticket: Ticket, ranked: Sequence[Chances], chosen: Sequence[Chances], most: int) -> Chances | None:
    """The newcomer who has a place in this wave besides those who earned theirs."""
    earned = lot(ticket.id, ticket.wave) >= NEWCOMERS_SHARE
    if earned or most == 1 or any(one.is_newcomer for one in chosen):
        return None
    return max(
        (one for one in ranked if one.is_newcomer),
        key=lambda one: (one.claim, -one.candidate.responder.id),
        default=None,
    )


def _patience(chosen: Sequence[Chances], limit: timedelta) -> timedelta:
    """How long to wait for those who are asked: each counts by how likely they take it at all."""
    usual = sum(one.claim * one.seconds for one in chosen) / sum(one.claim for one in chosen)
    wanted = timedelta(seconds=round(TIMES_THE_USUAL * usual))
    return min(limit, max(wanted, limit / SHORTEST))
