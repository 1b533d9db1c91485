"""The signs of hurry in a message, and how soon it needs an answer by the signs alone.

`urgency_signs` gives numbers for the model in nlu/mood_model.py, which weighs them together with what the message
means. Some signs need no weighing and always win upward: danger to life and self-harm, an order "at once", fraud that
is going on, a deadline within the day together with a need or an occasion, somebody who depends on it, and repeated
contact without an answer where money is at stake. A message that says it can wait is believed, unless life is in
danger.
"""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from desk.reading import Urgency
from nlu.phrases import folded_for_signs
from nlu.signals import Signal
from nlu.urgency_orders import AT_ONCE, BY_A_TIME, STANDSTILL, TAKEN_OVER
from nlu.urgency_words import (
    CALM,
    COSTLY,
    DEPENDENT,
    FRAUD,
    HURRY,
    NEED,
    OCCASION,
    REPEATED,
    SOON,
    UNANSWERED,
)

PERILS = frozenset({Signal.SELF_HARM, Signal.DANGER})
_CAN_WAIT = frozenset({"praise", "thanks", "goodbye", "greeting", "product_idea", "job_application", "partnership"})
_HARD_TO_WAIT = frozenset(
    {"payment_problem", "outage", "account_login", "delivery_problem", "phishing_report", "refund"}
)


class UrgencySigns(NamedTuple):
    """What is said, each 0 or 1. From `soon_needed` on they stand for two or three said together.

    `plain`: no weighing needed. An order "at once", a deadline with its time, a standstill, an account or code in
    strange hands, or letters that nobody answered about something that costs.
    """

    hurry: bool
    soon: bool
    need: bool
    occasion: bool
    fraud: bool
    dependent: bool
    repeated: bool
    unanswered: bool
    costly: bool
    calm: bool
    soon_needed: bool
    soon_occasion: bool
    given_up_on: bool
    costs_by_waiting: bool
    plain: bool


SIGN_COUNT = len(UrgencySigns._fields)


def urgency_signs(folded: str) -> UrgencySigns:
    """The signs in a message; `folded` is its text by `folded_for_signs`."""
    calm = CALM.search(folded) is not None
    bare = CALM.sub(" ", folded) if calm else folded
    soon, need = SOON.search(bare) is not None, NEED.search(bare) is not None
    occasion = OCCASION.search(bare) is not None
    repeated, unanswered = REPEATED.search(bare) is not None, UNANSWERED.search(bare) is not None
    costly = COSTLY.search(bare) is not None
    given_up_on, costs = repeated and unanswered, (repeated or unanswered) and costly
    plain = any(sign.search(bare) for sign in (AT_ONCE, BY_A_TIME, STANDSTILL, TAKEN_OVER)) or (given_up_on and costs)
    return UrgencySigns(
        hurry=HURRY.search(bare) is not None,
        soon=soon,
        need=need,
        occasion=occasion,
        fraud=FRAUD.search(bare) is not None,
        dependent=DEPENDENT.search(bare) is not None,
        repeated=repeated,
        unanswered=unanswered,
        costly=costly,
        calm=calm,
        soon_needed=soon and need,
        soon_occasion=soon and occasion,
        given_up_on=given_up_on,
        costs_by_waiting=costs,
        plain=plain and not calm,
    )


def urgency(text: str, intent: str, found: Set[Signal]) -> Urgency:
    """How soon `text` needs an answer by signs alone, given its intent and the plain signs found in it."""
    if intent == "safety_hazard" or found & PERILS:
        return Urgency.URGENT
    signs = urgency_signs(folded_for_signs(text))
    if signs.calm:
        return Urgency.LOW
    if signs.plain or signs.fraud or signs.given_up_on:
        return Urgency.URGENT
    if signs.costs_by_waiting and signs.repeated and intent in _HARD_TO_WAIT:
        return Urgency.URGENT
    return Urgency.LOW if intent in _CAN_WAIT else Urgency.NORMAL
