"""Deeds, cases, reports, suspensions and who is kept apart: what the desk asks of their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from desk.abuse_case import Case, CaseId, Decision
from desk.people import ContactId, ResponderId
from desk.suspect_attempts import Refusal, Report
from desk.suspicion import Deed, Suspicion
from desk.ticket import TicketId


class KeptApartBy(StrEnum):
    """Who does not want to meet the other again."""

    CONTACT = "contact"
    RESPONDER = "responder"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class OftenAvoided:
    """Somebody whom several others do not want to meet again: a contact or a volunteer, never both.

    `ticket_number`: a contact's newest ticket, for them to be recognised by.
    """

    by: int
    contact_id: ContactId | None = None
    responder_id: ResponderId | None = None
    ticket_number: str | None = None


class AbuseStore(Protocol):
    """What coordinators look at, and what they decided."""

    async def begins_watch(self, every: timedelta, *, now: datetime) -> bool:
        """True for one process each `every`; it looks through the deeds now."""

    async def deeds(self, since: datetime, *, limit: int) -> Sequence[Deed]:
        """What volunteers took since then and do not hold any more, the newest, without their words."""

    async def answers(self, responder_id: ResponderId, since: datetime) -> Mapping[TicketId, str]:
        """A volunteer's answer to each ticket since then."""

    async def offered(self, since: datetime) -> Mapping[ResponderId, int]:
        """How many offers each volunteer got since then and could have taken."""

    async def refusals(self, since: datetime) -> Sequence[Refusal]: ...
    async def reports(self, since: datetime) -> Sequence[Report]: ...
    async def add_report(self, report: Report) -> bool:
        """False: reported before."""

    async def looked_at(self, key: str) -> frozenset[TicketId]:
        """Tickets in decided cases of this key."""

    async def raise_case(self, suspicion: Suspicion, *, now: datetime) -> bool:
        """A new case, or more evidence for the open one. True: it is new."""

    async def cases(self, *, limit: int) -> Sequence[Case]:
        """Open ones first, oldest first; then decided ones, newest first."""

    async def case(self, case_id: CaseId) -> Case:
        """Locked. Raises NotFound."""

    async def decide(
        self, case_id: CaseId, decision: Decision, *, by: ResponderId, reason: str, now: datetime
    ) -> None: ...
    async def suspend(self, responder_id: ResponderId, until: datetime, *, by: ResponderId) -> None: ...
    async def keep_apart(
        self, contact_id: ContactId, responder_id: ResponderId, by: KeptApartBy, *, now: datetime
    ) -> bool:
        """False: they were, by the same side."""

    async def last_met(self, responder_id: ResponderId) -> ContactId | None:
        """Whose question a volunteer took last."""

    async def numbers_of(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, str]:
        """Their public numbers."""

    async def often_avoided(self, least: int, *, limit: int) -> Sequence[OftenAvoided]:
        """By at least so many others, most first."""
