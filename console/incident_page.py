"""An incident's page: what it is, why it was proposed, which questions follow it, and what a coordinator may do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from console import storm_wording
from console.forms import done, number_in
from console.inbox import fragment
from console.problems import Problem
from console.pulse import HEIGHT, WIDTH, bars
from console.rendering import Pages
from console.storm_page import HOME, names_in, topics
from console.visits import STAFF, STEERING, Guard, Visit
from desk.errors import InputRejected
from desk.incident import LONGEST_TITLE, IncidentId
from desk.muster import MusterId, can_be_called_off
from desk.phrases import marked as _
from desk.statement import LONGEST_STATEMENT
from desk.ticket import TicketId
from workflows.care_desk import CareDesk
from workflows.change_incident import add_to_incident, edit_incident, join_incidents, split_incident, take_out
from workflows.decide_incident import confirm_incident, dismiss_incident
from workflows.offer_muster import call_at_once, undo
from workflows.resolve_incident import reopen_incident, resolve_incident
from workflows.storm_reads import incident_sheet
from workflows.voice import Voice, speaking

Deed = Callable[[Voice, Visit, IncidentId], Awaitable[str]]
BASE = f"{HOME}/{{incident:[0-9]{{1,18}}}}"


class IncidentPage:
    """Shows an incident and obeys its forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        page, action = self._guard.page, self._guard.action
        return [
            web.get(BASE, page(self._page, STAFF)),
            web.get(f"{BASE}/live", page(self._live, STAFF)),
            web.post(f"{HOME}/follow", action(self._follow, STEERING)),
            web.post(f"{BASE}/do/take-out", action(self._take_out, STEERING)),
            web.post(f"{BASE}/do/{{deed}}", action(self._do, STEERING)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        return self._pages.response("incident.html", visit.locale, **await self._values(visit))

    async def _live(self, visit: Visit) -> web.StreamResponse:
        return fragment(self._pages, visit, "incident_live.html", await self._values(visit))

    async def _values(self, visit: Visit) -> dict[str, Any]:
        sheet = await incident_sheet(self._desk, _incident(visit))
        return {
            "visit": visit,
            "me": visit.responder,
            "sheet": sheet,
            "may_undo_muster": sheet.muster is not None and can_be_called_off(*sheet.muster),
            "incident": sheet.incident,
            "base": f"{HOME}/{sheet.incident.id}",
            "bars": bars(sheet.pulse.counts),
            "drawing": (WIDTH, HEIGHT),
            "steers": visit.responder.role in STEERING,
            "storm_words": storm_wording,
            "topics": topics(self._desk, visit.locale),
            "longest_title": LONGEST_TITLE,
            "longest_answer": LONGEST_STATEMENT,
            "now": self._desk.clock.now(),
        }

    async def _do(self, visit: Visit) -> web.StreamResponse:
        deed = DEEDS.get(visit.request.match_info["deed"])
        if deed is None:
            raise Problem(404, "not-found", _("This cannot be found."))
        incident_id = _incident(visit)
        async with speaking(self._desk) as voice:
            notice = await deed(voice, visit, incident_id)
        return done(self._desk, visit, f"{HOME}/{incident_id}", notice)

    async def _follow(self, visit: Visit) -> web.StreamResponse:
        """From a ticket's page."""
        async with speaking(self._desk) as voice:
            notice = await _add(voice, visit, _incident(visit))
        return done(self._desk, visit, f"/console/tickets/{visit.form.get('number', '')}", notice)

    async def _take_out(self, visit: Visit) -> web.StreamResponse:
        """Each in a transaction of its own: none holds two conversations."""
        incident_id = _incident(visit)
        for ticket_id in _chosen(visit):
            async with speaking(self._desk) as voice:
                await take_out(voice, visit.responder, incident_id, ticket_id)
        return done(self._desk, visit, f"{HOME}/{incident_id}", _("Taken out. It goes its own way."))


def _incident(visit: Visit) -> IncidentId:
    return IncidentId(number_in(visit, "incident"))


def _chosen(visit: Visit) -> list[TicketId]:
    """Tickets that were ticked. Raises InputRejected."""
    said = [one for one in visit.form.get("tickets[]", "").split(",") if one]
    if not said or not all(one.isascii() and one.isdigit() and len(one) < 19 for one in said):
        raise InputRejected("tickets: choose at least one")
    return [TicketId(int(one)) for one in said]


async def _confirm(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    await confirm_incident(voice, visit.responder, incident_id)
    return _("Confirmed. Its questions are taken in now.")


async def _muster(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    await call_at_once(voice, visit.responder, incident_id)
    return _("The call goes out in a moment.")


async def _undo_muster(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    await undo(voice, visit.responder, MusterId(number_in(visit, "muster")))
    return _("Undone. Whoever was told reads that it was a mistake.")


async def _dismiss(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    await dismiss_incident(voice, visit.responder, incident_id)
    return _("Dismissed. Its questions go their own way.")


async def _edit(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    title, topic = visit.form.get("title", ""), visit.form.get("topic", "")
    names = names_in(visit)
    await edit_incident(voice, visit.responder, incident_id, title=title, topic=topic or None, names=names)
    return _("Changed.")


async def _join(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    await join_incidents(voice, visit.responder, incident_id, IncidentId(number_in(visit, "into")))
    return _("Joined.")


async def _split(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    title = visit.form.get("title", "")
    await split_incident(voice, visit.responder, incident_id, title=title, tickets=_chosen(visit))
    return _("Split off. The new incident is in the storm room.")


async def _add(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    try:
        await add_to_incident(voice, visit.responder, incident_id, visit.form.get("number", "").strip())
    except InputRejected:
        text = _("It is solved already, or follows another incident: then take it out there first.")
        raise Problem(409, "follows-another", text) from None
    return _("It follows this incident now.")


async def _resolve(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    text_de, text_en = (visit.form.get(name, "").replace("\r\n", "\n") for name in ("text_de", "text_en"))
    await resolve_incident(voice, visit.responder, incident_id, text_de=text_de, text_en=text_en)
    return _("Resolved. The answer goes out to everybody who waits.")


async def _reopen(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    await reopen_incident(voice, visit.responder, incident_id)
    return _("Open again.")


DEEDS: dict[str, Deed] = {
    "confirm": _confirm,
    "dismiss": _dismiss,
    "muster": _muster,
    "undo-muster": _undo_muster,
    "edit": _edit,
    "join": _join,
    "split": _split,
    "add": _add,
    "resolve": _resolve,
    "reopen": _reopen,
}
