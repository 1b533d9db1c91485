"""Learning from corrections: what people said a message really was, and which model reads because of it.

A correction waits on the review list until a coordinator accepts or rejects it; models learn from accepted ones only.
Of the message it holds the masked words, never the original, and none any more once it is rejected or the message was
deleted.

A model is made from the files, the code and a set of corrections, and nothing else: whoever has these makes the
same model, and its version is their fingerprint. `base` is the fingerprint of files and code alone. A model that was
never trained on corrections has its base for a version.

Plain data. Instants are aware UTC, confidences probabilities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from desk.conversation import MessageId
from desk.people import ResponderId
from desk.reading import MessageLanguage

CorrectionId = NewType("CorrectionId", int)
ServiceId = NewType("ServiceId", int)


class CorrectionState(StrEnum):
    """Where a correction stands in review."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class CorrectionSource(StrEnum):
    """Who says so: staff outright, a contact or a volunteer by what they chose."""

    STAFF = "staff"
    CONTACT = "contact"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What a message was read as, in short, and what was made of that since. `corrected`: pending or accepted."""

    intent: str
    confidence: float
    runners_up: tuple[str, ...] = ()
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """Somebody says that a message read as `intent_read` is really `intent`. They may agree: a contact was asked."""

    message_id: MessageId
    source: CorrectionSource
    text: str
    language: MessageLanguage
    intent_read: str
    confidence: float
    engine: str
    model: str
    intent: str
    responder_id: ResponderId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as kept. `by`: the name of the responder who said so, None for contacts."""

    id: CorrectionId
    message_id: MessageId
    ticket_number: str | None
    source: CorrectionSource
    text: str
    language: MessageLanguage
    intent_read: str
    confidence: float
    engine: str
    model: str
    intent: str
    by: str | None
    at: datetime
    state: CorrectionState
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LearnedText:
    """What a model learns from one correction."""

    id: CorrectionId
    text: str
    intent: str
    language: MessageLanguage


class Doubt(StrEnum):
    """Why a reviewer should look twice."""

    LIKE_ANOTHER = "like_another"
    SHORT = "short"
    PERSONAL_DATA = "personal_data"
    DISAGREEMENT = "disagreement"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What is doubtful about a correction. `like`: the nearest example of another intent, and that intent."""

    doubts: tuple[Doubt, ...] = ()
    like: tuple[str, str] | None = None


class SecondLook(Protocol):
    """Looks at corrections before people do."""

    async def at(self, corrections: Sequence[Correction]) -> Sequence[Suspicion]:
        """One for each, same order."""
        ...


class ServiceReason(StrEnum):
    """Why a model came into service: other files or code, a training that won, or the one before it again."""

    FILES = "files"
    TRAINING = "training"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class ReadingModel:
    """A model somebody made. `figures`: how it was judged, as JSON; empty when nobody judged it."""

    version: str
    base: str
    corrections: tuple[CorrectionId, ...]
    made_at: datetime
    figures: Mapping[str, object] = field(default_factory=dict)
    rolled_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A model's time in service; it lasts until the next one's begins."""

    id: ServiceId
    model: ReadingModel
    began_at: datetime
    why: ServiceReason


@dataclass(frozen=True, slots=True)
class ModelChange:
    """From then on, messages were read by this engine with this model, and before they were not."""

    at: datetime
    engine: str
    model: str
