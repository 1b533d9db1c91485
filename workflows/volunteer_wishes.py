"""What volunteers wish is shown, changed and put in force; which topics are open to them follows from it.

A chosen unit opens at once where no entrance test is in force, else when its test is passed. What whoever invited
somebody named is open without a test: they vouch for them. Once open, a unit stays open.
"""

from __future__ import annotations

from dataclasses import replace

from desk.errors import InputRejected, NotAllowed
from desk.people import Responder, Role
from desk.store import Work
from desk.volunteering import (
    MOST_AT_ONCE,
    Availability,
    Span,
    Wishes,
    checked_wishes,
    open_to,
    topics_to_ask_about,
)
from routing.topics import unit_of_topics, without_doubles
from workflows.care_desk import CareDesk
from workflows.voice import Voice

NIGHT = Span(22 * 60, 7 * 60)


def first_wishes(desk: CareDesk) -> Wishes:
    """What stands in an application that nobody has changed yet: any hour but the night, and no topic."""
    return Wishes(Availability(desk.zone, quiet=(NIGHT,)), most_a_day=_most_a_day(desk), most_at_once=_at_once(desk))


def _most_a_day(desk: CareDesk) -> int:
    return min(desk.policy().peer.most_offers_a_day, 100)


def _at_once(desk: CareDesk) -> int:
    return min(desk.policy().peer.most_at_once, MOST_AT_ONCE)


async def wishes_of(desk: CareDesk, work: Work, responder: Responder) -> Wishes:
    """What they wish. Whoever never said so, is asked at any hour about what they were invited for."""
    said = await work.volunteers.wishes(responder.id)
    if said is not None:
        return replace(said, languages=responder.languages)
    return Wishes(
        Availability(desk.zone), open_to(responder.topics), responder.languages, _most_a_day(desk), _at_once(desk)
    )


async def save_wishes(voice: Voice, responder: Responder, wishes: Wishes) -> Responder:
    """Puts them in force. Raises InputRejected, NotAllowed for staff."""
    if responder.role is not Role.VOLUNTEER:
        raise NotAllowed("staff have units, not wishes")
    policy, work = voice.desk.policy(), voice.work
    units = unit_of_topics(policy)
    if not wishes.topics and responder.topics:
        raise InputRejected("topics: choose at least one")
    kept = tuple(topic for topic in wishes.topics if topic in units)  # the policy may have taken topics away
    if wishes.topics and not kept:
        raise InputRejected("topics: choose at least one that is open to volunteers")
    good = checked_wishes(replace(wishes, topics=without_doubles(kept, policy)), units)
    await _vouch(voice, responder)
    await work.volunteers.save_wishes(responder.id, good, now=voice.now)
    return await open_topics(voice, replace(responder, languages=good.languages), good)


async def open_topics(voice: Voice, responder: Responder, wishes: Wishes) -> Responder:
    """Opens what needs no test, and says what they may be asked about from now on."""
    work = voice.work
    units = unit_of_topics(voice.desk.policy())
    opened = set(await work.volunteers.opened(responder.id))
    tests = await work.entrance_tests.in_force()
    for unit in dict.fromkeys(units[topic] for topic in wishes.topics if topic in units):
        if unit not in opened and unit not in tests:
            await work.volunteers.open_unit(responder.id, unit, "no_test", now=voice.now)
            opened.add(unit)
    topics = topics_to_ask_about(wishes.topics, opened, units) if wishes.topics else ()
    changed = replace(responder, topics=topics)
    await work.people.update_responder(changed)
    await work.events.add("WishesChanged", now=voice.now, responder_id=responder.id)
    return changed


async def _vouch(voice: Voice, responder: Responder) -> None:
    """The first time somebody says what they wish: what they were invited for is open."""
    if await voice.work.volunteers.wishes(responder.id) is not None:
        return
    units = unit_of_topics(voice.desk.policy())
    named = {units[topic] for topic in open_to(responder.topics) if topic in units}
    for unit in sorted(named) if responder.topics else sorted(set(units.values())):
        await voice.work.volunteers.open_unit(responder.id, unit, "vouched", now=voice.now)
