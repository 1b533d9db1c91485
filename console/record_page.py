"""A volunteer's record on their own page: level and why, people helped, thanks, perks, pictures, what others see."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

from console.forms import done
from console.rendering import SECURITY_HEADERS, Pages
from console.visits import VOLUNTEERS, Guard, Visit
from desk.errors import NotFound
from desk.people import Locale
from desk.phrases import marked as _
from desk.trust import LEVELS
from workflows.care_desk import CareDesk
from workflows.grant_perks import choose_profile
from workflows.voice import speaking
from workflows.volunteer_record import VolunteerRecord, best_by_quality, picture_of, volunteer_record

HOME = "/console/volunteer/record"
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


class RecordPage:
    """Shows it, and obeys the form about the profile."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        return [
            web.get(HOME, self._guard.page(self._page, VOLUNTEERS)),
            web.get("/console/volunteer/months/{month}.png", self._guard.page(self._picture, VOLUNTEERS)),
            web.post("/console/volunteer/profile", self._guard.action(self._profile, VOLUNTEERS)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        record = await volunteer_record(self._desk, visit.responder)
        return self._pages.response(
            "record.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            board=await best_by_quality(self._desk),
            **record_values(self._desk, record, visit.locale),
        )

    async def _picture(self, visit: Visit) -> web.StreamResponse:
        month = visit.request.match_info["month"]
        if not MONTH.fullmatch(month):
            raise NotFound("no such month")
        file = await picture_of(self._desk, visit.responder, month)
        if file.storage_key is None:
            raise NotFound("not in our storage")
        png = b"".join([chunk async for chunk in self._desk.files.open(file.storage_key)])
        name = {"Content-Disposition": f'inline; filename="{month}.png"'}
        return web.Response(body=png, content_type="image/png", headers={**SECURITY_HEADERS, **name})

    async def _profile(self, visit: Visit) -> web.StreamResponse:
        async with speaking(self._desk) as voice:
            await choose_profile(
                voice, visit.responder, named="named" in visit.form, monthly="monthly" in visit.form
            )  # fmt: skip
        return done(self._desk, visit, HOME, _("Saved."))


def record_values(desk: CareDesk, record: VolunteerRecord, locale: Locale) -> dict[str, Any]:
    """What record_parts.html shows of a record."""
    policy = desk.policy()
    return {
        "record": record,
        "now": desk.clock.now(),
        "units": {unit: policy.unit_name(unit, locale) for unit in policy.units},
        "levels": LEVELS,
        "requirements": policy.peer.trust.rules.requirements,
    }
