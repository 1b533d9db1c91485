"""What the buttons of the page about storms do: each change holds at once."""

from __future__ import annotations

from dataclasses import replace

from desk.errors import InputRejected, NotAllowed
from desk.storm_wishes import StormWishes
from workflows.buttons import Action
from workflows.storm_choice_page import CALLS
from workflows.volunteer_choice_pages import STORMS, Card
from workflows.volunteer_filler import Filler
from workflows.wish_for_storms import wish_for_storms


async def choose_calls(filler: Filler, action: Action) -> Card:
    """Whether and when. Raises InputRejected, NotAllowed for whoever is no volunteer yet."""
    if not 0 <= action.id < len(CALLS):
        raise InputRejected("storm: no such button")
    filled = await filler.filled()
    chosen = CALLS[action.id][1]
    return await _keep(filler, replace(filled.storms, is_called=chosen.is_called, outside_hours=chosen.outside_hours))


async def choose_caps(filler: Filler, action: Action) -> Card:
    """How much; a choice tapped again is taken back: the usual limit holds. Raises InputRejected, NotAllowed."""
    storms = (await filler.filled()).storms
    if action.id:
        kept = None if storms.most_at_once == action.value else action.value
        return await _keep(filler, replace(storms, most_at_once=kept))
    kept = None if storms.most_a_day == action.value else action.value
    return await _keep(filler, replace(storms, most_a_day=kept))


async def _keep(filler: Filler, wishes: StormWishes) -> Card:
    if filler.responder is None:
        raise NotAllowed("for those who joined")
    await wish_for_storms(filler.voice, filler.responder, wishes)
    return filler.pages.page(STORMS, await filler.filled())
