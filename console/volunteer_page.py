"""A volunteer's own page: offers, the questions they hold, their pause. It never shows personal data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aiohttp import web

from console.forms import done, form_token, number_in
from console.problems import Problem
from console.rendering import Pages
from console.visits import VOLUNTEERS, Guard, Visit
from desk.answer import AnswerKind
from desk.errors import InputRejected
from desk.muster import MusterId
from desk.offer import OfferId
from desk.phrases import marked as _
from desk.ticket import Status, TicketId
from workflows.accept_offer import accept_offer, hand_back, hand_up, pass_offer
from workflows.answer_call import come, decline
from workflows.answer_from_page import answer_from_page
from workflows.answers_on_page import answers_on_page
from workflows.approved_wording import wordings_for
from workflows.care_desk import CareDesk
from workflows.console_reads import volunteer_desk
from workflows.keep_apart import APART, avoid_asker
from workflows.muster_reads import musters_of
from workflows.pause_offers import pause_offers
from workflows.say_why import WHY
from workflows.use_wording import use_wording
from workflows.voice import speaking

PAUSES: tuple[tuple[int, str], ...] = (
    (2, _("2 hours")),
    (8, _("8 hours")),
    (24, _("a day")),
    (24 * 7, _("a week")),
)


class VolunteerPage:
    """Shows what waits and obeys its forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        page, action = self._guard.page, self._guard.action
        return [
            web.get("/console/volunteer", page(self._page, VOLUNTEERS)),
            web.get("/console/volunteer/live", page(self._live, VOLUNTEERS)),
            web.post("/console/volunteer/offers/{offer}/{verb}", action(self._offer, VOLUNTEERS)),
            web.post("/console/volunteer/questions/{question}/wording", action(self._wording, VOLUNTEERS)),
            web.post("/console/volunteer/questions/{question}/{verb}", action(self._question, VOLUNTEERS)),
            web.post("/console/volunteer/musters/{muster}/{verb}", action(self._muster, VOLUNTEERS)),
            web.post("/console/volunteer/pause", action(self._pause, VOLUNTEERS)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        return self._pages.response("volunteer.html", visit.locale, **await self._values(visit))

    async def _live(self, visit: Visit) -> web.StreamResponse:
        return self._pages.response("volunteer_live.html", visit.locale, **await self._values(visit))

    async def _offer(self, visit: Visit) -> web.StreamResponse:
        offer_id = OfferId(number_in(visit, "offer"))
        async with speaking(self._desk) as voice:
            match visit.request.match_info["verb"]:
                case "take":
                    await accept_offer(voice, visit.responder, offer_id)
                    notice = _("It is yours!")
                case "pass":
                    await pass_offer(voice, visit.responder, offer_id)
                    notice = _("Passed. That is fine, thank you for looking!")
                case _:
                    raise Problem(404, "not-found", _("This cannot be found."))
        return self._back(visit, notice)

    async def _question(self, visit: Visit) -> web.StreamResponse:
        ticket_id = TicketId(number_in(visit, "question"))
        refused: str | None = None
        async with speaking(self._desk) as voice:
            match visit.request.match_info["verb"]:
                case "answer" | "ask-back" as verb:
                    kind = AnswerKind.ANSWER if verb == "answer" else AnswerKind.QUESTION
                    notice, refused = await answer_from_page(
                        voice, visit.responder, ticket_id, visit.text(), origin=visit.origin(), kind=kind
                    )
                case "hand-back":
                    await hand_back(voice, visit.responder, ticket_id)
                    notice = _("Handed back. Thank you!")
                case "avoid":
                    await avoid_asker(voice, visit.responder, ticket_id)
                    notice = APART
                case "to-staff":
                    await hand_up(voice, visit.responder, ticket_id, visit.form.get("reason", "").strip()[:500])
                    notice = _("Staff have it now. Thank you!")
                case _:
                    raise Problem(404, "not-found", _("This cannot be found."))
        if refused is not None:
            raise Problem(422, "not-sent", refused)
        return self._back(visit, notice)

    async def _muster(self, visit: Visit) -> web.StreamResponse:
        muster_id = MusterId(number_in(visit, "muster"))
        async with speaking(self._desk) as voice:
            match visit.request.match_info["verb"]:
                case "in":
                    notice = await come(voice, visit.responder, muster_id)
                case "not-now":
                    notice = await decline(voice, visit.responder, muster_id)
                case _:
                    raise Problem(404, "not-found", _("This cannot be found."))
        return self._back(visit, notice)

    async def _wording(self, visit: Visit) -> web.StreamResponse:
        async with speaking(self._desk) as voice:
            notice = await use_wording(voice, visit.responder, TicketId(number_in(visit, "question")))
        return self._back(visit, notice)

    async def _pause(self, visit: Visit) -> web.StreamResponse:
        hours = number_in(visit, "hours")
        if hours > 24 * 90:
            raise InputRejected("hours: expected 0 to 2160")
        async with speaking(self._desk) as voice:
            await pause_offers(voice, visit.responder, timedelta(hours=hours))
        notice = _("No offers for now. Rest well!") if hours else _("Welcome back! You get offers again.")
        return self._back(visit, notice)

    def _back(self, visit: Visit, notice: str) -> web.StreamResponse:
        return done(self._desk, visit, "/console/volunteer", notice)

    async def _values(self, visit: Visit) -> dict[str, Any]:
        now = self._desk.clock.now()
        shown = await volunteer_desk(self._desk, visit.responder)
        policy = self._desk.policy()
        until = visit.responder.paused_until
        return {
            "visit": visit,
            "me": visit.responder,
            "shown": shown,
            "musters": await musters_of(self._desk, visit.responder),
            "wordings": await wordings_for(self._desk, [one.ticket for one in shown.held]),
            "answers": await answers_on_page(self._desk, visit.responder),
            "reasons": WHY,
            "unit_names": {unit: policy.unit_name(unit, visit.locale) for unit in policy.units},
            "pauses": PAUSES,
            "paused_until": until if until is not None and until > now else None,
            "now": now,
            "form_token": form_token,
            "answered": Status.PENDING,
            "welcome": "welcome" in visit.request.query,
        }
