"""What a Rasa 3.6 server's answer to /model/parse says: the intents' scores, and the things named in the text.

Our own pipeline (training/components/intent_diet.py) adds `scope`: whether to abstain and whether the best guess is
certain enough, as learned in training. A plain Rasa project has none: then the client's `abstain_below` and SURE
decide.

Nothing is believed unseen: names, numbers and offsets are checked, and an answer of another shape is refused.
Entities of DIET are guesses, patterns are not. So: what our own finder found stands; Rasa's fill the gaps, the surer
first, where they name a kind the desk knows, look like one of it, and touch no personal data of another kind.

Raises: ClassifierUnavailable when the answer is not what Rasa 3.6 gives.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from desk.classifying import ClassifierUnavailable
from desk.reading import OUT_OF_SCOPE, Entity, IntentGuess, PersonalDataSpan
from nlu.intent_model import IntentScores

SURE = 0.8
"""From this confidence on the best guess of a plain Rasa project counts as certain."""

SURE_ENTITY = 0.6
"""A guessed entity below this is none."""

_STRANGE = frozenset({OUT_OF_SCOPE, "nlu_fallback"})
_MOST_RANKED = 50
_MOST_ENTITIES = 50
_LONGEST_ENTITY = 80
_LOOKS = {
    "order_number": re.compile(r"(?=.*\d)[\w#/.\-]{3,30}"),
    "invoice_number": re.compile(r"(?=.*\d)[\w#/.\-]{3,30}"),
    "amount": re.compile(r"(?=.*\d).{1,30}", re.DOTALL),
    "date": re.compile(r"(?=.*\w).{2,40}", re.DOTALL),
    "product": re.compile(r"(?=.*[^\W\d_]).{2,40}", re.DOTALL),
}

KINDS = frozenset(_LOOKS)
"""The kinds of entities that every desk knows; a brand's own files may mark more."""

GuessedEntities = tuple[tuple[Entity, float], ...]
"""Entities, each with how sure Rasa is of it (0 to 1)."""


def scores_of(answer: dict[str, Any], abstain_below: float) -> IntentScores:
    """The answer's intents."""
    ranking = answer.get("intent_ranking")
    if not isinstance(ranking, list) or not ranking:
        raise ClassifierUnavailable("Rasa answered without a ranking of intents")
    guesses = sorted((_guess(entry) for entry in ranking[:_MOST_RANKED]), key=lambda g: -g.confidence)
    inside = tuple(g for g in guesses if g.intent not in _STRANGE)[:4]
    if not inside:
        raise ClassifierUnavailable("Rasa answered without any intent in scope; train it on the desk's files")
    if "scope" in answer:
        return _by_the_gate(inside, answer["scope"])
    best = inside[0].confidence
    outside = next((g.confidence for g in guesses if g.intent in _STRANGE), 0.0)
    strange = best < abstain_below or outside > best
    return IntentScores(inside, strange, max(outside, 1 - best), best >= SURE and not strange)


def _by_the_gate(inside: tuple[IntentGuess, ...], scope: object) -> IntentScores:
    if isinstance(scope, dict):
        strangeness, abstain, certain = (scope.get(key) for key in ("strangeness", "abstain", "certain"))
        if _is_share(strangeness) and isinstance(abstain, bool) and isinstance(certain, bool):
            return IntentScores(inside, abstain, min(1.0, float(strangeness)), certain)  # type: ignore[arg-type]
    raise ClassifierUnavailable("Rasa's word on the scope is malformed")


def _guess(entry: object) -> IntentGuess:
    if isinstance(entry, dict):
        name, confidence = entry.get("name"), entry.get("confidence")
        if isinstance(name, str) and name and _is_share(confidence):
            return IntentGuess(name[:100], min(1.0, float(confidence)))  # type: ignore[arg-type]
    raise ClassifierUnavailable("Rasa's ranking of intents is malformed")


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1.001


def entities_of(answer: dict[str, Any], text: str, kinds: Collection[str]) -> GuessedEntities:
    """Entities of `kinds` that the answer names in `text`, the text that was asked about, with how sure Rasa is."""
    named = answer.get("entities", [])
    if not isinstance(named, list):
        raise ClassifierUnavailable("Rasa's entities are malformed")
    found = (_entity(entry, text) for entry in named[:_MOST_ENTITIES])
    return tuple(one for one in found if one is not None and one[0].kind in kinds)


def _entity(entry: object, text: str) -> tuple[Entity, float] | None:
    """The entity with its confidence; None when it is unsure or does not look like one of its kind."""
    if not isinstance(entry, dict):
        raise ClassifierUnavailable("Rasa's entities are malformed")
    kind, start, end = (entry.get(key) for key in ("entity", "start", "end"))
    sure = entry.get("confidence_entity", 1.0)
    if not (isinstance(kind, str) and type(start) is int and type(end) is int and _is_share(sure)):
        raise ClassifierUnavailable("Rasa's entities are malformed")
    if not 0 <= start < end <= len(text):
        raise ClassifierUnavailable("Rasa's entities stand outside the text")
    value = text[start:end]
    looks = _LOOKS.get(kind)
    if sure < SURE_ENTITY or len(value) > _LONGEST_ENTITY or (looks and not looks.fullmatch(value)):
        return None
    return Entity(kind, value, start, end), float(sure)


def with_guessed(
    ours: Sequence[Entity], guessed: GuessedEntities, personal: Sequence[PersonalDataSpan]
) -> tuple[Entity, ...]:
    """Our own entities and those of the guessed ones that fit beside them, in the order of the text."""
    kept = list(ours)
    for entity, _ in sorted(guessed, key=lambda one: (-one[1], one[0].start - one[0].end)):
        if any(_overlap(entity, other) for other in kept):
            continue
        if any(span.kind != entity.kind and _overlap(entity, span) for span in personal):
            continue
        kept.append(entity)
    return tuple(sorted(kept[:_MOST_ENTITIES], key=lambda e: e.start))


def _overlap(one: Entity, other: Entity | PersonalDataSpan) -> bool:
    return one.start < other.end and other.start < one.end
