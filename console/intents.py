"""The intents of the policy in the order in which people look for them: by their names in the page's language."""

from __future__ import annotations

from collections.abc import Sequence

from desk.intents import intent_name
from desk.people import Locale
from workflows.care_desk import CareDesk


def intents_by_name(desk: CareDesk, locale: Locale) -> Sequence[str]:
    """All of them."""
    return sorted(desk.policy().intents, key=lambda intent: desk.phrases.say(locale, intent_name(intent)).casefold())
