"""What people outside the team read an incident called.

Its title is staff's: the machine makes it, in one language. Contacts and volunteers read the name that a coordinator
gave it in their language; without one, the name of its topic.
"""

from __future__ import annotations

from desk.incident import Incident
from desk.intents import intent_name
from desk.people import Locale
from desk.phrases import marked as _
from workflows.voice import Voice

OF_MANY = _("a problem that many have")


def public_name(voice: Voice, locale: Locale | None, incident: Incident) -> str:
    """In the reader's language; None is the brand's."""
    given = incident.names.of(locale or voice.desk.locale)
    return given or voice.say(locale, intent_name(incident.topic) if incident.topic else OF_MANY)
