"""The review list: what people said messages really were, in groups, to be accepted or rejected before models learn.

Corrections of one kind (read as this, really that) stand together, the largest group first. Doubtful ones say why and
are not ticked beforehand. One form a group: what is ticked is accepted, also as another intent, or rejected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web

from console.forms import done
from console.intents import intents_by_name
from console.rendering import Pages
from console.visits import STEERING, Guard, Visit
from desk.errors import InputRejected, SettingsInvalid
from desk.learning import Correction, CorrectionId, CorrectionState, SecondLook, Suspicion
from desk.phrases import marked as _
from workflows.care_desk import CareDesk
from workflows.review_corrections import decide_corrections, learning_state

MOST_IN_A_GROUP = 100
TRAIN = "zuruf nlu train"
DECISIONS: dict[str, tuple[CorrectionState, str]] = {
    "accept": (CorrectionState.ACCEPTED, _("Accepted.")),
    "reject": (CorrectionState.REJECTED, _("Rejected.")),
}


@dataclass(frozen=True)
class Group:
    """Corrections of one kind, oldest first, as many as fit a form. `count`: all of them."""

    read: str
    right: str
    count: int
    rows: Sequence[tuple[Correction, Suspicion]]


class CorrectionsPage:
    """Shows the review list and obeys its forms."""

    def __init__(self, desk: CareDesk, guard: Guard, pages: Pages, second_look: SecondLook | None) -> None:
        self._desk, self._guard, self._pages = desk, guard, pages
        self._second_look = second_look

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        return [
            web.get("/console/corrections", self._guard.page(self._page, STEERING)),
            web.post("/console/corrections/decide", self._guard.action(self._decide, STEERING)),
        ]

    async def _page(self, visit: Visit) -> web.StreamResponse:
        state = await learning_state(self._desk, visit.responder)
        return self._pages.response(
            "corrections.html",
            visit.locale,
            visit=visit,
            me=visit.responder,
            groups=await self._groups(state.waiting),
            total=len(state.waiting),
            service=state.service,
            to_learn=state.to_learn,
            intents=intents_by_name(self._desk, visit.locale),
            command=TRAIN,
        )

    async def _groups(self, waiting: Sequence[Correction]) -> Sequence[Group]:
        looks = await self._looks(waiting)
        kinds: dict[tuple[str, str], list[tuple[Correction, Suspicion]]] = defaultdict(list)
        for correction, suspicion in zip(waiting, looks, strict=True):
            kinds[correction.intent_read, correction.intent].append((correction, suspicion))
        groups = [Group(*kind, len(rows), rows[:MOST_IN_A_GROUP]) for kind, rows in kinds.items()]
        return sorted(groups, key=lambda group: -group.count)

    async def _looks(self, waiting: Sequence[Correction]) -> Sequence[Suspicion]:
        """Without suspicion where nobody can look: the list must not depend on the training files."""
        with suppress(SettingsInvalid):
            if self._second_look is not None:
                return await self._second_look.at(waiting)
        return [Suspicion()] * len(waiting)

    async def _decide(self, visit: Visit) -> web.StreamResponse:
        state, notice = DECISIONS.get(visit.form.get("decision", ""), (None, ""))
        if state is None:
            raise InputRejected("decision: expected accept or reject")
        ids = [CorrectionId(int(one)) for one in visit.form.get("ids[]", "").split(",") if _is_number(one)]
        intent = visit.form.get("intent") or None
        await decide_corrections(self._desk, visit.responder, ids, state, intent=intent)
        return done(self._desk, visit, "/console/corrections", notice)


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 19
