"""Looks through what volunteers did and raises cases for coordinators, a few times a day and when a contact reports.

1. One process at a time begins a round (`begins_watch`).
2. The deeds of the last WATCHED are read, and every rule of desk/suspicion.py is asked; words only as hashes, one
   volunteer at a time.
3. What is worth a look becomes a case, or adds to the open one. Nobody is told, and nothing happens to anybody.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from desk.abuse_case import is_worth_a_look
from desk.people import ResponderId
from desk.store import Work
from desk.suspect_attempts import attempts, reported
from desk.suspect_copies import LEAST_COPIES, copying, shingles
from desk.suspect_pairs import self_answering
from desk.suspect_rings import praise_rings
from desk.suspect_snipers import sniping
from desk.suspicion import WATCHED, Deed, Suspicion
from workflows.care_desk import CareDesk
from workflows.voice import Voice, speaking

EVERY = timedelta(hours=6)
MOST_DEEDS = 100_000
"""Looked through at once, the newest: bounds memory on the largest desks."""


async def watch_community(desk: CareDesk) -> int:
    """A round, if one is due. Returns how many cases are new."""
    now = desk.clock.now()
    async with desk.store.begin() as work:
        if not await work.abuse.begins_watch(EVERY, now=now):
            return 0
        found = await _suspicions(work, now - WATCHED)
    return await _raise_each(desk, found)


async def look_at_reports(voice: Voice, responder_id: ResponderId) -> None:
    """Raises the case of somebody who was reported just now."""
    reports = await voice.work.abuse.reports(voice.now - WATCHED)
    for suspicion in reported([one for one in reports if one.responder_id == responder_id]):
        await raise_case(voice, suspicion)


async def raise_case(voice: Voice, suspicion: Suspicion) -> bool:
    """If there is enough that nobody has looked at. True: the case is new."""
    if not is_worth_a_look(suspicion, await voice.work.abuse.looked_at(suspicion.key)):
        return False
    new = await voice.work.abuse.raise_case(suspicion, now=voice.now)
    if new:
        await voice.work.events.add("CaseRaised", now=voice.now, rule=suspicion.rule.value)
    return new


async def _suspicions(work: Work, since: datetime) -> list[Suspicion]:
    """The rules look in a thread: a hundred thousand deeds take seconds, and nobody may wait for that."""
    deeds = await work.abuse.deeds(since, limit=MOST_DEEDS)
    offered = await work.abuse.offered(since)
    by_volunteer: dict[ResponderId, list[Deed]] = defaultdict(list)
    for deed in deeds:
        by_volunteer[deed.responder_id].append(deed)
    taken = {volunteer: len(own) for volunteer, own in by_volunteer.items()}
    found = await asyncio.to_thread(
        lambda: [*self_answering(deeds), *praise_rings(deeds), *sniping(deeds, offered)],
    )
    found += attempts(await work.abuse.refusals(since), taken)
    found += reported(await work.abuse.reports(since))
    for own in by_volunteer.values():
        if len(own) >= LEAST_COPIES:
            told = await _with_words(work, own, since)
            found += await asyncio.to_thread(_copies, told)
    return found


def _copies(deeds: list[Deed]) -> list[Suspicion]:
    return list(copying(deeds))


async def _with_words(work: Work, deeds: list[Deed], since: datetime) -> list[Deed]:
    texts = await work.abuse.answers(deeds[0].responder_id, since)
    return [replace(deed, shingles=shingles(texts.get(deed.ticket_id, ""))) for deed in deeds]


async def _raise_each(desk: CareDesk, found: Iterable[Suspicion]) -> int:
    new = 0
    for suspicion in found:
        async with speaking(desk) as voice:
            new += await raise_case(voice, suspicion)
    return new
