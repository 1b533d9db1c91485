"""What a storm was: the report of an incident as a page, as a picture and as a PDF, and its lessons.

Staff may read it and say that a lesson is done; coordinators and admins add lessons.
"""

from __future__ import annotations

from datetime import date, timedelta, tzinfo

from aiohttp import web

from console.forms import done, number_in
from console.problems import Problem
from console.rendering import SECURITY_HEADERS, Pages
from console.visits import STAFF, STEERING, Guard, Visit
from desk.incident import IncidentId
from desk.lesson import LONGEST_LESSON, LessonId
from desk.people import ResponderId
from desk.phrases import marked as _
from desk.storm_report import StormRecord
from desk.told_report import StormReporter
from workflows.care_desk import CareDesk
from workflows.keep_lessons import add_lesson, settle_lesson
from workflows.storm_record import storm_record
from workflows.voice import speaking

HOME = "/console/storm/{incident:[0-9]+}"
SOON = timedelta(days=14)
"""When a lesson is due unless somebody says otherwise."""


class ReportPage:
    """Shows it, and obeys the forms about lessons. `zone`: whose days lessons are due on."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages, reporter: StormReporter, zone: tzinfo) -> None:
        self._desk, self._guard, self._pages, self._reporter, self._zone = desk, guard, pages, reporter, zone

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        page, action = self._guard.page, self._guard.action
        return [
            web.get(f"{HOME}/report", page(self._page, STAFF)),
            web.get(f"{HOME}/report.png", page(self._picture, STAFF)),
            web.get(f"{HOME}/report.pdf", page(self._pdf, STAFF)),
            web.post(f"{HOME}/lessons", action(self._add, STEERING)),
            web.post(f"{HOME}/lessons/{{lesson:[0-9]+}}", action(self._settle, STAFF)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        record = await self._record(visit)
        today = self._desk.clock.now().astimezone(self._zone).date()
        async with self._desk.store.begin() as work:
            people = await work.people.responders()
        return self._pages.response(
            "storm_report.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            incident=record.incident,
            report=self._reporter.told(record, visit.locale),
            lessons=record.lessons,
            owners=[one for one in people if one.active and one.role in STAFF],
            steers=visit.responder.role in STEERING,
            today=today,
            soon=today + SOON,
            longest=LONGEST_LESSON,
        )

    async def _picture(self, visit: Visit) -> web.StreamResponse:
        png = await self._reporter.picture(await self._record(visit), visit.locale)
        return web.Response(body=png, content_type="image/png", headers=SECURITY_HEADERS)

    async def _pdf(self, visit: Visit) -> web.StreamResponse:
        record = await self._record(visit)
        pdf = await self._reporter.pdf(record, visit.locale)
        name = {"Content-Disposition": f'inline; filename="incident-{record.incident.id}.pdf"'}
        return web.Response(body=pdf, content_type="application/pdf", headers={**SECURITY_HEADERS, **name})

    async def _record(self, visit: Visit) -> StormRecord:
        return await storm_record(self._desk, visit.responder, IncidentId(number_in(visit, "incident")))

    async def _add(self, visit: Visit) -> web.StreamResponse:
        incident_id, text = IncidentId(number_in(visit, "incident")), visit.text("text")
        if self._desk.find_personal_data(text):
            said = _("A lesson holds no personal data: please say it without names, numbers and addresses.")
            raise Problem(400, "personal-data", said)
        try:
            due = date.fromisoformat(visit.form.get("due", ""))
        except ValueError:
            raise Problem(400, "day-expected", _("Please choose a day.")) from None
        owner = ResponderId(number_in(visit, "owner"))
        async with speaking(self._desk) as voice:
            await add_lesson(voice, visit.responder, incident_id, text=text, owner_id=owner, due=due)
        return done(self._desk, visit, _address(incident_id), _("Added."))

    async def _settle(self, visit: Visit) -> web.StreamResponse:
        incident_id, lesson_id = IncidentId(number_in(visit, "incident")), LessonId(number_in(visit, "lesson"))
        async with speaking(self._desk) as voice:
            await settle_lesson(voice, visit.responder, incident_id, lesson_id, done="done" in visit.form)
        return done(self._desk, visit, _address(incident_id), _("Saved."))


def _address(incident_id: IncidentId) -> str:
    return f"/console/storm/{incident_id}/report#lessons"
