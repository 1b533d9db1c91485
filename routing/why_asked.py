"""Why you: what a volunteer is told in an offer, in words, from what the choice knew of them.

Said is only what is to their credit or plain fact; nobody is told a number that would shame them.

Pure: no I/O, no clock. Callers pass `now` (aware UTC).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from desk.phrases import marked as _
from desk.store import Candidate
from desk.ticket import Ticket
from routing.chances import Chances, names_topic
from routing.reasons import Reason

WORTH_SAYING = 3
"""Verdicts, or claims, from which on a figure says something."""

_MOSTLY = 0.6
_JUST_NOW = timedelta(minutes=15)
_SOON_MINUTES = 15


def why_asked(chances: Chances, ticket: Ticket, now: datetime, *, newcomers_turn: bool) -> tuple[Reason, ...]:
    """Two to five reasons."""
    one = chances.candidate
    said = [
        _about_storm(one),
        _about_topic(one, ticket),
        _about_time(one, now),
        _turn(newcomers_turn=newcomers_turn),
        _about_load(one),
    ]
    return tuple(reason for reason in said if reason is not None)


def _about_storm(candidate: Candidate) -> Reason | None:
    return None if candidate.on_duty is None else Reason(_("you are in for the storm"))


def _about_topic(candidate: Candidate, ticket: Ticket) -> Reason:
    for tally in (candidate.on_intent, candidate.on_unit):
        if tally.rated >= WORTH_SAYING and tally.solved >= _MOSTLY * tally.rated:
            values = {"solved": tally.solved, "rated": tally.rated}
            return Reason(_("you solved {solved} of {rated} questions like this"), values)
    if names_topic(candidate, ticket):
        return Reason(_("you chose this topic"))
    return Reason(_("you are open to every topic"))


def _about_time(candidate: Candidate, now: datetime) -> Reason | None:
    if candidate.habit_now.claimed >= WORTH_SAYING:
        minutes = ceil((candidate.habit_now.usual_seconds or 0) / 60)
        if minutes <= _SOON_MINUTES:
            text = _("you usually answer within {minutes} min at this hour")
            return Reason(text, {"minutes": max(minutes, 1)})
    known = candidate.habit.claimed + candidate.habit.passed > 0
    if known and candidate.active_at is not None and now - candidate.active_at <= _JUST_NOW:
        return Reason(_("you were here a moment ago"))
    return None


def _turn(*, newcomers_turn: bool) -> Reason | None:
    return Reason(_("newcomers get a turn")) if newcomers_turn else None


def _about_load(candidate: Candidate) -> Reason:
    if candidate.load == 0:
        return Reason(_("you have nothing else open"))
    return Reason(_("you have {count} open and room for more"), {"count": candidate.load})
