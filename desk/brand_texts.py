"""Texts of the brand: what a contact in danger hears at once. A coordinator may put them in other words.

Each text has a default in both languages. What a coordinator writes is a new version, one language at a time; a
version without words is the default again. Versions count from 1 and are never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.people import Locale
from desk.phrases import marked as _

LONGEST = 1500
"""Characters of a text: with all that is said beside it, it stays one message on every channel."""


class BrandTextName(StrEnum):
    """Which text it is."""

    HELPLINE = "helpline"
    SAFETY = "safety"


DEFAULTS: dict[BrandTextName, str] = {
    BrandTextName.HELPLINE: _(
        "What you write worries us, and you are not alone with it. There are people who listen right now, free of"
        " charge and without your name:\n"
        "UK and Ireland: Samaritans, **116 123**\n"
        "US: Suicide and Crisis Lifeline, **988** (call or text)\n"
        "Germany: TelefonSeelsorge, **0800 111 0 111** or **0800 111 0 222**\n"
        "Austria: TelefonSeelsorge, **142**. Switzerland: Die Dargebotene Hand, **143**\n"
        "If your life is in danger at this moment, please call **112** (UK also **999**, US **911**)."
    ),
    BrandTextName.SAFETY: _(
        "Your safety comes first. Please do not use the device any more and keep away from it. Only if you can do so"
        " without danger: pull the plug or switch off the fuse. Never put water on it.\n"
        "If there is fire or smoke, if somebody got an electric shock or is hurt: leave the room and call **112**"
        " (UK also **999**, US **911**)."
    ),
}
"""The English message ids; every catalogue has them in its language."""


@dataclass(frozen=True, slots=True)
class BrandTextVersion:
    """One version. `text` None: the default again. `by`: the coordinator's name."""

    name: BrandTextName
    locale: Locale
    version: int
    text: str | None
    by: str | None
    at: datetime
