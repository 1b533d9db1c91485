"""The statement on an incident: drafted side by side in both languages, approved by another, told to all with progress.

Agents may look. A draft that somebody else changed meanwhile is not overwritten: whoever is second is told.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from console import statement_wording
from console.forms import done, number_in
from console.inbox import fragment
from console.problems import Problem
from console.rendering import Pages
from console.visits import STAFF, STEERING, Guard, Visit
from desk.broadcast import BroadcastId, BroadcastKind, BroadcastTrigger
from desk.errors import InputRejected, TextChanged
from desk.incident import IncidentId, IncidentState
from desk.people import Locale
from desk.phrases import marked as _
from desk.statement import LONGEST_NOTE, LONGEST_STATEMENT, Statement, StatementId, may_approve
from desk.text_changes import changes
from workflows.approve_statement import approve_statement, tell_waiting, withdraw_statement
from workflows.care_desk import CareDesk
from workflows.start_broadcast import change_broadcast
from workflows.statement_reads import StatementSheet, statement_sheet
from workflows.statement_words import statement_words
from workflows.voice import Voice, speaking
from workflows.write_statement import drop_statement, return_statement, submit_statement, write_statement

Deed = Callable[[Voice, Visit, IncidentId], Awaitable[str]]
BASE = "/console/storm/{incident:[0-9]{1,18}}/statement"


class StatementPage:
    """Shows it and obeys its forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        page, action = self._guard.page, self._guard.action
        return [
            web.get(BASE, page(self._page, STAFF)),
            web.get(f"{BASE}/live", page(self._live, STAFF)),
            web.post(f"{BASE}/do/write", action(self._write, STEERING)),
            web.post(f"{BASE}/do/{{deed}}", action(self._do, STEERING)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        return self._pages.response("statement.html", visit.locale, **await self._values(visit))

    async def _live(self, visit: Visit) -> web.StreamResponse:
        return fragment(self._pages, visit, "statement_live.html", await self._values(visit))

    async def _values(self, visit: Visit) -> dict[str, Any]:
        sheet = await statement_sheet(self._desk, _incident(visit))
        two_people = self._desk.policy().storm.two_people
        draft = sheet.draft
        return {
            "visit": visit,
            "me": visit.responder,
            "sheet": sheet,
            "incident": sheet.incident,
            "base": f"/console/storm/{sheet.incident.id}/statement",
            "steers": visit.responder.role in STEERING,
            "confirmed": sheet.incident.state in (IncidentState.CONFIRMED, IncidentState.RESOLVED),
            "may_approve": draft is not None and may_approve(visit.responder.id, draft, two_people=two_people),
            "two_people": two_people,
            "typed": self._typed(visit, sheet),
            "templates": self._desk.storms.playbook.statements,
            "fitting": self._desk.storms.playbook.statement_for(sheet.incident.topic),
            "preview": self._preview,
            "corrects": bool(sheet.corrected.count),
            "changes": _changes,
            "locales": list(Locale),
            "longest": LONGEST_STATEMENT,
            "longest_note": LONGEST_NOTE,
            "said": statement_wording,
            "minutes": _minutes,
            "now": self._desk.clock.now(),
        }

    def _typed(self, visit: Visit, sheet: StatementSheet) -> dict[Locale, str]:
        """What stands in the form: the draft, else the template that was chosen, else the version in force."""
        start = sheet.draft or sheet.in_force
        chosen = self._desk.storms.playbook.statements.get(visit.request.query.get("from", ""))
        if chosen is not None and sheet.draft is None:
            return {Locale.GERMAN: chosen.de, Locale.ENGLISH: chosen.en}
        return {locale: start.text(locale) if start else "" for locale in Locale}

    def _preview(self, sheet: StatementSheet, statement: Statement, locale: Locale) -> str:
        """As a contact reads it who got another text before, if there are any."""
        corrects = statement.is_under_way and sheet.corrected.count
        kind = BroadcastKind.CORRECTION if corrects else BroadcastKind.STATEMENT
        return statement_words(
            self._desk, locale, kind, statement.text_de, statement.text_en, drill=sheet.incident.drill
        )

    async def _write(self, visit: Visit) -> web.StreamResponse:
        """What was written is kept also when it cannot be submitted yet."""
        incident_id = _incident(visit)
        texts = [visit.form.get(name, "").replace("\r\n", "\n") for name in ("text_de", "text_en")]
        async with speaking(self._desk) as voice:
            draft = await write_statement(voice, visit.responder, incident_id, texts[0], texts[1], seen=_seen(visit))
        if visit.form.get("then") != "submit":
            return self._done(visit, _("Saved as a draft. Nobody gets it yet."))
        async with speaking(self._desk) as voice:
            await submit_statement(voice, visit.responder, draft.id, incident_id)
        return self._done(visit, _("Submitted. It waits for approval."))

    async def _do(self, visit: Visit) -> web.StreamResponse:
        deed = DEEDS.get(visit.request.match_info["deed"])
        if deed is None:
            raise Problem(404, "not-found", _("This cannot be found."))
        async with speaking(self._desk) as voice:
            notice = await deed(voice, visit, _incident(visit))
        return self._done(visit, notice)

    def _done(self, visit: Visit, notice: str) -> web.StreamResponse:
        return done(self._desk, visit, f"/console/storm/{_incident(visit)}/statement", notice)


def _incident(visit: Visit) -> IncidentId:
    return IncidentId(number_in(visit, "incident"))


def _statement(visit: Visit) -> StatementId:
    return StatementId(number_in(visit, "statement"))


def _seen(visit: Visit) -> datetime | None:
    """When the draft on the page had been written. Raises InputRejected, TextChanged."""
    said = visit.form.get("seen", "")
    if not said:
        return None
    try:
        seen = datetime.fromisoformat(said)
    except ValueError:
        raise InputRejected("seen: expected an instant") from None
    if seen.tzinfo is None:
        raise TextChanged("no time of ours")
    return seen


def _changes(before: Statement, after: Statement, locale: Locale) -> Any:
    return changes(before.text(locale), after.text(locale))


def _minutes(length: timedelta) -> int:
    """Rounded up: whoever waits is done sooner rather than later."""
    return max(1, -(-int(length.total_seconds()) // 60))


async def _submit(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    await submit_statement(voice, visit.responder, _statement(visit), incident_id)
    return _("Submitted. It waits for approval.")


async def _return(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    await return_statement(voice, visit.responder, _statement(visit), incident_id, visit.form.get("note", ""))
    return _("Returned with your note.")


async def _approve(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    broadcast = await approve_statement(voice, visit.responder, _statement(visit), incident_id)
    if broadcast is None:
        return _("Approved. Whoever asks now gets it.")
    return _("Approved. Whoever got another text is told the new one now.")


async def _drop(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    await drop_statement(voice, visit.responder, _statement(visit), incident_id)
    return _("Dropped.")


async def _withdraw(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    told = await withdraw_statement(voice, visit.responder, _statement(visit), incident_id)
    if told:
        return _("Withdrawn. Nobody else gets it; who has it hears of a correction only. Please write one.")
    return _("Withdrawn. Nobody gets it any more.")


async def _tell(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
    broadcast = await tell_waiting(voice, visit.responder, incident_id)
    return _("They all have it.") if broadcast is None else _("It goes out now.")


def _changing(trigger: BroadcastTrigger, notice: str) -> Deed:
    async def change(voice: Voice, visit: Visit, incident_id: IncidentId) -> str:
        await change_broadcast(voice, visit.responder, BroadcastId(number_in(visit, "broadcast")), trigger)
        return notice

    return change


DEEDS: dict[str, Deed] = {
    "submit": _submit,
    "return": _return,
    "approve": _approve,
    "drop": _drop,
    "withdraw": _withdraw,
    "tell": _tell,
    "pause": _changing(BroadcastTrigger.PAUSE, _("Paused. Nobody else is told.")),
    "go-on": _changing(BroadcastTrigger.GO_ON, _("It goes on.")),
    "stop": _changing(BroadcastTrigger.STOP, _("Stopped.")),
}
