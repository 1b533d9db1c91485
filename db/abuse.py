"""Deeds, cases, reports, suspensions and who is kept apart, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from db.queries import load
from db.session import Row, Session
from desk.abuse_case import Case, CaseId, Decision
from desk.answer_check import Rule
from desk.errors import NotFound
from desk.people import ContactId, ResponderId
from desk.record import AnswerVerdict
from desk.store.abuse import KeptApartBy, OftenAvoided
from desk.suspect_attempts import Refusal, Report
from desk.suspicion import Deed, Ending, Suspicion, SuspicionRule
from desk.ticket import TicketId

_SQL = load("abuse")
_RULES = frozenset(Rule)


class Abuse:
    """desk.store.AbuseStore."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def begins_watch(self, every: timedelta, *, now: datetime) -> bool:
        """True for one process each `every`."""
        return await self._session.value(_SQL["begins_watch"], now - every, now) is not None

    async def deeds(self, since: datetime, *, limit: int) -> Sequence[Deed]:
        """The newest, without words."""
        return [_deed(row) for row in await self._session.all(_SQL["deeds"], since, limit)]

    async def answers(self, responder_id: ResponderId, since: datetime) -> Mapping[TicketId, str]:
        """One a ticket."""
        rows = await self._session.all(_SQL["answers"], responder_id, since)
        return {TicketId(row["ticket_id"]): row["body"] for row in rows}

    async def offered(self, since: datetime) -> Mapping[ResponderId, int]:
        """Those withdrawn or still open aside."""
        rows = await self._session.all(_SQL["offered"], since)
        return {ResponderId(row["responder_id"]): row["amount"] for row in rows}

    async def refusals(self, since: datetime) -> Sequence[Refusal]:
        """One a rule."""
        return [
            Refusal(ResponderId(row["responder_id"]), TicketId(row["ticket_id"]), Rule(row["rule"]), row["at"])
            for row in await self._session.all(_SQL["refusals"], since)
            if row["rule"] in _RULES  # an old event may name a rule that is gone
        ]

    async def reports(self, since: datetime) -> Sequence[Report]:
        """Oldest first."""
        return [
            Report(
                ResponderId(row["responder_id"]),
                TicketId(row["ticket_id"]),
                ContactId(row["contact_id"]),
                row["words"],
                row["at"],
            )
            for row in await self._session.all(_SQL["reports"], since)
        ]

    async def add_report(self, report: Report) -> bool:
        """Once a ticket and volunteer."""
        values = (report.ticket_id, report.responder_id, report.contact_id, report.words, report.at)
        return await self._session.value(_SQL["add_report"], *values) is not None

    async def looked_at(self, key: str) -> frozenset[TicketId]:
        """In decided cases."""
        return frozenset(TicketId(row["ticket_id"]) for row in await self._session.all(_SQL["looked_at"], key))

    async def raise_case(self, suspicion: Suspicion, *, now: datetime) -> bool:
        """True: new."""
        new = await self._session.value(
            _SQL["raise_case"],
            suspicion.key,
            suspicion.rule,
            list(suspicion.responders),
            suspicion.contact_id,
            list(suspicion.tickets),
            dict(suspicion.figures),
            now,
        )
        return bool(new)

    async def cases(self, *, limit: int) -> Sequence[Case]:
        """Open ones first."""
        return [_case(row) for row in await self._session.all(_SQL["cases"], limit)]

    async def case(self, case_id: CaseId) -> Case:
        """Locked. Raises NotFound."""
        row = await self._session.one(_SQL["case"], case_id)
        if row is None:
            raise NotFound("no such case")
        return _case(row)

    async def decide(self, case_id: CaseId, decision: Decision, *, by: ResponderId, reason: str, now: datetime) -> None:
        """Whoever locked it does."""
        await self._session.run(_SQL["decide"], case_id, decision, by, reason, now)

    async def suspend(self, responder_id: ResponderId, until: datetime, *, by: ResponderId) -> None:
        """Instead of any before."""
        await self._session.run(_SQL["suspend"], responder_id, until, by)

    async def keep_apart(
        self, contact_id: ContactId, responder_id: ResponderId, by: KeptApartBy, *, now: datetime
    ) -> bool:
        """False: they were."""
        return await self._session.value(_SQL["keep_apart"], contact_id, responder_id, by, now) is not None

    async def last_met(self, responder_id: ResponderId) -> ContactId | None:
        """None: nobody's."""
        contact_id = await self._session.value(_SQL["last_met"], responder_id)
        return None if contact_id is None else ContactId(contact_id)

    async def numbers_of(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, str]:
        """Those that exist."""
        rows = await self._session.all(_SQL["numbers_of"], list(tickets))
        return {TicketId(row["id"]): row["number"] for row in rows}

    async def often_avoided(self, least: int, *, limit: int) -> Sequence[OftenAvoided]:
        """Most first."""
        return [
            OftenAvoided(row["by_others"], row["contact_id"], row["responder_id"], row["ticket_number"])
            for row in await self._session.all(_SQL["often_avoided"], least, limit)
        ]


def _deed(row: Row) -> Deed:
    sent, said = row["sent_at"], row["said_at"]
    unanswered = Ending.HANDED_BACK if row["handed_back"] else Ending.LAPSED
    return Deed(
        ResponderId(row["responder_id"]),
        TicketId(row["ticket_id"]),
        ContactId(row["contact_id"]),
        row["topic"],
        row["offered_at"],
        row["accepted_at"],
        Ending.ANSWERED if sent else unanswered,
        ResponderId(row["asker_id"]) if row["asker_id"] is not None else None,
        AnswerVerdict(row["verdict"]) if row["verdict"] else None,
        said - sent if said and sent else None,
    )


def _case(row: Row) -> Case:
    suspicion = Suspicion(
        SuspicionRule(row["rule"]),
        tuple(ResponderId(one) for one in row["responders"]),
        tuple(TicketId(one) for one in row["tickets"]),
        row["figures"],
        ContactId(row["contact_id"]) if row["contact_id"] is not None else None,
    )
    decision = Decision(row["decision"]) if row["decision"] else None
    return Case(
        CaseId(row["id"]),
        suspicion,
        row["raised_at"],
        decision,
        row["decided_at"],
        row["decided_by"],
        row["reason"],
    )
