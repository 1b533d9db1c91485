"""Coming in and going out: one-time links, invitations, the help page, signing out, the language.

Links work when they are opened, once. Programs that only look at links (previews of messengers, prefetching
browsers, HEAD) must not use them up: they get a neutral page, and the link stays good.
"""

from __future__ import annotations

import re

from aiohttp import web

from console.rendering import Pages
from console.visits import EVERYBODY, Guard, Visit, spoken
from desk.errors import InputRejected, InvitationInvalid
from desk.people import Locale, Responder
from workflows.apply_to_volunteer import join_by_browser
from workflows.care_desk import CareDesk
from workflows.change_team import change_language
from workflows.people_come import sign_in, sign_out

LOOKERS = re.compile(
    r"(?<!cu)bot\b|whatsapp/|facebookexternalhit|slack-|skypeuripreview|embedly|link.?preview|crawler|spider|viber"
    r"|microsoft office|mastodon|pleroma|synapse|iframely|vkshare",
    re.IGNORECASE,
)
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,128}")


class Doorway:
    """The pages around a session."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        guard = self._guard
        return [
            web.get("/console", self._redirect_home),
            web.get("/console/", guard.shielded(self._home)),
            web.get("/console/sign-in", guard.shielded(self._help)),
            web.get("/console/sign-in/{token}", guard.shielded(self._sign_in)),
            web.get("/console/join/{token}", guard.shielded(self._join)),
            web.post("/console/sign-out", guard.action(self._sign_out, EVERYBODY)),
            web.post("/console/language", guard.action(self._language, EVERYBODY)),
        ]

    async def _redirect_home(self, request: web.Request) -> web.StreamResponse:
        raise web.HTTPPermanentRedirect("/console/")

    async def _home(self, request: web.Request) -> web.StreamResponse:
        visit = await self._guard.visit(request, EVERYBODY)
        raise web.HTTPSeeOther("/console/sign-in" if visit is None else home_of(visit.responder))

    async def _help(self, request: web.Request) -> web.StreamResponse:
        return self._pages.response("sign_in.html", spoken(request, self._desk.locale))

    async def _sign_in(self, request: web.Request) -> web.StreamResponse:
        if only_looks(request):
            return self._neutral(request)
        self._guard.slow_down(request)
        responder, session = await sign_in(self._desk, _token(request))
        return self._let_in(responder, session, home_of(responder))

    async def _join(self, request: web.Request) -> web.StreamResponse:
        if only_looks(request):
            return self._neutral(request)
        self._guard.slow_down(request)
        responder, session = await join_by_browser(self._desk, _token(request))
        return self._let_in(responder, session, f"{home_of(responder)}?welcome=1")

    def _let_in(self, responder: Responder, session: str, place: str) -> web.StreamResponse:
        response = web.Response(
            status=303, headers={"Location": place, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        )
        self._guard.let_in(response, responder, session)
        return response

    def _neutral(self, request: web.Request) -> web.Response:
        return self._pages.response("neutral.html", spoken(request, self._desk.locale))

    async def _sign_out(self, visit: Visit) -> web.StreamResponse:
        response = web.Response(status=303, headers={"Location": "/console/sign-in?out=1"})
        await sign_out(self._desk, self._guard.let_out(response, visit))
        return response

    async def _language(self, visit: Visit) -> web.StreamResponse:
        wanted = visit.form.get("language", "")
        if wanted not in set(Locale):
            raise InputRejected("language: expected de or en")
        await change_language(self._desk, visit.responder, Locale(wanted))
        back = visit.form.get("back", "")
        raise web.HTTPSeeOther(back if re.fullmatch(r"/console/[\w/-]*", back) else home_of(visit.responder))


def home_of(responder: Responder) -> str:
    """The first page of somebody."""
    return "/console/inbox" if responder.role.is_staff else "/console/volunteer"


def only_looks(request: web.Request) -> bool:
    """Whether nobody opens the link: HEAD, a prefetch, or a program that previews links."""
    purpose = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose"))
    agent = request.headers.get("User-Agent", "")
    return (
        request.method != "GET" or bool(re.search("prefetch|preview|prerender", purpose)) or bool(LOOKERS.search(agent))
    )


def _token(request: web.Request) -> str:
    token = request.match_info["token"]
    if not TOKEN.fullmatch(token):
        raise InvitationInvalid("malformed")
    return token
