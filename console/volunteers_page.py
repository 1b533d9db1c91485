"""Coordinators see the volunteers: who is how good at what and since when, with their record; levels by hand, perks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from console.forms import done, number_in
from console.record_page import record_values
from console.rendering import Pages
from console.visits import STAFF, STEERING, Guard, Visit
from desk.errors import InputRejected
from desk.honours import PerkId
from desk.people import ResponderId, TrustLevel
from desk.phrases import marked as _
from desk.record import Exclusion
from desk.ticket import TicketId
from desk.trust import LEVELS
from workflows.care_desk import CareDesk
from workflows.console_reads import ticket_id_of
from workflows.grant_perks import end_perk, grant_perk
from workflows.judge_trust import set_level
from workflows.note_outcome import exclude_outcome
from workflows.voice import speaking
from workflows.volunteer_record import (
    best_by_quality,
    perks_in_force,
    roster,
    volunteer_of,
    volunteer_record,
)

HOME = "/console/volunteers"
MOST_SHOWN = 200
LONGEST_SEARCH = 60
BY_HAND = {"not_the_answer": Exclusion.NOT_THE_ANSWER, "suspicious": Exclusion.SUSPICIOUS, "counts": None}


class VolunteersPage:
    """Shows them and obeys the forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        page, action = self._guard.page, self._guard.action
        return [
            web.get(HOME, page(self._list, STEERING)),
            web.post(f"{HOME}/perks", action(self._grant, STEERING)),
            web.post(f"{HOME}/perks/{{perk}}/end", action(self._end_perk, STEERING)),
            web.get(f"{HOME}/{{volunteer}}", page(self._card, STEERING)),
            web.post(f"{HOME}/{{volunteer}}/level", action(self._level, STEERING)),
            web.post(f"{HOME}/{{volunteer}}/outcomes/{{ticket}}", action(self._outcome, STEERING)),
            web.post("/console/tickets/{number}/outcomes/{volunteer}", action(self._outcome_of_ticket, STAFF)),
        ]

    async def _list(self, visit: Visit) -> web.StreamResponse:
        search = visit.request.query.get("search", "").strip()[:LONGEST_SEARCH]
        policy = self._desk.policy()
        return self._pages.response(
            "volunteers.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            lines=await roster(self._desk, search, limit=MOST_SHOWN),
            most=MOST_SHOWN,
            search=search,
            perks=[perk for perk in await perks_in_force(self._desk) if perk.level is not None],
            levels=LEVELS,
            board=await best_by_quality(self._desk),
            units={unit: policy.unit_name(unit, visit.locale) for unit in policy.units},
            now=self._desk.clock.now(),
        )

    async def _card(self, visit: Visit) -> web.StreamResponse:
        volunteer = await volunteer_of(self._desk, ResponderId(number_in(visit, "volunteer")))
        record = await volunteer_record(self._desk, volunteer)
        return self._pages.response(
            "volunteer_card.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            **record_values(self._desk, record, visit.locale),
        )

    async def _level(self, visit: Visit) -> web.StreamResponse:
        number = ResponderId(number_in(visit, "volunteer"))
        async with speaking(self._desk) as voice:
            await set_level(voice, visit.responder, number, _level_in(visit), visit.text("reason"))
        return done(self._desk, visit, f"{HOME}/{number}", _("The level is set, and they are told."))

    async def _outcome(self, visit: Visit) -> web.StreamResponse:
        number, ticket_id = ResponderId(number_in(visit, "volunteer")), TicketId(number_in(visit, "ticket"))
        said = visit.form.get("why", "")
        if said not in BY_HAND:
            raise InputRejected("why: expected not_the_answer, suspicious or counts")
        async with speaking(self._desk) as voice:
            await voice.work.tickets.lock(ticket_id)
            await exclude_outcome(voice, visit.responder, ticket_id, number, BY_HAND[said])
        return done(self._desk, visit, f"{HOME}/{number}", _("Saved."))

    async def _outcome_of_ticket(self, visit: Visit) -> web.StreamResponse:
        """Whoever of staff goes on with the question sees best what the contact was unhappy with."""
        number, said = visit.request.match_info["number"], visit.form.get("why", "")
        if said not in ("not_the_answer", "counts"):
            raise InputRejected("why: expected not_the_answer or counts")
        ticket_id = await ticket_id_of(self._desk, number)
        async with speaking(self._desk) as voice:
            await voice.work.tickets.lock(ticket_id)
            volunteer = ResponderId(number_in(visit, "volunteer"))
            await exclude_outcome(voice, visit.responder, ticket_id, volunteer, BY_HAND[said])
        return done(self._desk, visit, f"/console/tickets/{number}", _("Saved."))

    async def _grant(self, visit: Visit) -> web.StreamResponse:
        """To one volunteer when the form names one, else to a level."""
        one = "volunteer" in visit.form
        to = ResponderId(number_in(visit, "volunteer")) if one else _level_in(visit)
        async with speaking(self._desk) as voice:
            await grant_perk(
                voice, visit.responder, to,
                german=visit.text("german"), english=visit.text("english"), until=self._until(visit),
            )  # fmt: skip
        return done(self._desk, visit, f"{HOME}/{to}" if one else HOME, _("Granted, and told."))

    async def _end_perk(self, visit: Visit) -> web.StreamResponse:
        async with speaking(self._desk) as voice:
            await end_perk(voice, visit.responder, PerkId(number_in(visit, "perk")))
        back = f"{HOME}/{number_in(visit, 'volunteer')}" if "volunteer" in visit.form else HOME
        return done(self._desk, visit, back, _("The perk has ended."))

    def _until(self, visit: Visit) -> datetime | None:
        """The end of the chosen day, where the desk is. None: without end. Raises InputRejected."""
        said = visit.form.get("until", "").strip()
        if not said:
            return None
        try:
            day = date.fromisoformat(said)
            end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self._desk.zone))
            return end.astimezone(UTC)
        except (ValueError, OverflowError):
            raise InputRejected("until: expected a day such as 2026-12-24") from None


def _level_in(visit: Visit) -> TrustLevel:
    said = visit.form.get("level", "")
    if said not in set(TrustLevel):
        raise InputRejected("level: expected newcomer, helper, expert or champion")
    return TrustLevel(said)
