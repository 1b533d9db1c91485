"""Pages for coordinators and admins: the team, dead letters, the audit log, the policy in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiohttp import web

from console.forms import done, languages_in, number_in
from console.rendering import Pages
from console.visits import STEERING, Guard, Visit
from desk.conversation import OutboxId
from desk.errors import InputRejected
from desk.people import Invitation, Locale, ResponderId, Role
from desk.phrases import marked as _
from workflows.care_desk import CareDesk
from workflows.change_reply import retry_delivery
from workflows.change_team import invite_to_team, may_steer, set_active
from workflows.console_reads import audit_log, dead_letters, team
from workflows.voice import speaking

LONGEST_NAME = 60
LOG_ENTRIES = 200


class Steering:
    """Shows them and obeys their forms."""

    def __init__(
        self,
        desk: CareDesk,
        guard: Guard,
        pages: Pages,
        *,
        policy_text: Callable[[], str],
        policy_error: Callable[[], str | None],
    ) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages
        self._policy_text, self._policy_error = policy_text, policy_error

    def routes(self) -> list[web.RouteDef]:
        """Their addresses."""
        page, action = self._guard.page, self._guard.action
        return [
            web.get("/console/team", page(self._team, STEERING)),
            web.post("/console/team/invite", action(self._invite, STEERING)),
            web.post("/console/team/{responder}/{verb:activate|deactivate}", action(self._set_active, STEERING)),
            web.get("/console/dead", page(self._dead, STEERING)),
            web.post("/console/dead/{delivery}/retry", action(self._retry, STEERING)),
            web.get("/console/log", page(self._log, STEERING)),
            web.get("/console/policy", page(self._policy, STEERING)),
        ]

    async def _team(self, visit: Visit) -> web.StreamResponse:
        return await self._show_team(visit)

    async def _show_team(self, visit: Visit, **more: Any) -> web.StreamResponse:
        policy = self._desk.policy()
        return self._pages.response(
            "team.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            people=await team(self._desk),
            roles=[role for role in Role if may_steer(visit.responder, role)],
            languages=list(Locale),
            units={unit: policy.unit_name(unit, visit.locale) for unit in policy.units},
            may_steer=may_steer,
            now=self._desk.clock.now(),
            **{"invited": None, **more},
        )

    async def _invite(self, visit: Visit) -> web.StreamResponse:
        """Shows the code once: it is kept nowhere."""
        invitation = self._invitation(visit)
        code = await invite_to_team(self._desk, visit.responder, invitation)
        invited = {"code": code, "url": f"{self._desk.public_url}/console/join/{code}", "role": invitation.role}
        return await self._show_team(visit, invited=invited)

    def _invitation(self, visit: Visit) -> Invitation:
        role, name = visit.form.get("role", ""), visit.form.get("name", "").strip()
        if role not in set(Role):
            raise InputRejected("role: expected volunteer, agent, coordinator or admin")
        if len(name) > LONGEST_NAME:
            raise InputRejected(f"name: at most {LONGEST_NAME} characters")
        chosen = tuple(unit for unit in visit.form.get("units[]", "").split(",") if unit)
        if not set(chosen) <= set(self._desk.policy().units):
            raise InputRejected("units: not all are units of the policy")
        is_volunteer = role == Role.VOLUNTEER
        return Invitation(
            role=Role(role),
            name=name or None,
            units=() if is_volunteer else chosen,
            topics=chosen if is_volunteer else (),
            languages=languages_in(visit.form.get("languages[]", "")),
        )

    async def _set_active(self, visit: Visit) -> web.StreamResponse:
        active = visit.request.match_info["verb"] == "activate"
        await set_active(self._desk, visit.responder, ResponderId(number_in(visit, "responder")), active=active)
        return done(self._desk, visit, "/console/team", _("Let back in.") if active else _("Taken out of the team."))

    async def _dead(self, visit: Visit) -> web.StreamResponse:
        letters = await dead_letters(self._desk)
        return self._pages.response("dead.html", visit.locale, visit=visit, me=visit.responder, letters=letters)

    async def _retry(self, visit: Visit) -> web.StreamResponse:
        async with speaking(self._desk) as voice:
            await retry_delivery(voice, visit.responder, OutboxId(number_in(visit, "delivery")))
        return done(self._desk, visit, "/console/dead", _("It is tried again."))

    async def _log(self, visit: Visit) -> web.StreamResponse:
        entries = await audit_log(self._desk, limit=LOG_ENTRIES)
        return self._pages.response("log.html", visit.locale, visit=visit, me=visit.responder, entries=entries)

    async def _policy(self, visit: Visit) -> web.StreamResponse:
        self._desk.policy()
        return self._pages.response(
            "policy.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            text=self._policy_text(),
            error=self._policy_error(),
        )
