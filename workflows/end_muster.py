"""A muster ends: by itself when its time is up or its incident is over, or by hand; or it is called off.

At its end nobody is asked first any more; whoever came is thanked with what all achieved together, a slice at a time,
and rests. Called off means that it was a mistake: whoever was told reads that it was, nobody rests.
"""

from __future__ import annotations

from dataclasses import replace

from desk.errors import InputRejected
from desk.incident import Incident, IncidentId, IncidentState
from desk.muster import (
    Muster,
    MusterId,
    MusterState,
    MusterTrigger,
    after,
    can_be_called_off,
    is_over,
    rest_until,
)
from desk.muster_call import Reply
from desk.people import Responder
from workflows.care_desk import CareDesk
from workflows.muster_letters import replace_letters
from workflows.muster_words import CALLED_OFF, OVER, in_their_time, thanks_words
from workflows.permissions import steering
from workflows.voice import Voice, speaking

SLICE = 25


async def end_muster(voice: Voice, muster_id: MusterId, by: Responder | None = None) -> Muster:
    """It is over; `by` None: by itself. Raises NotAllowed, NotFound, IllegalTransition."""
    if by is not None:
        steering(by)
    muster = await voice.work.musters.muster(muster_id)
    state = after(muster.state, MusterTrigger.END)
    silent = await voice.work.musters.without_an_answer(muster_id)
    await _end(voice, muster, state, by)
    told = [(one, voice.say(one.locale, OVER), ()) for one in silent]
    await replace_letters(voice, muster, told, send_anew=False)
    return muster


async def call_off(voice: Voice, by: Responder, muster_id: MusterId) -> None:
    """It was a mistake. Raises NotAllowed, NotFound, IllegalTransition, InputRejected when everybody has been told."""
    steering(by)
    muster = await voice.work.musters.muster(muster_id)
    state = after(muster.state, MusterTrigger.CALL_OFF)
    if not can_be_called_off(muster, await voice.work.musters.figures(muster_id)):
        raise InputRejected("muster: everybody has been called; end it instead")
    await _end(voice, muster, state, by)
    reached = [who for call, who in await voice.work.musters.calls(muster_id) if call.reply is not Reply.SPARED]
    told = [(one, voice.say(one.locale, CALLED_OFF), ()) for one in reached]
    await replace_letters(voice, muster, told, send_anew=False)


async def _end(voice: Voice, muster: Muster, state: MusterState, by: Responder | None) -> None:
    await voice.work.musters.note_first_answer(muster.id)
    figures = await voice.work.musters.figures(muster.id)
    who = None if by is None else by.id
    await voice.work.musters.end(muster.id, state, figures, by=who, now=voice.now)
    kind = "MusterEnded" if state is MusterState.ENDED else "MusterCalledOff"
    await voice.work.events.add(
        kind, now=voice.now, responder_id=who, incident=muster.incident_id, muster=muster.id, came=figures.came,
        told=figures.told, answers=figures.answers,
    )  # fmt: skip


async def look_after_musters(desk: CareDesk) -> int:
    """Ends those that are over, follows those whose incident goes on in another, and keeps when the first answer came.
    How many ended."""
    async with desk.store.begin() as work:
        live = await work.musters.live()
    ended = 0
    for muster in live:
        async with speaking(desk) as voice:
            ended += await _look_after(voice, muster.id)
    return ended


async def _look_after(voice: Voice, muster_id: MusterId) -> bool:
    muster = await voice.work.musters.muster(muster_id)
    incident = await voice.work.incidents.seen(muster.incident_id)
    if incident is not None and incident.joined_into is not None and muster.is_live:
        await voice.work.musters.move(muster.id, incident.joined_into)
        muster = await voice.work.musters.muster(muster_id)
        incident = await voice.work.incidents.seen(muster.incident_id)
    if is_over(muster, incident.state if incident is not None else IncidentState.DISMISSED, voice.now):
        await end_muster(voice, muster.id)
        return True
    if muster.is_live and muster.first_answer_at is None:
        await voice.work.musters.note_first_answer(muster.id)
    return False


async def end_musters_of(voice: Voice, incident_id: IncidentId, by: Responder | None = None) -> None:
    """Its incident is over. Raises NotAllowed."""
    for muster in await voice.work.musters.of_incident(incident_id):
        if muster.is_live:
            await end_muster(voice, muster.id, by)


async def thank_for_musters(desk: CareDesk) -> int:
    """The next slice of those who came and were not thanked. How many."""
    async with speaking(desk) as voice:
        calls = await voice.work.musters.take_unthanked(limit=SLICE)
        for muster_id in dict.fromkeys(call.muster_id for call in calls):
            muster = await voice.work.musters.seen(muster_id)
            incident = await voice.work.incidents.seen(muster.incident_id)
            theirs = [call for call in calls if call.muster_id == muster_id]
            people = await voice.work.people.responders_by_id([call.responder_id for call in theirs])
            for call in theirs:
                rested = await _rest(voice, muster, people[call.responder_id])
                await voice.work.musters.thanked(call, now=voice.now, rest_until=rested.paused_until)
                if incident is not None and rested.active:
                    await _thank(voice, muster, incident, rested)
    return len(calls)


async def _rest(voice: Voice, muster: Muster, responder: Responder) -> Responder:
    """They get no offers for a while, from the end of the muster on."""
    until = rest_until(muster, muster.ended_at or voice.now, responder.paused_until)
    if until == responder.paused_until or until is None or until <= voice.now:
        return responder
    rested = replace(responder, paused_until=until)
    await voice.work.people.update_responder(rested)
    return rested


async def _thank(voice: Voice, muster: Muster, incident: Incident, responder: Responder) -> None:
    wishes = await voice.work.volunteers.wishes(responder.id)
    until = responder.paused_until
    rests = None
    if until is not None and until > voice.now and not muster.drill:
        rests = in_their_time(voice, until, wishes.availability if wishes else None)
    figures = await voice.work.musters.figures(muster.id)
    said = thanks_words(voice, responder, incident, muster, figures, rests)
    await replace_letters(voice, muster, [(responder, said, ())])
