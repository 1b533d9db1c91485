"""When a plain sign decides the intent, whatever the engine guesses.

- Self-harm always does, where words say it. Where only the mood model hears it, and an engine sees a matter and no
  danger in it, the model must be surer; where it only suspects it, the matter is named and danger stands beside it
  (`beside_a_matter` in nlu/moods.py).
- Danger does where the engine sees it too, or sees nothing else: it abstains, names mere politeness, or is in doubt.
  Else the matter is named ("the fire pit came without its lid"), and danger stands beside it: such a message goes to
  staff at once whatever its intent (routing/decide.py).
- A threat of law does, unless the engine is certain and sees next to none of it.
- Privacy and "a human, please" do only where nothing else is asked for: the engine abstains, or names mere politeness,
  or is in doubt between several. "Hello, can you help me?" is no wish for a person where the engine sees none. Else the
  matter wins, and they stand among the further requests, where routing sees them too.

Confidences are probabilities, 0 to 1. Pure.
"""

from __future__ import annotations

from desk.reading import OUT_OF_SCOPE, SAFETY_HAZARD, IntentGuess
from nlu.intent_model import IntentScores
from nlu.signals import INTENT_OF, Signal

SURE = 0.7
"""From this confidence on an intent needs no help from signs; below it none is certain, whatever an engine says."""

SIGN_CONFIDENCE = 0.9
"""How often a plain sign is right: the confidence of an intent that a sign decided."""

NO_REQUEST = frozenset({"greeting", "thanks", "goodbye", OUT_OF_SCOPE})
BEFORE_OTHERS = (Signal.SELF_HARM, Signal.DANGER, Signal.LEGAL, Signal.PRIVACY, Signal.HUMAN)
_PLAIN = frozenset(INTENT_OF[signal] for signal in (Signal.SELF_HARM, Signal.DANGER, Signal.LEGAL))
_SOME = 0.05
_SOME_DANGER = 0.15
"""Less than this share is none: the engine does not see it. Words of danger are words of much else ("fire pit")."""

_A_MATTER = 0.35
"""From here on the engine sees a matter, which comes before the wish to talk about it, and before a mere word."""


def overruled(scores: IntentScores, found: frozenset[Signal], intents: frozenset[str]) -> IntentGuess | None:
    """The intent that a sign decides, if one does. Only `intents` may be named."""
    for signal in BEFORE_OTHERS:
        named = INTENT_OF[signal]
        if signal in found and named in intents and _decides(signal, scores):
            return IntentGuess(named, max(share_of(named, scores), SIGN_CONFIDENCE))
    return None


def share_of(intent: str, scores: IntentScores) -> float:
    """How likely the engine thinks `intent`, 0 where it is not among its guesses."""
    return next((guess.confidence for guess in scores.guesses if guess.intent == intent), 0.0)


def is_proved(intent: str, scores: IntentScores) -> bool:
    """Whether what a sign decided may be acted upon: danger and law may, all else where the engine sees it too."""
    return intent in _PLAIN or _is_seen(intent, scores)


def sees_danger(scores: IntentScores) -> bool:
    """Whether the engine sees danger too, or sees so little that words of danger may be all there is."""
    return _in_doubt(scores) or share_of(SAFETY_HAZARD, scores) >= _SOME_DANGER


def _in_doubt(scores: IntentScores) -> bool:
    best = scores.guesses[0]
    return scores.out_of_scope or best.confidence < _A_MATTER or best.intent in NO_REQUEST


def _is_seen(intent: str, scores: IntentScores) -> bool:
    return share_of(intent, scores) >= _SOME


def _decides(signal: Signal, scores: IntentScores) -> bool:
    best = scores.guesses[0]
    if signal is Signal.SELF_HARM or scores.out_of_scope:
        return True
    if signal is Signal.DANGER:
        return sees_danger(scores)
    if signal is Signal.LEGAL:
        return not scores.certain or _is_seen(INTENT_OF[signal], scores) or best.intent in NO_REQUEST
    if best.intent == INTENT_OF[signal]:
        return False
    if signal is Signal.HUMAN:
        return best.confidence < _A_MATTER or (best.intent in NO_REQUEST and _is_seen(INTENT_OF[signal], scores))
    return best.intent in NO_REQUEST or best.confidence < SURE
