"""The mood of a message, its hurry, and its wish for a person: plain signs and the mood model together.

`hear` comes before the intent is decided, for its signals may decide it; `about` then tells it what the intent most
likely is. The model weighs; some things it may not weigh down: danger to life is always urgent, and so are fraud,
deadlines and unanswered letters said in plain words. Levels are log-odds, chosen on texts held out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from desk.reading import HUMAN_PLEASE, Danger, IntentGuess, Sentiment, Urgency
from nlu.human_signs import refuses_call
from nlu.mood_model import SENTIMENTS, URGENCIES, Floats, MoodModel, Opinion, Signs, signs_in
from nlu.signals import Signal, danger_in
from nlu.urgency import PERILS

URGENT_FROM = -3.0
"""Well before it is even likely: a message called urgent too often costs minutes, one missed costs trust."""

HUMAN_FROM = -1.0
"""Before it is likely: somebody who asks for a person and is not heard is the worst a desk can do."""
SURELY_HUMAN_FROM = 1.0
"""For who says that they want no call."""

SELF_HARM_FROM = -2.0
"""Of a message that is about no matter, or perhaps about danger: of 2,039 ordinary ones 12 come so far."""
PERHAPS_SELF_HARM_FROM = -3.0
"""Of the same: from here on somebody looks soon; helplines are named only if the intent speaks for danger too."""
SURELY_SELF_HARM_FROM = 0.0
"""Of a message that is surely about a matter: of 13,229 ordinary ones seven come so far."""
SUSPECTED_FROM = -2.5
"""Of the same: from here on staff look at once, and no helpline is named. One in 165 comes so far."""

NOTHING_HEARD = PERHAPS_SELF_HARM_FROM - 1.0

_IRONIC = 3.5
_CAN_WAIT = frozenset({"praise", "thanks", "goodbye", "greeting", "product_idea", "job_application", "partnership"})
_HUMAN_ENOUGH = 0.35


@dataclass(frozen=True, slots=True)
class Heard:
    """The signals of a message, with what the model adds, and what it thinks of the rest. `worrying`: somebody might
    mean to hurt themselves, though the message is about something else."""

    signals: frozenset[Signal]
    signs: Signs
    opinion: Opinion
    model: MoodModel
    worrying: bool = False

    @property
    def told_beside(self) -> frozenset[Signal]:
        """The signals that may stand beside the intent: those heard, and self-harm where it is suspected only."""
        return self.signals | {Signal.SELF_HARM} if self.worrying else self.signals


def hear(texts: Sequence[str], vectors: Floats, model: MoodModel) -> list[Heard]:
    """What is heard in each of `texts`; `vectors` are their sentence vectors, a row each."""
    signs = [signs_in(text) for text in texts]
    opinions = model.opinions(vectors, signs) if signs else []
    return [Heard(_signals(one, opinion), one, opinion, model) for one, opinion in zip(signs, opinions, strict=True)]


def _signals(signs: Signs, opinion: Opinion) -> frozenset[Signal]:
    """What stands there plainly, and what the model adds."""
    found = set(signs.found)
    if opinion.self_harm >= SELF_HARM_FROM:
        found.add(Signal.SELF_HARM)
    if opinion.human >= (SURELY_HUMAN_FROM if refuses_call(signs.folded) else HUMAN_FROM):
        found.add(Signal.HUMAN)
    return frozenset(found)


def beside_a_matter(heard: Heard) -> Heard:
    """`heard` of a message that is surely about a matter: where no words say self-harm, the model must be surer."""
    level = heard.opinion.self_harm
    if Signal.SELF_HARM in heard.signs.found or level >= SURELY_SELF_HARM_FROM or level <= NOTHING_HEARD:
        return heard
    opinion = replace(heard.opinion, self_harm=NOTHING_HEARD)
    signals = heard.signals - {Signal.SELF_HARM}
    return replace(heard, signals=signals, opinion=opinion, worrying=level >= SUSPECTED_FROM)


def danger_of(heard: Heard, intent: str) -> Danger | None:
    """What threatens life or health, given what the message is about."""
    danger = danger_in(heard.signals, intent)
    guessed = danger is Danger.HAZARD and Signal.DANGER not in heard.signals
    return Danger.SELF_HARM if guessed and heard.opinion.self_harm >= PERHAPS_SELF_HARM_FROM else danger


def about(heard: Sequence[Heard], guesses: Sequence[Sequence[IntentGuess]]) -> list[Heard]:
    """`heard` once it is known what each message is about, as far as it is."""
    if not heard:
        return []
    known = heard[0].model.knowing([one.opinion for one in heard], [_shares(some) for some in guesses])
    return [replace(one, opinion=opinion) for one, opinion in zip(heard, known, strict=True)]


def _shares(guesses: Sequence[IntentGuess]) -> dict[str, float]:
    shares = {guess.intent: guess.confidence for guess in guesses}
    whole = max(1.0, sum(shares.values()))
    return {intent: share / whole for intent, share in shares.items()}


def sentiment_of(heard: Heard) -> Sentiment:
    """The mood. Who says farewell calmly is in no good one."""
    if Signal.SELF_HARM in heard.signals:
        return Sentiment.NEGATIVE
    mood, odds = heard.signs.mood, heard.opinion.sentiments.copy()
    if mood.irony and (mood.praise_at_mishap or mood.negative or mood.rolling):
        odds[SENTIMENTS.index(Sentiment.NEGATIVE)] += _IRONIC
    return SENTIMENTS[int(odds.argmax())]


def urgency_of(heard: Heard, intent: str) -> Urgency:
    """How soon an answer is needed, given what the message is about."""
    perhaps = heard.opinion.self_harm >= PERHAPS_SELF_HARM_FROM
    if perhaps or heard.worrying or intent == "safety_hazard" or heard.signals & PERILS:
        return Urgency.URGENT
    hurry, odds = heard.signs.hurry, heard.opinion.urgencies
    urgent = odds[2] - np.logaddexp(odds[0], odds[1])
    if hurry.plain and intent not in _CAN_WAIT:
        return Urgency.URGENT
    if urgent >= (1 if hurry.calm or intent in _CAN_WAIT else URGENT_FROM):
        return Urgency.URGENT
    return URGENCIES[int(odds[:2].argmax())]


def wants_human(heard: Heard, best_guess: str, confidence: float) -> bool:
    """Whether the contact wants a person: by sign, by the model, or by the intent that is likeliest."""
    return Signal.HUMAN in heard.signals or (best_guess == HUMAN_PLEASE and confidence >= _HUMAN_ENOUGH)
