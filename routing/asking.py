"""Asking: whether a contact had better be asked which of a few things they mean, and which to offer.

Asked is who is neither understood for certain nor staff's at once, and only when the answer would change something:
not when nine of ten guesses lead to the same lane and unit anyway. Offered are the likeliest intents that people have
questions about; a person is offered beside them, always.
Pure: no I/O, no clock. Confidences are probabilities (0 to 1).
"""

from __future__ import annotations

from desk.asking import MOST_OFFERED
from desk.reading import HUMAN_PLEASE, OUT_OF_SCOPE, SAFETY_HAZARD, Reading
from desk.ticket import Lane
from routing.decide import ContactFacts, staff_at_once
from routing.doubt import confidence_in_place, guesses_of
from routing.policy import Policy

SAME_PLACE = 0.9
"""From this confidence on in one lane and unit, asking adds nothing."""

WORTH_A_BUTTON = 0.15
"""The likeliest intent must be this likely, or the buttons would look like chance."""


def intents_to_offer(reading: Reading, contact: ContactFacts, policy: Policy) -> tuple[str, ...]:
    """What to ask the contact about, likeliest first; empty: it is decided without asking."""
    if reading.certain or contact.answer is not None or staff_at_once(reading, contact, policy) is not None:
        return ()
    if any(policy.route(intent).lane is Lane.STAFF for intent in reading.also):
        return ()
    if not reading.out_of_scope and confidence_in_place(reading, policy) >= SAME_PLACE:
        return ()
    guesses = [one for one in guesses_of(reading) if _can_be_meant(one.intent, policy)]
    if not guesses or guesses[0].confidence < WORTH_A_BUTTON:
        return ()
    return tuple(dict.fromkeys(one.intent for one in guesses))[:MOST_OFFERED]


def _can_be_meant(intent: str, policy: Policy) -> bool:
    """Greetings and thanks are no questions, a person is offered anyway, and whoever is in danger says so."""
    known = intent in policy.intents and intent not in (OUT_OF_SCOPE, HUMAN_PLEASE, SAFETY_HAZARD)
    return known and policy.intents[intent].lane is not Lane.KNOWLEDGE
