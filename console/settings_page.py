"""A volunteer's settings on their page: wishes, entrance tests, their data, leaving."""

from __future__ import annotations

from aiohttp import web

from console.forms import done
from console.joining_page import data_file
from console.problems import Problem
from console.rendering import Pages
from console.storm_wishes_form import storm_wishes_in
from console.visits import VOLUNTEERS, Guard, Visit
from console.wishes_form import Typed, form_values, problem_in, typed_in, typed_of, wishes_in
from desk.conversation import Address
from desk.entrance_test import right_answers
from desk.errors import InputRejected, NotFound
from desk.phrases import marked as _
from workflows.care_desk import CareDesk
from workflows.leave import leave, own_data
from workflows.sit_test import answer_all, begin_sitting, tests_ahead
from workflows.voice import preferred, speaking
from workflows.volunteer_wishes import save_wishes, wishes_of
from workflows.wish_for_storms import wish_for_storms

HOME = "/console/volunteer/settings"


class SettingsPage:
    """Shows them and obeys their forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        page, action = self._guard.page, self._guard.action
        return [
            web.get(HOME, page(self._page, VOLUNTEERS)),
            web.post(HOME, action(self._save, VOLUNTEERS)),
            web.post(f"{HOME}/storms", action(self._storms, VOLUNTEERS)),
            web.get("/console/volunteer/tests/{unit}", page(self._test, VOLUNTEERS)),
            web.post("/console/volunteer/tests/{unit}", action(self._answers, VOLUNTEERS)),
            web.get("/console/volunteer/data", page(self._data, VOLUNTEERS)),
            web.post("/console/volunteer/leave", action(self._leave, VOLUNTEERS)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        async with self._desk.store.begin() as work:
            wishes = await wishes_of(self._desk, work, visit.responder)
        return await self._show(visit, typed_of(wishes, visit.locale, self._desk.policy(), everything=True))

    async def _show(
        self, visit: Visit, typed: Typed, problem: str | None = None, status: int = 200
    ) -> web.StreamResponse:
        policy = self._desk.policy()
        async with speaking(self._desk) as voice:
            ahead = await tests_ahead(voice, visit.responder)
            storms = await voice.work.musters.storm_wishes(visit.responder.id)
        return self._pages.response(
            "settings.html",
            visit.locale,
            status=status,
            visit=visit,
            me=visit.responder,
            ahead=ahead,
            storms=storms,
            now=self._desk.clock.now(),
            problem=problem,
            **form_values(typed, policy, visit.locale),
        )

    async def _save(self, visit: Visit) -> web.StreamResponse:
        typed = typed_in(visit.form)
        try:
            wishes = wishes_in(typed, visit.responder.languages)
            if not wishes.topics:
                raise InputRejected("topics: choose at least one")
            async with speaking(self._desk) as voice:
                await save_wishes(voice, visit.responder, wishes)
        except InputRejected as error:
            if visit.wants_json:
                raise
            return await self._show(visit, typed, problem_in(error), 400)
        return done(self._desk, visit, f"{HOME}?saved=1", _("Saved."))

    async def _storms(self, visit: Visit) -> web.StreamResponse:
        try:
            wishes = storm_wishes_in(visit.form)
            async with speaking(self._desk) as voice:
                await wish_for_storms(voice, visit.responder, wishes)
        except InputRejected as error:
            raise Problem(400, "wrong-number", problem_in(error)) from error
        return done(self._desk, visit, f"{HOME}?saved=1", _("Saved."))

    async def _test(self, visit: Visit) -> web.StreamResponse:
        unit = visit.request.match_info["unit"]
        async with speaking(self._desk) as voice:
            test, _sitting = await begin_sitting(voice, visit.responder, unit)
        return self._pages.response(
            "entrance_test.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            test=test,
            name=self._desk.policy().unit_name(unit, visit.locale),
            result=None,
        )

    async def _answers(self, visit: Visit) -> web.StreamResponse:
        unit = visit.request.match_info["unit"]
        answers: list[int] = []
        while (said := visit.form.get(f"answer-{len(answers)}")) is not None and len(answers) < 20:
            if not (said.isascii() and said.isdigit() and len(said) < 3):
                raise InputRejected("answers: expected numbers")
            answers.append(int(said))
        async with speaking(self._desk) as voice:
            test, sitting = await answer_all(voice, visit.responder, unit, answers)
        return self._pages.response(
            "entrance_test.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            test=test,
            name=self._desk.policy().unit_name(unit, visit.locale),
            result=sitting,
            right=right_answers(test, sitting.answers),
            again_at=None if sitting.passed or sitting.ended_at is None else sitting.ended_at + test.repeat_after,
        )

    async def _data(self, visit: Visit) -> web.StreamResponse:
        return data_file(await own_data(self._desk, visit.responder))

    async def _leave(self, visit: Visit) -> web.StreamResponse:
        if visit.form.get("sure") != "yes":
            raise InputRejected("sure: expected yes")
        async with self._desk.store.begin() as work:
            account = preferred(await work.people.accounts([visit.responder.id]))
        told = None if account is None or account.chat is None else Address(account.channel, account.chat)
        link = await leave(self._desk, visit.responder, told)
        if not link.startswith(self._desk.public_url):
            raise NotFound("no link")
        return web.Response(
            status=303, headers={"Location": link.removeprefix(self._desk.public_url), "Cache-Control": "no-store"}
        )
