"""The storm room: how it stands, alerts, incidents that wait for a decision, those under way, those that are over.

Staff may look; coordinators and admins decide, and may open an incident by hand.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from console import storm_wording
from console.forms import done, number_in
from console.inbox import fragment
from console.rendering import Pages
from console.visits import STAFF, STEERING, Guard, Visit
from desk.alert import ALL, AlertId
from desk.incident import LONGEST_TITLE, Incident, PublicNames
from desk.intents import INTENT, intent_name
from desk.people import Locale
from desk.phrases import marked as _
from routing.storm import StormLevel
from workflows.buttons import Action
from workflows.care_desk import CareDesk
from workflows.open_incident import open_incident
from workflows.storm_reads import storm_room
from workflows.storm_words import topic_of
from workflows.taps_of_storm import STORM_VERBS
from workflows.voice import speaking

HOME = "/console/storm"


def names_in(visit: Visit) -> PublicNames:
    """What a form says that contacts read."""
    return PublicNames(visit.form.get("name_de"), visit.form.get("name_en"))


class StormPage:
    """Shows the room and obeys its forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        page, action = self._guard.page, self._guard.action
        return [
            web.get(HOME, page(self._page, STAFF)),
            web.get(f"{HOME}/live", page(self._live, STAFF)),
            web.post(f"{HOME}/open", action(self._open, STEERING)),
            web.post(f"{HOME}/alerts/{{alert}}/acknowledge", action(self._acknowledge, STEERING)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        return self._pages.response("storm.html", visit.locale, **await self._values(visit))

    async def _live(self, visit: Visit) -> web.StreamResponse:
        return fragment(self._pages, visit, "storm_live.html", await self._values(visit))

    async def _values(self, visit: Visit) -> dict[str, Any]:
        return {
            "visit": visit,
            "me": visit.responder,
            "incident": None,
            "room": await storm_room(self._desk),
            "steers": visit.responder.role in STEERING,
            "storm_words": storm_wording,
            "named": lambda key: self._named(key, visit.locale),
            "topics": topics(self._desk, visit.locale),
            "longest_title": LONGEST_TITLE,
            "now": self._desk.clock.now(),
            "frozen": [one for one in INTENT if self._desk.storms.frozen_until(one, self._desk.clock.now())],
            "may_freeze": self._may_freeze,
        }

    def _may_freeze(self, key: str) -> str | None:
        """The topic of an alert on which the playbook lets people freeze automatic answers, unless they are."""
        topic, storms = topic_of(key), self._desk.storms
        if topic not in INTENT or storms.frozen_until(topic, self._desk.clock.now()) is not None:
            return None
        return topic if storms.playbook.play(StormLevel.STORM, topic).freeze != "never" else None

    def _named(self, key: str, locale: Locale) -> str:
        """What an alert or a level is about, by its key."""
        kind, _colon, rest = key.partition(":")
        if kind == "topic":
            return self._desk.phrases.say(locale, intent_name(rest))
        if kind == "cluster":
            return self._desk.phrases.say(locale, _("Messages that say the same"))
        return self._desk.phrases.say(locale, _("All messages") if key == ALL else intent_name(key))

    async def _open(self, visit: Visit) -> web.StreamResponse:
        async with speaking(self._desk) as voice:
            title, topic = visit.form.get("title", ""), visit.form.get("topic", "")
            names = names_in(visit)
            incident_id = await open_incident(voice, visit.responder, title=title, topic=topic or None, names=names)
        return done(self._desk, visit, f"{HOME}/{incident_id}", _("Opened."))

    async def _acknowledge(self, visit: Visit) -> web.StreamResponse:
        alert_id = AlertId(number_in(visit, "alert"))
        async with speaking(self._desk) as voice:
            notice = await STORM_VERBS["storm.ack"](voice, visit.responder, Action("storm.ack", alert_id, None))
        return done(self._desk, visit, HOME, notice)


def topics(desk: CareDesk, locale: Locale) -> dict[str, str]:
    """Every intent with its name, by name."""
    named = {intent: desk.phrases.say(locale, name) for intent, name in INTENT.items()}
    return dict(sorted(named.items(), key=lambda one: one[1].casefold()))


def address_of(incident: Incident) -> str:
    """An incident's page."""
    return f"{HOME}/{incident.id}"
