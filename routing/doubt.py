"""Doubt: how likely a message is none of the community's, by all guesses of its reading and not by the best alone.

A message read as "Return" (60 %) or "Refund" (35 %) may be staff's with more than a third: risk decides, not rank.
Pure: no I/O, no clock. Confidences and doubts are probabilities (0 to 1).
"""

from __future__ import annotations

from desk.reading import IntentGuess, Reading
from desk.ticket import Lane
from routing.policy import Policy


def guesses_of(reading: Reading) -> tuple[IntentGuess, ...]:
    """All guesses, best first. Of a message out of scope: what it would be if it were not."""
    if reading.out_of_scope:
        return reading.runners_up
    return (IntentGuess(reading.intent, reading.confidence), *reading.runners_up)


def doubt(reading: Reading, policy: Policy) -> float:
    """How likely it is staff's: the guesses of the staff lane, and what no guess accounts for."""
    theirs = sum(one.confidence for one in guesses_of(reading) if policy.route(one.intent).lane is not Lane.STAFF)
    return min(1.0, max(0.0, 1.0 - theirs))


def confidence_in_place(reading: Reading, policy: Policy) -> float:
    """How likely the best guess's lane and unit are the right ones, whichever of their intents it is."""
    best = policy.route(reading.intent)
    place = (best.lane, best.unit)
    routes = ((policy.route(one.intent), one.confidence) for one in guesses_of(reading))
    return min(1.0, sum(confidence for route, confidence in routes if (route.lane, route.unit) == place))
