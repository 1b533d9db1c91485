"""A ticket's page for staff: everything at a glance, and what they can do about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp import web

from console.forms import done, form_token, number_in
from console.inbox import fragment
from console.intents import intents_by_name
from console.problems import Problem, problem_of
from console.rendering import Pages
from console.visits import STAFF, Guard, Visit
from desk.conversation import MessageId, OutboxId
from desk.errors import DeskError, InputRejected, TicketTaken
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import Lane, Priority, Status, Ticket, TicketId
from workflows.answers_on_page import answers_of
from workflows.block_contact import block_contact
from workflows.care_desk import CareDesk
from workflows.change_reply import delete_reply, edit_reply, retry_delivery
from workflows.change_ticket import claim_ticket, hold_ticket, release_ticket, resume_ticket, solve_ticket
from workflows.console_reads import TicketSheet, ticket_id_of, ticket_sheet
from workflows.correct_reading import correct_reading
from workflows.refile_ticket import call_to_staff, refile_ticket
from workflows.staff_writes import add_note, reply_to_contact
from workflows.voice import Origin, Voice, speaking

Verb = Callable[[Voice, Responder, TicketId], Awaitable[Ticket | None]]
VERBS: dict[str, tuple[Verb, str]] = {
    "claim": (claim_ticket, _("It is yours!")),
    "release": (release_ticket, _("Back in the queue.")),
    "hold": (hold_ticket, _("On hold.")),
    "resume": (resume_ticket, _("Open again.")),
    "solve": (solve_ticket, _("Marked as solved.")),
    "to-staff": (call_to_staff, _("Staff have it now.")),
    "block": (partial(block_contact, blocked=True), _("This contact is blocked.")),
    "unblock": (partial(block_contact, blocked=False), _("This contact is no longer blocked.")),
}


class TicketPage:
    """Shows a ticket and obeys its forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        base = "/console/tickets/{number}"
        page, action = self._guard.page, self._guard.action
        return [
            web.get(base, page(self._page, STAFF)),
            web.get(f"{base}/live", page(self._live, STAFF)),
            web.post(f"{base}/reply", action(self._reply, STAFF)),
            web.post(f"{base}/note", action(self._note, STAFF)),
            web.post(f"{base}/file", action(self._file, STAFF)),
            web.post(f"{base}/do/{{verb}}", action(self._do, STAFF)),
            web.post(f"{base}/messages/{{message}}/correct", action(self._correct, STAFF)),
            web.post(f"{base}/messages/{{message}}/edit", action(self._edit, STAFF)),
            web.post(f"{base}/messages/{{message}}/delete", action(self._delete, STAFF)),
            web.post(f"{base}/deliveries/{{delivery}}/retry", action(self._retry, STAFF)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        sheet = await self._sheet(visit)
        values = self._values(visit, sheet) | await self._answers(sheet)
        return self._pages.response("ticket.html", visit.locale, **values)

    async def _live(self, visit: Visit) -> web.StreamResponse:
        sheet = await self._sheet(visit)
        values = self._values(visit, sheet) | await self._answers(sheet)
        return fragment(self._pages, visit, "ticket_live.html", values)

    async def _answers(self, sheet: TicketSheet) -> dict[str, Any]:
        """What the community wrote: what waits for a look, and what the contact has."""
        waiting, said = await answers_of(self._desk, sheet.ticket.id)
        return {"waiting_answer": waiting, "said_answers": said}

    async def _reply(self, visit: Visit) -> web.StreamResponse:
        """A colleague's ticket is taken over only when the agent says so."""
        ticket_id, text, origin = await self._id(visit), visit.text(), visit.origin()
        try:
            await self._send_reply(visit, ticket_id, text, origin, take_over="take_over" in visit.form)
        except DeskError as error:
            return self._kept(visit, await self._sheet(visit), text, origin, error)
        return self._back(visit, _("Sent."))

    async def _send_reply(
        self, visit: Visit, ticket_id: TicketId, text: str, origin: Origin, *, take_over: bool
    ) -> None:
        async with speaking(self._desk) as voice:
            if take_over:
                await claim_ticket(voice, visit.responder, ticket_id)
            await reply_to_contact(voice, visit.responder, ticket_id, text, origin=origin)

    def _kept(
        self, visit: Visit, sheet: TicketSheet, text: str, origin: Origin, error: DeskError
    ) -> web.StreamResponse:
        """The refusal, with the text still in its box."""
        problem = problem_of(error)
        if visit.wants_json:
            raise problem
        values = self._values(visit, sheet)
        values |= {
            "draft": text,
            "form": origin.external_id.partition(":")[2],
            "refusal": problem.said(self._desk.phrases, visit.locale),
            "offer_take_over": isinstance(error, TicketTaken),
        }
        return self._pages.response("ticket.html", visit.locale, status=problem.status, **values)

    async def _note(self, visit: Visit) -> web.StreamResponse:
        ticket_id = await self._id(visit)
        async with speaking(self._desk) as voice:
            await add_note(voice, visit.responder, ticket_id, visit.text(), origin=visit.origin())
        return self._back(visit, _("Noted."))

    async def _file(self, visit: Visit) -> web.StreamResponse:
        ticket_id = await self._id(visit)
        priority = visit.form.get("priority", "")
        if priority not in set(Priority):
            raise InputRejected("priority: expected low, normal, high or urgent")
        async with speaking(self._desk) as voice:
            unit = visit.form.get("unit", "")
            await refile_ticket(voice, visit.responder, ticket_id, unit=unit, priority=Priority(priority))
        return self._back(visit, _("Filed."))

    async def _do(self, visit: Visit) -> web.StreamResponse:
        verb, notice = VERBS.get(visit.request.match_info["verb"], (None, ""))
        if verb is None:
            raise Problem(404, "not-found", _("This cannot be found."))
        ticket_id = await self._id(visit)
        async with speaking(self._desk) as voice:
            await verb(voice, visit.responder, ticket_id)
        return self._back(visit, notice)

    async def _correct(self, visit: Visit) -> web.StreamResponse:
        """A button names one of the likely intents; the list names any other."""
        ticket_id, message_id = await self._id(visit), MessageId(number_in(visit, "message"))
        intent = visit.form.get("intent") or visit.form.get("other", "")
        async with speaking(self._desk) as voice:
            refile = "refile" in visit.form
            await correct_reading(voice, visit.responder, ticket_id, message_id, intent=intent, refile=refile)
        return self._back(visit, _("Thank you, that is noted."))

    async def _edit(self, visit: Visit) -> web.StreamResponse:
        ticket_id = await self._id(visit)
        await edit_reply(self._desk, visit.responder, ticket_id, number_in(visit, "message"), visit.text())
        return self._back(visit, _("Changed."))

    async def _delete(self, visit: Visit) -> web.StreamResponse:
        ticket_id = await self._id(visit)
        await delete_reply(self._desk, visit.responder, ticket_id, number_in(visit, "message"))
        return self._back(visit, _("Taken back."))

    async def _retry(self, visit: Visit) -> web.StreamResponse:
        ticket_id = await self._id(visit)
        outbox_id = OutboxId(number_in(visit, "delivery"))
        async with speaking(self._desk) as voice:
            await retry_delivery(voice, visit.responder, outbox_id, ticket_id=ticket_id)
        return self._back(visit, _("It is tried again."))

    async def _sheet(self, visit: Visit) -> TicketSheet:
        return await ticket_sheet(self._desk, visit.request.match_info["number"])

    async def _id(self, visit: Visit) -> TicketId:
        return await ticket_id_of(self._desk, visit.request.match_info["number"])

    def _back(self, visit: Visit, notice: str) -> web.StreamResponse:
        return done(self._desk, visit, f"/console/tickets/{visit.request.match_info['number']}", notice)

    def _values(self, visit: Visit, sheet: TicketSheet) -> dict[str, Any]:
        policy = self._desk.policy()
        return {
            "visit": visit,
            "me": visit.responder,
            "sheet": sheet,
            "ticket": sheet.ticket,
            "unit_name": policy.unit_name(sheet.ticket.unit, visit.locale),
            "units": {unit: policy.unit_name(unit, visit.locale) for unit in policy.units},
            "priorities": list(Priority),
            "intents": intents_by_name(self._desk, visit.locale),
            "verbs": verbs_for(sheet, visit.responder),
            "now": self._desk.clock.now(),
            "form": form_token(),
            "note_form": form_token(),
            "draft": "",
            "refusal": None,
            "offer_take_over": False,
            "waiting_answer": None,
            "said_answers": {},
        }


def verbs_for(sheet: TicketSheet, responder: Responder) -> list[tuple[str, str]]:
    """What can be done now, each with its English text."""
    ticket, mine = sheet.ticket, sheet.ticket.assignee_id == responder.id
    if ticket.status is Status.CLOSED:
        return []
    offered: list[tuple[bool, str, str]] = [
        (ticket.assignee_id is None, "claim", _("Claim")),
        (ticket.assignee_id is not None and not mine, "claim", _("Take over")),
        (ticket.lane is not Lane.STAFF, "to-staff", _("Hand to staff")),
        (mine and ticket.status is not Status.SOLVED, "release", _("Release")),
        (ticket.status in (Status.NEW, Status.OPEN, Status.PENDING), "hold", _("Put on hold")),
        (ticket.status in (Status.ON_HOLD, Status.SOLVED, Status.PENDING), "resume", _("Take up again")),
        (ticket.status is not Status.SOLVED, "solve", _("Mark as solved")),
    ]
    return [(verb, text) for fits, verb, text in offered if fits]
