"""The brand's own words for contacts in danger: shown in both languages, tried in a preview, changed, taken back.

A change that comes too late, because somebody else changed the text meanwhile, is refused with the words kept in the
form, beside the newer ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from console.problems import problem_of
from console.rendering import Pages
from console.visits import STEERING, Guard, Visit
from desk.brand_texts import LONGEST, BrandTextName
from desk.errors import InputRejected, NotFound, TextChanged
from desk.people import Locale
from workflows.brand_texts import change_brand_text, texts_in_force
from workflows.care_desk import CareDesk
from workflows.voice import speaking

Place = tuple[BrandTextName, Locale]


@dataclass(frozen=True, slots=True)
class Draft:
    """Words in a form that are not in force. `problem`: why they were refused; without one they are previewed."""

    place: Place
    text: str
    problem: str | None = None


class TextsPage:
    """Shows them and obeys their forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        return [
            web.get("/console/texts", self._guard.page(self._page, STEERING)),
            web.post("/console/texts/{name}/{locale}", self._guard.action(self._change, STEERING)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        return await self._show(visit)

    async def _show(self, visit: Visit, draft: Draft | None = None, status: int = 200) -> web.StreamResponse:
        return self._pages.response(
            "texts.html",
            visit.locale,
            status=status,
            visit=visit,
            me=visit.responder,
            texts=await texts_in_force(self._desk),
            names=list(BrandTextName),
            draft=draft,
            longest=LONGEST,
        )

    async def _change(self, visit: Visit) -> web.StreamResponse:
        place = _place(visit)
        text = visit.form.get("text", "").replace("\r\n", "\n").strip()
        match visit.form.get("do", ""):
            case "preview":
                return await self._show(visit, Draft(place, text))
            case "default":
                return await self._put_in_force(visit, place, text, None)
            case "save":
                return await self._put_in_force(visit, place, text, text)
            case _:
                raise InputRejected("do: expected save, preview or default")

    async def _put_in_force(self, visit: Visit, place: Place, typed: str, text: str | None) -> web.StreamResponse:
        name, locale = place
        try:
            async with speaking(self._desk) as voice:
                await change_brand_text(voice, visit.responder, name, locale, text, after=_version(visit))
        except (TextChanged, InputRejected) as error:
            problem = problem_of(error)
            said = problem.said(self._desk.phrases, visit.locale)
            return await self._show(visit, Draft(place, typed, said), status=problem.status)
        return web.Response(status=303, headers={"Location": f"/console/texts#{name.value}-{locale.value}"})


def _place(visit: Visit) -> Place:
    """Which text of the address. Raises NotFound."""
    name, locale = visit.request.match_info["name"], visit.request.match_info["locale"]
    if name not in set(BrandTextName) or locale not in set(Locale):
        raise NotFound("no such text")
    return BrandTextName(name), Locale(locale)


def _version(visit: Visit) -> int:
    """The version that was on the page. Raises InputRejected."""
    said = visit.form.get("after", "")
    if not (said.isascii() and said.isdigit() and len(said) < 9):
        raise InputRejected("after: expected a number")
    return int(said)
