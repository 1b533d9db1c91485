"""Calls of a muster go out, a slice at a time, to whoever may be called at that moment.

What somebody wishes may have changed since they were put on the list, so it is asked again: whoever may not be called
now is called when they may, or not at all. Any number of processes may do it at once; each call is sent by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desk.incident import Incident
from desk.muster import Briefing, Muster
from desk.muster_call import Call
from desk.people import Locale, Responder
from desk.store import Ready
from desk.storm_wishes import call_time, may_be_called
from workflows.care_desk import CareDesk
from workflows.incident_name import public_name
from workflows.muster_words import call_buttons, call_words, in_their_time
from workflows.voice import Voice, speaking

SLICE = 25


async def send_calls(desk: CareDesk) -> int:
    """The next slice. How many were called."""
    async with speaking(desk) as voice:
        due = await voice.work.musters.take_due(now=voice.now, limit=SLICE)
        told = 0
        for muster in await voice.work.musters.live() if due else ():
            calls = [one for one in due if one.muster_id == muster.id]
            if calls:
                told += await _send(voice, muster, calls)
    return told


async def _send(voice: Voice, muster: Muster, calls: Sequence[Call]) -> int:
    incident = await voice.work.incidents.seen(muster.incident_id)
    briefings = await voice.work.musters.briefings(muster.id)
    able = [ready for ready in [await _who(voice, muster, call) for call in calls] if ready is not None]
    if incident is None or not able:
        return 0
    told = []
    for ready in able:
        locale = ready.responder.locale
        until = in_their_time(voice, muster.until, ready.availability)
        text = call_words(
            voice, locale, incident, muster, briefing_in(voice, briefings, ready.responder, incident), until
        )
        told.append((ready.responder, text, call_buttons(voice, locale, muster.id)))
    await voice.to_responders(told)
    await voice.work.musters.told(muster.id, [one.responder.id for one in able], now=voice.now)
    return len(able)


async def _who(voice: Voice, muster: Muster, call: Call) -> Ready | None:
    """Who it is, if they may be called at this moment; else their call is put off."""
    found = await voice.work.musters.ready(muster.topics, muster.languages, now=voice.now, only=call.responder_id)
    if not found:
        await voice.work.musters.put_off(call, None)
        return None
    [ready] = found
    if may_be_called(ready.wishes, ready.availability, voice.now):
        return ready
    await voice.work.musters.put_off(call, call_time(ready.wishes, ready.availability, voice.now, muster.until))
    return None


def briefing_in(voice: Voice, briefings: Mapping[Locale, Briefing], reader: Responder, incident: Incident) -> Briefing:
    """In the first of their languages that it is written in; else what the incident is publicly called."""
    able = [briefings[one] for one in (reader.locale, *reader.languages, *Locale) if one in briefings]
    return able[0] if able else Briefing(public_name(voice, reader.locale, incident), "", "")
