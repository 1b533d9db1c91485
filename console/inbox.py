"""The inbox: what waits for staff, most urgent first, by filters that stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from console.rendering import Pages, digest
from console.visits import STAFF, Guard, Visit
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import TicketFilter
from desk.ticket import Lane, Status, TicketId
from workflows.care_desk import CareDesk
from workflows.console_reads import tickets_listed

PAGE_SIZE = 50
LONGEST_SEARCH = 200
LIVE = (Status.NEW, Status.OPEN, Status.PENDING, Status.ON_HOLD)
OWING = (Status.NEW, Status.OPEN)
VIEWS: dict[str, tuple[str, tuple[Status, ...] | None]] = {
    "todo": (_("To do"), OWING),
    "mine": (_("Mine"), LIVE),
    "free": (_("Unassigned"), OWING),
    "waiting": (_("Waiting"), (Status.PENDING, Status.ON_HOLD)),
    "done": (_("Done"), (Status.SOLVED, Status.CLOSED)),
    "all": (_("All"), None),
}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; what it says wrongly is taken as not said."""

    view: str
    unit: str
    lane: str
    status: str
    search: str
    before: int | None

    def query(self, **changes: object) -> str:
        """The address of this list with some things changed."""
        said = {
            "view": self.view, "unit": self.unit, "lane": self.lane, "status": self.status, "q": self.search,
            **changes,
        }  # fmt: skip
        return urlencode({name: value for name, value in said.items() if value})

    def filter(self, responder: Responder) -> TicketFilter:
        """As the store understands it."""
        statuses = (Status(self.status),) if self.status else VIEWS[self.view][1]
        return TicketFilter(
            statuses=statuses,
            units=self._units(responder) or None,
            lane=self.lane or None,
            assignee_id=responder.id if self.view == "mine" else None,
            unassigned=self.view == "free",
            search=self.search or None,
            before_id=None if self.before is None else TicketId(self.before),
            limit=PAGE_SIZE + 1,
        )

    def _units(self, responder: Responder) -> tuple[str, ...]:
        """What somebody has is theirs, whatever unit it belongs to."""
        if self.unit == "mine":
            return () if self.view == "mine" else responder.units
        return () if self.unit == "all" else (self.unit,)


class Inbox:
    """The list page."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        return [
            web.get("/console/inbox", self._guard.page(self._page, STAFF)),
            web.get("/console/inbox/live", self._guard.page(self._live, STAFF)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        return self._pages.response("inbox.html", visit.locale, **await self._values(visit))

    async def _live(self, visit: Visit) -> web.StreamResponse:
        return fragment(self._pages, visit, "inbox_rows.html", await self._values(visit))

    async def _values(self, visit: Visit) -> dict[str, Any]:
        policy = self._desk.policy()
        wanted = self._wanted(visit, set(policy.units))
        rows = await tickets_listed(self._desk, wanted.filter(visit.responder))
        return {
            "visit": visit,
            "me": visit.responder,
            "wanted": wanted,
            "views": VIEWS,
            "units": {unit: policy.unit_name(unit, visit.locale) for unit in policy.units},
            "lanes": list(Lane),
            "statuses": list(Status),
            "rows": rows[:PAGE_SIZE],
            "more": rows[PAGE_SIZE - 1].ticket.id if len(rows) > PAGE_SIZE else None,
            "now": self._desk.clock.now(),
            "welcome": "welcome" in visit.request.query,
        }

    def _wanted(self, visit: Visit, units: set[str]) -> Wanted:
        asked = visit.request.query
        unit = asked.get("unit", "mine" if visit.responder.units else "all")
        before = asked.get("before", "")
        return Wanted(
            view=asked.get("view", "") if asked.get("view") in VIEWS else "todo",
            unit=unit if unit in units or (unit == "mine" and visit.responder.units) else "all",
            lane=asked.get("lane", "") if asked.get("lane") in set(Lane) else "",
            status=asked.get("status", "") if asked.get("status") in set(Status) else "",
            search=asked.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
            before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
        )


def fragment(pages: Pages, visit: Visit, template: str, values: dict[str, Any]) -> web.StreamResponse:
    """A part of a page for its script; 304 when it has it already."""
    text = pages.render(template, visit.locale, **values)
    tag = f'"{digest(text)}"'
    if visit.request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers={"ETag": tag})
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    return web.Response(text=text, content_type="text/html", headers=headers)
