"""Of several requests in one message the first is the main one; the others are noted beside it.

An engine that reads the whole message knows no order: it names the request with the stronger words. So where the
first part that asks for anything asks clearly for something else, more clearly than the whole message speaks for its
best guess, that part is believed. It is not where the rest shows what the first part was only the story of: a threat
of law, a fraud, a danger, an editor's deadline. And a wish for a person is no matter: what it is about is.

Confidences are probabilities, 0 to 1. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from desk.reading import HUMAN_PLEASE, IntentGuess
from nlu.intent_model import IntentScores
from nlu.overruling import NO_REQUEST

_CLEAR = 0.85
_MORE = 0.05
_TOLD_LAST = frozenset(
    {
        "safety_hazard",
        "legal_threat",
        "privacy_request",
        "phishing_report",
        "press_enquiry",
        "partnership",
        "job_application",
        "contract_cancel",
    }
)
_NO_MATTER = NO_REQUEST | {HUMAN_PLEASE, "complaint", "praise"}


def first_request(whole: IntentScores, parts: Sequence[IntentGuess]) -> IntentGuess | None:
    """The main request when it is not the best guess of the `whole`. `parts`: what its parts ask for, in order."""
    best = whole.guesses[0]
    matters = [part for part in parts if part.intent not in _NO_MATTER and part.confidence >= _CLEAR]
    if not matters or best.intent in _TOLD_LAST or matters[0].intent == best.intent:
        return None
    first = matters[0]
    clear = best.intent == HUMAN_PLEASE or first.confidence >= best.confidence + _MORE
    return first if clear else None
