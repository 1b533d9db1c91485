"""What each button of the form does: a change is kept at once, and the page is shown as it is then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from desk.errors import InputRejected, NotAllowed
from desk.people import Locale
from desk.phrases import marked as _
from desk.volunteering import Availability
from routing.topics import peer_topics, unit_of_topics
from workflows.apply_to_volunteer import hand_in
from workflows.buttons import Action
from workflows.entrance_cards import answer_card, leave_card, test_card
from workflows.storm_choice_taps import choose_calls, choose_caps
from workflows.volunteer_choice_pages import HOURS, LANGUAGES, LIMITS, MAIN, QUIET, TOPICS, ZONE, Card, named
from workflows.volunteer_choices import HOURS_OFFERED, QUIET_OFFERED, ZONES_OFFERED
from workflows.volunteer_filler import Filler

KEPT = _("Noted.")
NOTHING = ""
ONE_AT_LEAST = _("Please keep at least one.")
BEING_LOOKED_AT = _("Your application is being looked at. I will tell you here as soon as it is decided.")
WELCOME = _("Welcome! You will get questions that fit you, with *Take it* and *Pass*. Passing is fine.")

Shown = tuple[str, Card | None]


async def _page(filler: Filler, number: int, notice: str = KEPT) -> Shown:
    return notice, filler.pages.page(number, await filler.filled())


async def _show_page(filler: Filler, action: Action) -> Shown:
    return await _page(filler, action.id, NOTHING)


async def _topic(filler: Filler, action: Action) -> Shown:
    filled = await filler.filled()
    topics = peer_topics(filler.voice.desk.policy())
    unit = named(action.id, topics)
    if unit is None:
        return await _page(filler, TOPICS, _("This topic is not open to volunteers any more."))
    chosen = filled.wishes.topics
    if filled.responder is not None and not chosen:
        chosen = tuple(topics)
    others = tuple(one for one in chosen if one != unit and one not in topics[unit])
    kept = others if unit in chosen else (*others, unit)
    if not kept and filled.responder is not None:
        return ONE_AT_LEAST, None
    await filler.keep(replace(filled.wishes, topics=kept))
    return await _page(filler, TOPICS)


async def _language(filler: Filler, action: Action) -> Shown:
    wishes = (await filler.filled()).wishes
    if action.id >= len(Locale):
        raise InputRejected("language: no such button")
    tapped = tuple(Locale)[action.id]
    kept = tuple(one for one in wishes.languages if one is not tapped)
    if tapped not in wishes.languages:
        kept = (*wishes.languages, tapped)
    if not kept:
        return ONE_AT_LEAST, None
    await filler.keep(replace(wishes, languages=kept))
    return await _page(filler, LANGUAGES)


async def _when(filler: Filler, number: int, **changes: object) -> Shown:
    wishes = (await filler.filled()).wishes
    changed: Availability = replace(wishes.availability, **changes)  # type: ignore[arg-type]
    await filler.keep(replace(wishes, availability=changed))
    return await _page(filler, number)


async def _hours(filler: Filler, action: Action) -> Shown:
    if action.id >= len(HOURS_OFFERED):
        raise InputRejected("hours: no such button")
    return await _when(filler, HOURS, hours=HOURS_OFFERED[action.id][1])


async def _quiet(filler: Filler, action: Action) -> Shown:
    if action.id >= len(QUIET_OFFERED):
        raise InputRejected("quiet: no such button")
    return await _when(filler, QUIET, quiet=QUIET_OFFERED[action.id])


async def _zone(filler: Filler, action: Action) -> Shown:
    zone = named(action.id, (filler.voice.desk.zone, *ZONES_OFFERED))
    return await (_page(filler, ZONE, NOTHING) if zone is None else _when(filler, ZONE, zone=zone))


async def _most(filler: Filler, action: Action) -> Shown:
    wishes = (await filler.filled()).wishes
    wanted = action.value or 0
    if not 1 <= wanted <= (10 if action.id else 99):
        raise InputRejected("most: expected a number from 1 on")
    await filler.keep(replace(wishes, most_at_once=wanted) if action.id else replace(wishes, most_a_day=wanted))
    return await _page(filler, LIMITS)


async def _apply(filler: Filler, action: Action) -> Shown:
    if filler.application is None:
        return await _page(filler, MAIN, NOTHING)
    if not filler.application.wishes.topics:
        return await _page(filler, TOPICS, _("Please choose at least one topic."))
    filler.application, filler.responder = await hand_in(filler.voice, filler.application)
    if filler.responder is None:
        return BEING_LOOKED_AT, Card(filler.pages.say(BEING_LOOKED_AT), ())
    card = filler.pages.page(MAIN, await filler.filled())
    return WELCOME, Card(f"{filler.pages.say(WELCOME)}\n\n{card.text}", card.buttons)


async def _stop(filler: Filler, action: Action) -> Shown:
    if filler.application is None:
        return await _page(filler, MAIN, NOTHING)
    await filler.voice.work.applications.drop(filler.application.id)
    gone = _("All right, I have forgotten it. /volunteer begins anew.")
    return gone, Card(filler.pages.say(gone), ())


async def _test(filler: Filler, action: Action) -> Shown:
    if filler.responder is None:
        raise NotAllowed("tests are for those who joined")
    unit = named(action.id, unit_of_topics(filler.voice.desk.policy()))
    return await test_card(filler.voice, filler.pages, filler.responder, unit or "")


async def _answer(filler: Filler, action: Action) -> Shown:
    if filler.responder is None:
        raise NotAllowed("tests are for those who joined")
    return await answer_card(filler.voice, filler.pages, filler.responder, action.id, action.value or 0)


async def _leave(filler: Filler, action: Action) -> Shown:
    if filler.responder is None:
        raise NotAllowed("nobody who could leave")
    return NOTHING, leave_card(filler.voice, filler.responder.locale, filler.responder)


async def _storm(filler: Filler, action: Action) -> Shown:
    return KEPT, await choose_calls(filler, action)


async def _storm_most(filler: Filler, action: Action) -> Shown:
    return KEPT, await choose_caps(filler, action)


VERBS: dict[str, Callable[[Filler, Action], Awaitable[Shown]]] = {
    "volunteer.show": _show_page,
    "volunteer.topic": _topic,
    "volunteer.language": _language,
    "volunteer.hours": _hours,
    "volunteer.quiet": _quiet,
    "volunteer.zone": _zone,
    "volunteer.most": _most,
    "volunteer.apply": _apply,
    "volunteer.stop": _stop,
    "volunteer.test": _test,
    "volunteer.answer": _answer,
    "volunteer.leave": _leave,
    "volunteer.storm": _storm,
    "volunteer.storm_most": _storm_most,
}
