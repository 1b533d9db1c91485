"""A reading: what the NLU makes of one message. Plain data, made by the engines behind port `Classifier`.

Character offsets count Unicode code points of the original text, end exclusive. Confidences are
probabilities (0 to 1). `masked` is the text with every personal-data span replaced by its kind, such as
"[Telefon]" or "[phone]" in the message's language: the only form volunteers, logs and reports may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

MessageLanguage = Literal["de", "en", "other"]

OUT_OF_SCOPE = "out_of_scope"
GREETING = "greeting"
HUMAN_PLEASE = "human_please"
SAFETY_HAZARD = "safety_hazard"


class Sentiment(StrEnum):
    """The mood of the message."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Urgency(StrEnum):
    """How soon the contact needs an answer, by what they wrote."""

    LOW = "low"
    NORMAL = "normal"
    URGENT = "urgent"


class Danger(StrEnum):
    """What threatens somebody's life or health: their own hand, or fire, smoke, electric shock and the like."""

    SELF_HARM = "self_harm"
    HAZARD = "hazard"


@dataclass(frozen=True, slots=True)
class IntentGuess:
    """An intent with the probability that it is the right one."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing named in the message: order_number, invoice_number, product, amount or date."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PersonalDataSpan:
    """Where personal data stand in the text, and of what kind (phone, email, iban, name, address, ...)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One message as the NLU reads it. `engine` names who read it, `unread` when nobody could.

    `certain`: the confidence is one from which on the engine's best guess is right in at least 97 of 100 messages;
    False also when the message is out of scope. Whoever is not certain had better ask. `also_certain`: so is every
    further request in `also`. `danger` is always urgent, and always staff's.
    """

    language: MessageLanguage
    intent: str
    confidence: float
    runners_up: tuple[IntentGuess, ...] = ()
    also: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    sentiment: Sentiment = Sentiment.NEUTRAL
    urgency: Urgency = Urgency.NORMAL
    wants_human: bool = False
    out_of_scope: bool = False
    personal_data: tuple[PersonalDataSpan, ...] = ()
    masked: str = ""
    engine: str = "unread"
    model: str = ""
    certain: bool = True
    also_certain: bool = True
    danger: Danger | None = None

    @property
    def was_read(self) -> bool:
        """False when no engine answered; such a message goes to staff as it is."""
        return self.engine != "unread"
