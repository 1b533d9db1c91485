"""The playbook for coordinators: what would happen now, its text to change and to try, its versions; freezing topics.

A text with a mistake comes back as it was typed, with the line and the key; the playbook in force stays.
"""

from __future__ import annotations

from aiohttp import web

from console import storm_wording
from console.forms import done, number_in
from console.problems import problem_of
from console.rendering import Pages
from console.storm_page import HOME, topics
from console.visits import STAFF, STEERING, Guard, Visit
from desk.errors import InputRejected, SettingsInvalid, TextChanged
from desk.phrases import marked as _
from desk.store.storms import PlaybookId
from routing.playbook import Playbook, parse_playbook
from routing.storm import StormLevel
from routing.strict_yaml import LONGEST
from workflows.care_desk import CareDesk
from workflows.change_playbook import playbook_sheet, restore_playbook, save_playbook, what_would_happen
from workflows.freeze_topic import freeze_topic, unfreeze_topic
from workflows.storm_board import SOURCE
from workflows.voice import speaking

PLAYBOOK = f"{HOME}/playbook"
TRIED = (StormLevel.STORM, StormLevel.WATCH, StormLevel.RECOVERY)
USUAL_TOPIC = "outage"


class PlaybookPage:
    """Shows it and obeys its forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        page, action = self._guard.page, self._guard.action
        return [
            web.get(PLAYBOOK, page(self._page, STAFF)),
            web.post(f"{PLAYBOOK}/text", action(self._change, STEERING)),
            web.post(f"{PLAYBOOK}/restore", action(self._restore, STEERING)),
            web.post(f"{HOME}/freeze", action(self._freeze, STEERING)),
            web.post(f"{HOME}/unfreeze", action(self._unfreeze, STEERING)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        asked = visit.request.query
        level = asked.get("level", StormLevel.STORM.value)
        topic = asked.get("topic", USUAL_TOPIC)
        if level not in {one.value for one in TRIED} or topic not in topics(self._desk, visit.locale):
            raise InputRejected("level, topic: not one that we know")
        return await self._show(visit, StormLevel(level), topic)

    async def _show(
        self,
        visit: Visit,
        level: StormLevel,
        topic: str,
        *,
        typed: str | None = None,
        problem: str | None = None,
        tried: Playbook | None = None,
        status: int = 200,
    ) -> web.StreamResponse:
        sheet = await playbook_sheet(self._desk)
        told = [] if problem else await what_would_happen(self._desk, level, topic, tried)
        say = self._desk.phrases.say
        return self._pages.response(
            "playbook.html",
            visit.locale,
            status=status,
            visit=visit,
            me=visit.responder,
            incident=None,
            sheet=sheet,
            text=sheet.text if typed is None else typed,
            problem=problem,
            is_tried=tried is not None,
            level=level,
            topic=topic,
            levels=TRIED,
            storm_words=storm_wording,
            topics=topics(self._desk, visit.locale),
            told=[say(visit.locale, one.text, **one.values) for one in told],
            frozen=[one for one in topics(self._desk, visit.locale) if self._frozen(one)],
            steers=visit.responder.role in STEERING,
            longest=LONGEST,
        )

    def _frozen(self, topic: str) -> bool:
        return self._desk.storms.frozen_until(topic, self._desk.clock.now()) is not None

    async def _change(self, visit: Visit) -> web.StreamResponse:
        text = visit.form.get("text", "")
        try:
            tried = parse_playbook(text, SOURCE)
            if visit.form.get("do") == "try":
                return await self._show(visit, StormLevel.STORM, USUAL_TOPIC, typed=text, tried=tried)
            await save_playbook(self._desk, visit.responder, text, after=_after(visit))
        except (SettingsInvalid, TextChanged) as error:
            return await self._refused(visit, text, error)
        return done(self._desk, visit, PLAYBOOK, _("Saved."))

    async def _refused(self, visit: Visit, text: str, error: SettingsInvalid | TextChanged) -> web.StreamResponse:
        if isinstance(error, TextChanged):
            if visit.wants_json:
                raise error
            problem, status = problem_of(error).said(self._desk.phrases, visit.locale), 409
        else:
            if visit.wants_json:
                raise InputRejected(str(error))
            problem, status = str(error), 400
        return await self._show(visit, StormLevel.STORM, USUAL_TOPIC, typed=text, problem=problem, status=status)

    async def _restore(self, visit: Visit) -> web.StreamResponse:
        version = PlaybookId(number_in(visit, "version"))
        try:
            await restore_playbook(self._desk, visit.responder, version or None, after=_after(visit))
        except SettingsInvalid as error:
            raise InputRejected(str(error)) from None
        return done(self._desk, visit, PLAYBOOK, _("Saved."))

    async def _freeze(self, visit: Visit) -> web.StreamResponse:
        async with speaking(self._desk) as voice:
            await freeze_topic(voice, visit.responder, visit.form.get("topic", ""))
        await self._desk.storms.renew(self._desk.store, self._desk.clock.now())
        return done(self._desk, visit, HOME, _("Frozen: nothing is said by itself on it."))

    async def _unfreeze(self, visit: Visit) -> web.StreamResponse:
        async with speaking(self._desk) as voice:
            await unfreeze_topic(voice, visit.responder, visit.form.get("topic", ""))
        await self._desk.storms.renew(self._desk.store, self._desk.clock.now())
        return done(self._desk, visit, HOME, _("Thawed: everything is as usual again."))


def _after(visit: Visit) -> PlaybookId | None:
    return PlaybookId(number_in(visit, "after")) if visit.form.get("after") else None
