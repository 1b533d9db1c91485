"""The public page on which anybody applies to be a volunteer, how their application stands, and a leaver's data.

A code stands for the application, as an invitation's does: whoever has it may go on with it in a chat or a browser.
"""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from console.bodies import read_form
from console.limits import Limit
from console.problems import too_many
from console.rendering import Pages
from console.visits import Guard, spoken
from console.wishes_form import Typed, form_values, problem_in, typed_in, typed_of, wishes_in
from desk.errors import InputRejected, InvitationInvalid
from desk.people import Locale
from workflows.apply_to_volunteer import application_of_code, apply_on_page
from workflows.care_desk import CareDesk
from workflows.leave import taken_along
from workflows.volunteer_choices import CODE_OF_CONDUCT
from workflows.volunteer_wishes import first_wishes

TOKEN = r"{token:[A-Za-z0-9_-]{8,128}}"  # noqa: S105 - a pattern


class JoiningPage:
    """Shows it and obeys its form. Nobody is signed in here."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages
        self._applications = Limit(per_minute=4, burst=8)

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        shielded = self._guard.shielded
        return [
            web.get("/volunteer", shielded(self._form)),
            web.post("/volunteer", shielded(self._apply)),
            web.get(f"/volunteer/code/{TOKEN}", shielded(self._standing)),
            web.get(f"/volunteer/data/{TOKEN}", shielded(self._farewell)),
            web.post(f"/volunteer/data/{TOKEN}", shielded(self._data)),
        ]

    async def _form(self, request: web.Request) -> web.StreamResponse:
        locale = spoken(request, self._desk.locale)
        first = first_wishes(self._desk)
        return self._show(locale, typed_of(first, locale, self._desk.policy(), everything=False))

    def _show(self, locale: Locale, typed: Typed, problem: str | None = None, status: int = 200) -> web.Response:
        policy = self._desk.policy()
        values: dict[str, Any] = form_values(typed, policy, locale)
        return self._pages.response(
            "joining.html",
            locale,
            status=status,
            conduct=CODE_OF_CONDUCT,
            approval=policy.peer.approval,
            problem=problem,
            **values,
        )

    async def _apply(self, request: web.Request) -> web.StreamResponse:
        locale = spoken(request, self._desk.locale)
        form = await read_form(request)
        typed = typed_in(form)
        try:
            if form.get("conduct") != "yes":
                raise InputRejected("conduct: accept it")
            wishes = wishes_in(typed, (locale,))
            wait = self._applications.wait(request.remote or "")
            if wait:
                raise too_many(wait)
            code, _application = await apply_on_page(self._desk, typed.name, wishes, locale)
        except InputRejected as error:
            return self._show(locale, typed, problem_in(error), 400)
        return web.Response(
            status=303, headers={"Location": f"/volunteer/code/{code}?lang={locale.value}", "Cache-Control": "no-store"}
        )

    async def _standing(self, request: web.Request) -> web.StreamResponse:
        self._guard.slow_down(request)
        code = request.match_info["token"]
        application = await application_of_code(self._desk, code)
        return self._pages.response(
            "joining_standing.html", spoken(request, self._desk.locale), code=code, application=application
        )

    async def _farewell(self, request: web.Request) -> web.StreamResponse:
        self._guard.slow_down(request)
        token = request.match_info["token"]
        await taken_along(self._desk, token)
        return self._pages.response("farewell.html", spoken(request, self._desk.locale), token=token)

    async def _data(self, request: web.Request) -> web.StreamResponse:
        self._guard.slow_down(request)
        return data_file(await taken_along(self._desk, request.match_info["token"]))


def data_file(content: str) -> web.Response:
    """A JSON file to keep. Raises InvitationInvalid when it is none."""
    if not isinstance(json.loads(content), dict):
        raise InvitationInvalid("no data")
    headers = {
        "Content-Disposition": 'attachment; filename="volunteer.json"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=content.encode(), content_type="application/json", headers=headers)
