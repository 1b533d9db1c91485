"""A volunteer refers a question to a colleague they name: the colleague gets an offer for some minutes.

To choose from are colleagues who could be asked about it now, those with standing first, by first name only. When the
one who is asked passes or lets it go by, the next wave opens, as after any offer.
"""

from __future__ import annotations

from datetime import timedelta

from desk.display_names import colleague_name
from desk.errors import NotFound
from desk.people import Responder, ResponderId
from desk.phrases import marked as _
from desk.store import Candidate, ClockKind
from desk.ticket import Ticket, TicketId, Trigger
from desk.trust import rank
from routing.reasons import Reason
from routing.waves import Pick, Wave, at_hand
from workflows.accept_offer import held_by
from workflows.offer_wave import candidates_for, send_offers
from workflows.ticket_moves import move
from workflows.unsent_answer import drop_unsent
from workflows.voice import Voice

MOST_NAMED = 5
REFERRAL = timedelta(minutes=5)
"""How long the colleague has; long enough to look at the phone, short enough for the contact."""


async def name_colleagues(voice: Voice, responder: Responder, ticket_id: TicketId) -> str:
    """Shows colleagues as buttons. Raises NotAllowed, NotFound."""
    ticket, _conversation = await held_by(voice, responder, ticket_id)
    able = await _colleagues(voice, responder, ticket)
    if not able:
        return _("Nobody else is at hand for this now. Hand it back or to staff.")
    named = [(one.responder.id, colleague_name(one.responder.name)) for one in able[:MOST_NAMED]]
    text = voice.say(responder.locale, _("Who knows this well? They get it for five minutes; then others are asked."))
    buttons = voice.buttons(responder.locale).colleagues(ticket_id, named)
    await voice.to_responder(responder, text, ticket_id=ticket_id, buttons=buttons)
    return _("Whom?")


async def refer_ticket(voice: Voice, responder: Responder, ticket_id: TicketId, whom: ResponderId) -> Ticket:
    """The colleague is asked; the ticket is nobody's meanwhile. Raises NotAllowed, NotFound."""
    ticket, _conversation = await held_by(voice, responder, ticket_id)
    able = {one.responder.id: one for one in await _colleagues(voice, responder, ticket)}
    if whom not in able:
        raise NotFound("not at hand any more")
    await drop_unsent(voice, ticket)
    await voice.work.clocks.stop(ticket.id, ClockKind.LEASE_REMINDER, ClockKind.LEASE_END)
    moved = await move(voice, ticket, Trigger.RELEASED, assignee_id=None, lease_expires_at=None)
    await voice.work.events.add("Referred", now=voice.now, ticket_id=ticket.id, responder_id=responder.id, to=whom)
    reason = Reason(_("a colleague thinks that you know this"))
    until = voice.now + REFERRAL
    await send_offers(voice, moved, Wave(max(ticket.wave, 1), (Pick(able[whom], (reason,)),), until))
    await voice.work.clocks.set(ticket.id, ClockKind.WAVE_END, until)
    return moved


async def _colleagues(voice: Voice, responder: Responder, ticket: Ticket) -> list[Candidate]:
    """Who could be asked about it now, those with standing first."""
    able = at_hand(await candidates_for(voice, ticket), voice.desk.policy().peer, voice.now)
    others = [one for one in able if one.responder.id != responder.id]
    return sorted(others, key=lambda one: (-rank(one.responder.trust), one.load, one.responder.id))
