"""Visits: who opens a page of the console, and what they may do there.

A session is a cookie with a random token (workflows.people_come keeps its hash). Staff and volunteers have cookies of
their own, so that one browser can be both. Every POST carries a token derived from the session by HMAC: another site
cannot know it. Bodies are small forms; limits count per session for writes and per address for signing in.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from aiohttp import web

from console.bodies import read_form
from console.limits import Limit
from console.problems import Problem, our_fault, out_of_order, problem_of, too_many
from console.rendering import Pages
from desk.errors import DeskError, InputRejected, StorageUnavailable
from desk.people import Locale, Responder, Role
from desk.phrases import marked as _
from workflows.care_desk import CareDesk
from workflows.people_come import SESSION_LASTS, who_is
from workflows.voice import CONSOLE, Origin

LONGEST_TEXT = 20_000
STAFF_COOKIE, VOLUNTEER_COOKIE = "zuruf_staff", "zuruf_volunteer"
FORM_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
EVERYBODY = frozenset(Role)
STAFF = frozenset({Role.AGENT, Role.COORDINATOR, Role.ADMIN})
STEERING = frozenset({Role.COORDINATOR, Role.ADMIN})
VOLUNTEERS = frozenset({Role.VOLUNTEER})

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Visit:
    """One request of somebody who is signed in."""

    request: web.Request
    responder: Responder
    csrf: str
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def locale(self) -> Locale:
        """The language of the page."""
        return self.responder.locale

    @property
    def wants_json(self) -> bool:
        """A script asks, not a browser that navigates."""
        return "application/json" in self.request.headers.get("Accept", "")

    def text(self, name: str = "text") -> str:
        """A field with words. Raises InputRejected when it is blank or too long."""
        text = self.form.get(name, "").replace("\r\n", "\n").strip()
        if not text:
            raise InputRejected(f"{name}: empty")
        if len(text) > LONGEST_TEXT:
            raise InputRejected(f"{name}: at most {LONGEST_TEXT} characters")
        return text

    def origin(self) -> Origin:
        """Names this form, so that sending it twice does it once. Raises InputRejected."""
        token = self.form.get("form", "")
        if not FORM_TOKEN.fullmatch(token):
            raise InputRejected("form: missing or malformed")
        return Origin(CONSOLE, f"{self.responder.id}:{token}")


VisitHandler = Callable[[Visit], Awaitable[web.StreamResponse]]


class Guard:
    """Lets the right people through to the handlers of pages and forms."""

    def __init__(self, desk: CareDesk, pages: Pages, *, secret_key: bytes, secure: bool) -> None:
        self._desk, self._pages, self._secure = desk, pages, secure
        self._secret_key = secret_key
        self._writes = Limit(per_minute=120, burst=40)
        self._arrivals = Limit(per_minute=60, burst=30)

    def page(self, handler: VisitHandler, roles: frozenset[Role]) -> Handler:
        """For GET: those who are not signed in go to the page that says how."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            visit = await self.visit(request, roles)
            if visit is None:
                raise web.HTTPSeeOther("/console/sign-in")
            return await handler(visit)

        return self.shielded(guarded)

    def action(self, handler: VisitHandler, roles: frozenset[Role]) -> Handler:
        """For POST: a form with its session's token."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            form = await read_form(request)
            visits = await self._visits(request)
            visit = next((one for one in visits if _same(one.csrf, form.get("csrf", ""))), None)
            if visit is None:
                raise _wrong_form() if visits else _signed_out()
            if visit.responder.role not in roles:
                raise _not_allowed()
            wait = self._writes.wait(visit.csrf)
            if wait:
                raise too_many(wait)
            return await handler(replace(visit, form=form))

        return self.shielded(guarded)

    def shielded(self, handler: Handler) -> Handler:
        """Turns refusals into pages, or into problem documents for scripts."""

        async def shielded(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except Problem as problem:
                return await self._refuse(request, problem)
            except DeskError as error:
                return await self._refuse(request, problem_of(error))
            except StorageUnavailable:
                return await self._refuse(request, out_of_order())
            except (web.HTTPException, ConnectionError):
                raise
            except Exception:
                log.exception("a page failed", extra={"method": request.method, "route": _route(request)})
                return await self._refuse(request, our_fault())

        return shielded

    async def visit(self, request: web.Request, roles: frozenset[Role]) -> Visit | None:
        """Who is there with one of these roles. None: nobody is signed in. Raises Problem for another role."""
        visits = await self._visits(request)
        if not visits:
            return None
        visit = next((one for one in visits if one.responder.role in roles), None)
        if visit is None:
            raise _not_allowed()
        return visit

    async def _visits(self, request: web.Request) -> list[Visit]:
        """Everybody who is signed in with this browser: at most one of staff and one volunteer."""
        tokens = [request.cookies.get(cookie) for cookie in (STAFF_COOKIE, VOLUNTEER_COOKIE)]
        found = [(token, await who_is(self._desk, token)) for token in tokens if token]
        return [Visit(request, responder, self.csrf(token)) for token, responder in found if responder is not None]

    def csrf(self, session: str) -> str:
        """The token that forms of a session carry."""
        return hmac.new(self._secret_key, b"console form " + session.encode(), hashlib.sha256).hexdigest()

    def let_in(self, response: web.Response, responder: Responder, session: str) -> None:
        """Gives the browser its session."""
        response.set_cookie(
            STAFF_COOKIE if responder.role.is_staff else VOLUNTEER_COOKIE,
            session,
            path="/console",
            max_age=int(SESSION_LASTS.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=self._secure,
        )

    def let_out(self, response: web.Response, visit: Visit) -> str:
        """Takes the session from the browser. Returns its token."""
        for cookie in (STAFF_COOKIE, VOLUNTEER_COOKIE):
            token = visit.request.cookies.get(cookie)
            if token and _same(self.csrf(token), visit.csrf):
                response.del_cookie(cookie, path="/console")
                return token
        raise _signed_out()

    def slow_down(self, request: web.Request) -> None:
        """Limits how often an address may try links. Raises Problem."""
        wait = self._arrivals.wait(request.remote or "")
        if wait:
            raise too_many(wait)

    async def _refuse(self, request: web.Request, problem: Problem) -> web.StreamResponse:
        locale = spoken(request, self._desk.locale)
        if "application/json" in request.headers.get("Accept", ""):
            return problem.response(self._desk.phrases, locale)
        message = problem.said(self._desk.phrases, locale)
        return self._pages.response(
            "problem.html", locale, status=problem.status, headers=problem.headers, message=message
        )


def _route(request: web.Request) -> str:
    """The address without what people put into it."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "-"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _signed_out() -> Problem:
    return Problem(401, "signed-out", _("You are signed out. Please sign in again; your text is still here."))


def _wrong_form() -> Problem:
    return Problem(403, "wrong-form", _("This form is out of date. Please reload the page."))


def _not_allowed() -> Problem:
    return Problem(403, "not-allowed", _("You may not do this, or it is not yours (any more)."))


def spoken(request: web.Request, default: Locale) -> Locale:
    """The language of somebody who is not signed in: `?lang=`, else their browser's first one that we speak."""
    asked = request.query.get("lang", "")
    if asked in set(Locale):
        return Locale(asked)
    for part in request.headers.get("Accept-Language", "")[:200].split(","):
        code = part.strip().lower()[:2]
        if code in set(Locale):
            return Locale(code)
    return default
