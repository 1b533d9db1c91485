"""Opens a ticket's next wave of offers, or hands it to staff when no volunteer is left to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk.conversation import Conversation, Surface
from desk.phrases import marked as _
from desk.public_answer import wait_until
from desk.store import Candidate, CandidateSearch, ClockKind
from desk.ticket import Lane, Ticket
from routing.chances import lot
from routing.topics import kindred_topics
from routing.waves import NoVolunteerLeft, Wave
from workflows.choose_wave import AskedElsewhere, choose_wave
from workflows.ping_in_public import ping_in_public
from workflows.ticket_moves import also_asked, also_words, hand_to_staff, history
from workflows.voice import Voice

EXCERPT_CHARACTERS = 900
A_MOMENT = timedelta(seconds=1)
"""Until a wave is tried again whose people were being asked about something else."""


async def candidates_for(voice: Voice, ticket: Ticket) -> list[Candidate]:
    """Volunteers who could be asked about it."""
    policy = voice.desk.policy()
    search = CandidateSearch(
        policy.peer.most_at_once,
        policy.peer.most_offers_a_day,
        kindred=kindred_topics(policy, ticket.unit),
        place=lot(ticket.id, ticket.wave),
    )
    return list(await voice.work.people.candidates(ticket, search, now=voice.now))


async def offer_wave(
    voice: Voice, ticket: Ticket, conversation: Conversation, candidates: list[Candidate] | None = None
) -> Ticket:
    """Offers the ticket to the next wave. The ticket is locked, unassigned and in the peer lane. While a volunteer
    talks where it was asked in public, the wave waits."""
    if conversation.surface is Surface.PUBLIC:
        talk = wait_until(await voice.work.public_answers.of_ticket(ticket.id), voice.now)
        if talk is not None:
            await voice.work.tickets.save(ticket)
            await voice.work.clocks.set(ticket.id, ClockKind.WAVE_END, talk)
            return ticket
    able = candidates if candidates is not None else await candidates_for(voice, ticket)
    try:
        wave = await choose_wave(voice, ticket, able)
    except NoVolunteerLeft:
        return await hand_to_staff(voice, ticket, conversation)
    except AskedElsewhere:
        await voice.work.tickets.save(ticket)
        await voice.work.clocks.set(ticket.id, ClockKind.WAVE_END, voice.now + A_MOMENT)
        return ticket
    moved = replace(ticket, wave=wave.number)
    await voice.work.tickets.save(moved)
    await send_offers(voice, moved, wave)
    await ping_in_public(voice, moved, conversation, [pick.candidate.responder for pick in wave.picks])
    await voice.work.clocks.set(ticket.id, ClockKind.WAVE_END, wave.expires_at)
    await voice.work.events.add(
        "WaveOpened", now=voice.now, ticket_id=ticket.id, wave=wave.number, size=len(wave.picks)
    )
    return moved


async def ask_others_at_once(voice: Voice, ticket: Ticket, conversation: Conversation) -> None:
    """Opens the next wave when nobody who was asked is left to wait for."""
    waits = ticket.is_live and ticket.lane is Lane.PEER and ticket.assignee_id is None
    if waits and not await voice.work.offers.open_of_ticket(ticket.id):
        await offer_wave(voice, ticket, conversation)


async def send_offers(voice: Voice, ticket: Ticket, wave: Wave) -> None:
    """Makes the offers of a wave and tells those who get them."""
    reasons = [
        [voice.say(pick.candidate.responder.locale, one.text, **one.values) for one in pick.reasons]
        for pick in wave.picks
    ]
    offers = await voice.work.offers.add(
        ticket.id,
        [pick.candidate.responder.id for pick in wave.picks],
        wave=wave.number,
        reasons=reasons,
        now=voice.now,
        expires_at=wave.expires_at,
    )
    by_id = {pick.candidate.responder.id: pick.candidate.responder for pick in wave.picks}
    messages = await voice.work.messages.of_ticket(ticket.id)
    further = await also_asked(voice, ticket)
    told = []
    for offer in offers:
        responder = by_id[offer.responder_id]
        excerpt = _short(history(messages, voice, responder.locale, masked=True))
        also = also_words(voice, further, responder.locale)
        text = voice.say(
            responder.locale,
            _("🙋 Would you like to answer this? ({unit})\n\n{question}\n\nWhy you: {reasons}."),
            unit=voice.desk.policy().unit_name(ticket.unit, responder.locale),
            question=f"{excerpt}\n{also}".strip(),
            reasons=", ".join(offer.reasons),
        )
        told.append((responder, text, voice.buttons(responder.locale).offer(offer.id)))
    await voice.to_responders(told, ticket_id=ticket.id)


def _short(text: str) -> str:
    """As much as one reads to decide; whoever takes it gets all."""
    return text if len(text) <= EXCERPT_CHARACTERS else f"{text[:EXCERPT_CHARACTERS].rstrip()} …"
