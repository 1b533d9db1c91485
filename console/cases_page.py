"""Cases: what looks as if somebody played with the community. A coordinator reads the evidence and decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiohttp import web

from console.forms import done, number_in
from console.problems import Problem
from console.rendering import Pages
from console.visits import STEERING, Guard, Visit
from desk.abuse_case import LONGEST_WORDS, SUSPENDED_FOR, Case, CaseId, Decision
from desk.phrases import marked as _
from desk.suspicion import SAID, WATCHED, SuspicionRule
from desk.ticket import TicketId
from workflows.care_desk import CareDesk
from workflows.decide_case import decide_case
from workflows.keep_apart import SEVERAL_AVOID

HOME = "/console/cases"
MOST_SHOWN = 100
EVIDENCE_SHOWN = 12

NAMES: Mapping[SuspicionRule, str] = {
    SuspicionRule.SELF_ANSWERING: _("Answers own questions"),
    SuspicionRule.PRAISE_RING: _("Praise in a circle"),
    SuspicionRule.SNIPING: _("Snatches offers"),
    SuspicionRule.COPYING: _("One text for everything"),
    SuspicionRule.POSING: _("Speaks as staff"),
    SuspicionRule.LURING: _("Leads contacts elsewhere"),
    SuspicionRule.REPORTED: _("Reported by contacts"),
}

DECIDED: Mapping[Decision, str] = {
    Decision.DISMISSED: _("nothing in it"),
    Decision.WARNED: _("warned"),
    Decision.SUSPENDED: _("no offers for two weeks"),
    Decision.EXCLUDED: _("answers do not count"),
}


class CasesPage:
    """Shows them and obeys their forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        return [
            web.get(HOME, self._guard.page(self._page, STEERING)),
            web.post(f"{HOME}/{{case}}", self._guard.action(self._decide, STEERING)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        since = self._desk.clock.now() - WATCHED
        async with self._desk.store.begin() as work:
            cases = await work.abuse.cases(limit=MOST_SHOWN)
            avoided = await work.abuse.often_avoided(SEVERAL_AVOID, limit=MOST_SHOWN)
            ids = {one for case in cases for one in case.suspicion.responders}
            ids |= {case.decided_by for case in cases if case.decided_by is not None}
            ids |= {one.responder_id for one in avoided if one.responder_id is not None}
            people = await work.people.responders_by_id(sorted(ids))
            numbers = await work.abuse.numbers_of(_evidence(cases))
            words = {(one.responder_id, one.ticket_id): one.words for one in await work.abuse.reports(since)}
        return self._pages.response(
            "cases.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            waiting=[case for case in cases if case.decision is None],
            decided=[case for case in cases if case.decision is not None],
            avoided=avoided,
            people=people,
            numbers=numbers,
            report_words=words,
            names=NAMES,
            decisions=DECIDED,
            said=lambda case: self._said(visit, case),
            shown=EVIDENCE_SHOWN,
            longest=LONGEST_WORDS,
            days=SUSPENDED_FOR.days,
        )

    def _said(self, visit: Visit, case: Case) -> str:
        suspicion = case.suspicion
        return self._desk.phrases.say(visit.locale, SAID[suspicion.rule], **suspicion.figures)

    async def _decide(self, visit: Visit) -> web.StreamResponse:
        said, reason = visit.form.get("decision", ""), visit.form.get("reason", "").strip()
        if said not in set(Decision):
            raise Problem(400, "unknown-decision", _("Please choose one of the four decisions."))
        if not 0 < len(reason) <= LONGEST_WORDS:
            text = _("Please say why you decide so, in up to {most} characters.")
            raise Problem(400, "reason-expected", text, values={"most": LONGEST_WORDS})
        await decide_case(self._desk, visit.responder, CaseId(number_in(visit, "case")), Decision(said), reason)
        return done(self._desk, visit, HOME, _("Decided."))


def _evidence(cases: Sequence[Case]) -> list[TicketId]:
    """The tickets that are shown."""
    return sorted({ticket for case in cases for ticket in case.suspicion.tickets[-EVIDENCE_SHOWN:]})
