"""A volunteer answers a call: *I am in*, *Not now*, or, later, that they have to go.

Everybody may change their mind while the muster lasts. Who taps too late or twice is answered politely. Whoever comes
gets the briefing and is asked first from then on; somebody who paused is back by coming.
"""

from __future__ import annotations

from dataclasses import replace

from desk.errors import NotAllowed, Suspended
from desk.muster import Muster, MusterId
from desk.muster_call import Call, Duty, Reply, ReplyTrigger, after
from desk.people import Responder, Role
from desk.phrases import marked as _
from desk.storm_wishes import Caps, caps_in_storm
from desk.trust import sees_briefing
from workflows.care_desk import CareDesk
from workflows.muster_letters import replace_letters
from workflows.muster_words import (
    NOT_NOW,
    OVER,
    YOU_ARE_IN,
    YOU_ARE_OUT,
    after_all_buttons,
    briefing_words,
    in_buttons,
    in_their_time,
)
from workflows.send_calls import briefing_in
from workflows.voice import Voice


async def come(voice: Voice, responder: Responder, muster_id: MusterId) -> str:
    """They are in. Returns what they are told at once. Raises NotAllowed, NotFound, Suspended."""
    muster, call = await _theirs(voice, responder, muster_id)
    if not muster.is_live:
        return OVER
    if call.reply is Reply.IN:
        return _("You are in already. Thank you!")
    if (await voice.work.offers.claim_terms(responder.id, now=voice.now)).is_suspended:
        raise Suspended("suspended by a coordinator")
    back = responder if responder.paused_until is None else replace(responder, paused_until=None)
    if back is not responder:
        await voice.work.people.update_responder(back)
    await voice.work.musters.reply(call, after(call.reply, ReplyTrigger.COME), now=voice.now)
    await put_on_duty(voice, back, muster)
    await voice.work.offers.seen([responder.id], now=voice.now)
    await _note(voice, responder, muster, "MusterJoined")
    wishes = await voice.work.volunteers.wishes(responder.id)
    until = in_their_time(voice, muster.until, wishes.availability if wishes else None)
    said = voice.say(responder.locale, YOU_ARE_IN, until=until)
    await replace_letters(voice, muster, [(responder, said, ())], send_anew=False)
    await send_briefing(voice, responder, muster)
    return _("You are in. Thank you!")


async def decline(voice: Voice, responder: Responder, muster_id: MusterId) -> str:
    """Not now, or they have to go. Returns what they are told at once. Raises NotAllowed, NotFound."""
    muster, call = await _theirs(voice, responder, muster_id)
    if not muster.is_live:
        return OVER
    if call.reply in (Reply.NOT_NOW, Reply.OUT):
        return _("Noted already. Thank you!")
    reply = await _decline(voice, responder, muster, call)
    said = voice.say(responder.locale, YOU_ARE_OUT if reply is Reply.OUT else NOT_NOW)
    buttons = after_all_buttons(voice, responder.locale, muster.id)
    await replace_letters(voice, muster, [(responder, said, buttons)], send_anew=False)
    return _("Thank you for your help!") if reply is Reply.OUT else _("Noted. That is fine!")


async def step_out(voice: Voice, responder: Responder) -> None:
    """They pause: whatever muster they are in, they are out."""
    for seen in await voice.work.musters.replies_of(responder.id):
        if seen.reply is Reply.IN:
            muster, call = await _theirs(voice, responder, seen.muster_id)
            if muster.is_live and call.reply is Reply.IN:
                await _decline(voice, responder, muster, call)


async def put_on_duty(voice: Voice, responder: Responder, muster: Muster) -> None:
    """They are asked first, with the caps they stated for storms. A drill among real questions counts for nothing."""
    if voice.desk.is_practice(muster.drill):
        return
    wishes = await voice.work.musters.storm_wishes(responder.id)
    usual = await usual_caps(voice.desk, voice, responder)
    duty = Duty(muster.id, muster.until, caps_in_storm(wishes, usual, muster.raised))
    await voice.work.musters.on_duty(responder.id, duty, any_hour=wishes.outside_hours)


async def usual_caps(desk: CareDesk, voice: Voice, responder: Responder) -> Caps:
    """Outside storms: the policy's, or their own lower ones."""
    peer = desk.policy().peer
    said = await voice.work.volunteers.wishes(responder.id)
    if said is None:
        return Caps(peer.most_at_once, peer.most_offers_a_day)
    return Caps(min(said.most_at_once, peer.most_at_once), min(said.most_a_day, peer.most_offers_a_day))


async def send_briefing(voice: Voice, responder: Responder, muster: Muster) -> None:
    """To their chat; whoever lives on the console reads it on their page."""
    said = await briefing_for(voice, responder, muster)
    if said is not None:
        await voice.to_responder(responder, said, buttons=in_buttons(voice, responder.locale, muster.id))


async def briefing_for(voice: Voice, responder: Responder, muster: Muster) -> str | None:
    """The briefing in their language. None: there is no such incident any more."""
    incident = await voice.work.incidents.seen(muster.incident_id)
    if incident is None:
        return None
    statement = await voice.work.statements.in_force(muster.incident_id)
    briefing = briefing_in(voice, await voice.work.musters.briefings(muster.id), responder, incident)
    wording = None if statement is None else statement.text(responder.locale)
    return briefing_words(voice, responder.locale, incident, muster, briefing, wording)


async def briefings_open_to(voice: Voice, responder: Responder) -> list[Muster]:
    """Live musters whose briefing they may read: those they are in, and every one for champions."""
    replies = {one.muster_id: one.reply for one in await voice.work.musters.replies_of(responder.id)}
    everything = sees_briefing(responder.trust) or responder.role.is_staff
    return [
        one for one in await voice.work.musters.live() if everything or replies.get(one.id) is Reply.IN
    ]  # fmt: skip


async def _theirs(voice: Voice, responder: Responder, muster_id: MusterId) -> tuple[Muster, Call]:
    """The muster, kept from ending, and their call of it, locked. Raises NotFound, NotAllowed."""
    muster = await voice.work.musters.seen(muster_id)
    call = await voice.work.musters.call_of(muster_id, responder.id)
    if call is None or not responder.active or responder.role is not Role.VOLUNTEER:
        raise NotAllowed("nobody called them")
    return muster, call


async def _decline(voice: Voice, responder: Responder, muster: Muster, call: Call) -> Reply:
    reply = after(call.reply, ReplyTrigger.DECLINE)
    await voice.work.musters.reply(call, reply, now=voice.now)
    await voice.work.musters.off_duty(responder.id, muster.id)
    await _note(voice, responder, muster, "MusterLeft" if reply is Reply.OUT else "MusterDeclined")
    return reply


async def _note(voice: Voice, responder: Responder, muster: Muster, kind: str) -> None:
    await voice.work.events.add(
        kind, now=voice.now, responder_id=responder.id, incident=muster.incident_id, muster=muster.id
    )
