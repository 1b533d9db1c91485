"""An incident's muster: calling volunteers, the live board, lengthening and ending it; the guide for the first time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiohttp import web

from console import muster_wording
from console.forms import done, languages_in, number_in
from console.inbox import fragment
from console.problems import Problem
from console.rendering import Pages
from console.storm_page import HOME
from console.visits import STAFF, STEERING, Guard, Visit
from desk.errors import InputRejected
from desk.incident import IncidentId
from desk.muster import LONGEST_BRIEFING, Briefing, MusterId, MusterTerms
from desk.people import Locale
from desk.phrases import marked as _
from desk.storm_wishes import Caps
from workflows.call_muster import call_muster, change_briefing, extend_muster
from workflows.care_desk import CareDesk
from workflows.end_muster import call_off, end_muster
from workflows.muster_reads import muster_sheet
from workflows.voice import Voice, speaking

BASE = f"{HOME}/{{incident:[0-9]{{1,18}}}}/muster"
GUIDE = f"{HOME}/guide"
HOURS_OFFERED = (1, 2, 4, 8, 12, 24)
Deed = Callable[[Voice, Visit, MusterId], Awaitable[str]]


class MusterPage:
    """Shows it and obeys its forms. Staff may look, coordinators steer."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        page, action = self._guard.page, self._guard.action
        return [
            web.get(GUIDE, page(self._guide, STAFF)),
            web.get(BASE, page(self._page, STAFF)),
            web.get(f"{BASE}/live", page(self._live, STAFF)),
            web.post(f"{BASE}/call", action(self._call, STEERING)),
            web.post(f"{BASE}/{{muster:[0-9]{{1,18}}}}/{{deed}}", action(self._do, STEERING)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        return self._pages.response("muster.html", visit.locale, **await self._values(visit))

    async def _live(self, visit: Visit) -> web.StreamResponse:
        return fragment(self._pages, visit, "muster_live.html", await self._values(visit))

    async def _values(self, visit: Visit) -> dict[str, Any]:
        sheet = await muster_sheet(self._desk, IncidentId(number_in(visit, "incident")))
        return {
            "visit": visit,
            "me": visit.responder,
            "sheet": sheet,
            "incident": sheet.incident,
            "muster": sheet.muster,
            "base": f"{HOME}/{sheet.incident.id}/muster",
            "steers": visit.responder.role in STEERING,
            "muster_words": muster_wording,
            "hours_offered": HOURS_OFFERED,
            "longest": LONGEST_BRIEFING,
            "hour": timedelta(hours=1),
            "minute": timedelta(minutes=1),
            "locales": list(Locale),
            "now": self._desk.clock.now(),
        }

    async def _guide(self, visit: Visit) -> web.StreamResponse:
        async with self._desk.store.begin() as work:
            opted_in = await work.musters.opted_in()
        storm = self._desk.policy().storm
        return self._pages.response(
            "muster_guide.html", visit.locale, visit=visit, me=visit.responder, incident=None, opted_in=opted_in,
            storm=storm, invitation=muster_wording.INVITATION, locales=list(Locale),
            said=lambda locale, text: self._desk.phrases.say(locale, text),
        )  # fmt: skip

    async def _call(self, visit: Visit) -> web.StreamResponse:
        incident_id = IncidentId(number_in(visit, "incident"))
        async with speaking(self._desk) as voice:
            try:
                await call_muster(voice, visit.responder, incident_id, _terms(visit))
            except InputRejected as error:
                raise _mend(error) from error
        return done(self._desk, visit, f"{HOME}/{incident_id}/muster", _("The call goes out in a moment."))

    async def _do(self, visit: Visit) -> web.StreamResponse:
        deed = DEEDS.get(visit.request.match_info["deed"])
        if deed is None:
            raise Problem(404, "not-found", _("This cannot be found."))
        async with speaking(self._desk) as voice:
            try:
                notice = await deed(voice, visit, MusterId(number_in(visit, "muster")))
            except InputRejected as error:
                raise _mend(error) from error
        return done(self._desk, visit, f"{HOME}/{number_in(visit, 'incident')}/muster", notice)


def _terms(visit: Visit) -> MusterTerms:
    """What was filled in. Raises InputRejected."""
    languages = languages_in(visit.form.get("languages[]", ""))
    return MusterTerms(
        timedelta(hours=number_in(visit, "hours")),
        timedelta(hours=number_in(visit, "rest")),
        Caps(number_in(visit, "at_once"), number_in(visit, "a_day")),
        languages,
        {locale: _briefing(visit, locale) for locale in languages},
    )


def _briefing(visit: Visit, locale: Locale) -> Briefing:
    happened, dos, donts = (
        visit.form.get(f"{name}_{locale.value}", "").replace("\r\n", "\n").strip()
        for name in ("happened", "dos", "donts")
    )
    return Briefing(happened, dos, donts)


def _mend(error: InputRejected) -> Problem:
    text = muster_wording.PROBLEMS.get(error.reason.partition(":")[0], _("The input cannot be taken as it is."))
    return Problem(400, "not-called", text)


async def _extend(voice: Voice, visit: Visit, muster_id: MusterId) -> str:
    await extend_muster(voice, visit.responder, muster_id, timedelta(hours=number_in(visit, "hours")))
    return _("It lasts longer now.")


async def _end(voice: Voice, visit: Visit, muster_id: MusterId) -> str:
    await end_muster(voice, muster_id, visit.responder)
    return _("It is over. Those who came are thanked now.")


async def _call_off(voice: Voice, visit: Visit, muster_id: MusterId) -> str:
    await call_off(voice, visit.responder, muster_id)
    return _("Undone. Whoever was told reads that it was a mistake.")


async def _brief(voice: Voice, visit: Visit, muster_id: MusterId) -> str:
    for locale in languages_in(visit.form.get("languages[]", "")):
        await change_briefing(voice, visit.responder, muster_id, locale, _briefing(visit, locale))
    return _("Saved. Whoever comes from now on reads it.")


DEEDS: dict[str, Deed] = {"extend": _extend, "end": _end, "undo": _call_off, "brief": _brief}
