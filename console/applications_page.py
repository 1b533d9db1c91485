"""Applications of those who want to be volunteers: a coordinator approves or declines them, with a word to them."""

from __future__ import annotations

from aiohttp import web

from console.forms import done, number_in
from console.rendering import Pages
from console.visits import STEERING, Guard, Visit
from desk.application import ApplicationId
from desk.hours_text import hours_in_words, quiet_in_words
from desk.intents import intent_name
from desk.phrases import marked as _
from routing.topics import unit_of_topics
from workflows.apply_to_volunteer import LONGEST_ANSWER, decide_application
from workflows.care_desk import CareDesk

DECIDED_SHOWN = 50


class ApplicationsPage:
    """Shows them and obeys their forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        return [
            web.get("/console/applications", self._guard.page(self._page, STEERING)),
            web.post(
                "/console/applications/{application}/{verb:approve|decline}", self._guard.action(self._decide, STEERING)
            ),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        policy = self._desk.policy()
        async with self._desk.store.begin() as work:
            waiting = await work.applications.waiting()
            decided = await work.applications.decided(limit=DECIDED_SHOWN)
            by = [one.decided_by for one in decided if one.decided_by is not None]
            deciders = await work.people.responders_by_id(by)
        units = unit_of_topics(policy)
        names = {
            topic: policy.unit_name(topic, visit.locale)
            if topic in policy.units
            else self._desk.phrases.say(visit.locale, intent_name(topic))
            for topic in units
        }
        return self._pages.response(
            "applications.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            waiting=waiting,
            decided=decided,
            deciders=deciders,
            approval=policy.peer.approval,
            topic_names=names,
            hours_in_words=lambda hours: hours_in_words(hours, visit.locale),
            quiet_in_words=lambda quiet: quiet_in_words(quiet, visit.locale),
            longest=LONGEST_ANSWER,
        )

    async def _decide(self, visit: Visit) -> web.StreamResponse:
        approve = visit.request.match_info["verb"] == "approve"
        await decide_application(
            self._desk,
            visit.responder,
            ApplicationId(number_in(visit, "application")),
            approve=approve,
            answer=visit.form.get("answer", "").replace("\r\n", "\n").strip(),
        )
        return done(self._desk, visit, "/console/applications", _("Approved.") if approve else _("Declined."))
