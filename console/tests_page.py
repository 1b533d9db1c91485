"""Entrance tests: coordinators write them in both languages, one topic beside the other.

A test that is refused comes back as it was typed, with the line that is to be mended.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from console.rendering import Pages
from console.visits import STEERING, Guard, Visit
from desk.entrance_test import EntranceTest, written
from desk.errors import InputRejected, TextChanged
from desk.people import Locale
from desk.phrases import marked as _
from routing.topics import peer_topics
from workflows.care_desk import CareDesk
from workflows.sit_test import write_test

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class TypedTest:
    """A test as it is typed."""

    texts: dict[Locale, str]
    pass_percent: str
    repeat_hours: str
    problem: str | None = None
    line: str | None = None


class TestsPage:
    """Shows them and obeys their forms."""

    __test__ = False  # not a test class of pytest

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        return [
            web.get("/console/tests", self._guard.page(self._page, STEERING)),
            web.post("/console/tests/{unit}", self._guard.action(self._write, STEERING)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        return await self._show(visit)

    async def _show(
        self, visit: Visit, unit: str | None = None, typed: TypedTest | None = None, status: int = 200
    ) -> web.StreamResponse:
        policy = self._desk.policy()
        async with self._desk.store.begin() as work:
            newest = {one: await work.entrance_tests.newest(one) for one in peer_topics(policy)}
        return self._pages.response(
            "tests.html",
            visit.locale,
            status=status,
            visit=visit,
            me=visit.responder,
            units={one: policy.unit_name(one, visit.locale) for one in newest},
            newest=newest,
            typed={one: typed if one == unit and typed else _typed_of(test) for one, test in newest.items()},
            languages=list(Locale),
            longest=LONGEST,
        )

    async def _write(self, visit: Visit) -> web.StreamResponse:
        unit = visit.request.match_info["unit"]
        typed = TypedTest(
            {one: visit.form.get(f"text-{one.value}", "").replace("\r\n", "\n")[:LONGEST] for one in Locale},
            visit.form.get("pass_percent", ""),
            visit.form.get("repeat_hours", ""),
        )
        try:
            await write_test(
                self._desk,
                visit.responder,
                unit,
                typed.texts,
                after=_number(visit.form.get("after", ""), "after"),
                pass_percent=_number(typed.pass_percent, "pass_percent"),
                repeat_hours=_number(typed.repeat_hours, "repeat_hours"),
            )
        except InputRejected as error:
            refused = TypedTest(
                typed.texts, typed.pass_percent, typed.repeat_hours, _("This cannot be taken yet:"), error.reason
            )
            return await self._show(visit, unit, refused, 400)
        except TextChanged:
            changed = _("Somebody else changed this text just now. Read theirs first, then change it.")
            return await self._show(
                visit, unit, TypedTest(typed.texts, typed.pass_percent, typed.repeat_hours, changed), 409
            )
        return web.Response(status=303, headers={"Location": f"/console/tests#{unit}"})


def _typed_of(test: EntranceTest | None) -> TypedTest:
    if test is None:
        return TypedTest(dict.fromkeys(Locale, ""), "80", "24")
    texts = {locale: written(test.questions, locale) for locale in Locale}
    return TypedTest(texts, str(test.pass_percent), str(int(test.repeat_after.total_seconds() // 3600)))


def _number(said: str, name: str) -> int:
    if not (said.strip().isascii() and said.strip().isdigit() and len(said.strip()) < 6):
        raise InputRejected(f"{name}: expected a number")
    return int(said)
