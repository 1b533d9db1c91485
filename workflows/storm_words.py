"""What alerts are called and how their reasons are said: topics by their names, numbers as the language writes them."""

from __future__ import annotations

import re

from desk.alert import ALL
from desk.intents import intent_name
from desk.people import Locale
from desk.phrases import Term
from desk.phrases import marked as _
from desk.ports import Phrases
from routing.reasons import Reason

TOPIC, CLUSTER, SILENCE = "topic:", "cluster:", "silence"
"""What keys of alerts begin with; SILENCE: nothing comes in though much should."""

ALL_TOPICS = _("All messages")
NOTHING_COMES = _("No messages come in")
SAME_WORDS = _("Messages that say the same")
_DECIMAL = re.compile(r"(\d+)\.(\d+)")


def key_of(topic: str) -> str:
    """The key of a topic's alert. The detector calls all topics together by the empty name."""
    return f"{TOPIC}{topic}" if topic else ALL


def topic_of(key: str) -> str | None:
    """The topic of an alert, None when it is about several or none."""
    return key.removeprefix(TOPIC) if key.startswith(TOPIC) else None


def cluster_of(key: str) -> int | None:
    """The number of an alert's cluster."""
    return int(key.removeprefix(CLUSTER)) if key.startswith(CLUSTER) else None


def subject(phrases: Phrases, locale: Locale, key: str) -> str:
    """What an alert is about."""
    topic = topic_of(key)
    if topic is not None:
        return phrases.say(locale, intent_name(topic))
    if key == SILENCE:
        return phrases.say(locale, NOTHING_COMES)
    return phrases.say(locale, SAME_WORDS if key.startswith(CLUSTER) else ALL_TOPICS)


def said(phrases: Phrases, locale: Locale, reason: Reason) -> str:
    """A reason in words."""
    values: dict[str, object] = {}
    for name, value in reason.values.items():
        if name == "topic":
            values[name] = Term(intent_name(str(value)))
        elif locale is Locale.GERMAN and isinstance(value, str):
            values[name] = _DECIMAL.sub(r"\1,\2", value)
        else:
            values[name] = value
    return phrases.say(locale, reason.text, **values)
