"""A volunteer accepts or passes an offer, or hands the ticket on.

Accepting is compare-and-set under the conversation's lock: of any number of simultaneous taps one wins, the others
are told. The hold is a lease: a reminder after two thirds of it, hand-back at its end. Passing costs nothing; when
everybody of a wave has passed, the next opens at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from desk.conversation import AuthorKind, Conversation, Direction
from desk.errors import HandsFull, NotAllowed, NotFound, OfferGone, Suspended
from desk.offer import Offer, OfferId, OfferState, OfferTrigger, after
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import ClockKind, NewMessage
from desk.ticket import Status, Ticket, TicketId, Trigger
from workflows.approved_wording import wording_buttons
from workflows.lease import start_lease
from workflows.offer_wave import ask_others_at_once, offer_wave
from workflows.ticket_moves import (
    also_asked,
    also_words,
    hand_to_staff,
    history,
    move,
    retire_offer_messages,
    withdraw_offers,
)
from workflows.unsent_answer import drop_unsent
from workflows.voice import Voice


async def accept_offer(voice: Voice, responder: Responder, offer_id: OfferId) -> Ticket:
    """The ticket is the responder's now. Raises OfferGone, HandsFull, Suspended, NotAllowed, NotFound."""
    offer = await _own_offer(voice, responder, offer_id)
    if offer.state is not OfferState.OPEN:
        raise OfferGone(offer.state)
    ticket, conversation = await voice.work.tickets.lock(offer.ticket_id)
    offer = await _own_offer(voice, responder, offer_id)
    if offer.state is not OfferState.OPEN or ticket.assignee_id is not None:
        raise OfferGone(offer.state)
    await _may_claim(voice, responder)
    await voice.work.offers.save_state([offer.id], after(offer.state, OfferTrigger.ACCEPT), now=voice.now)
    await retire_offer_messages(voice, ticket.id, [offer], _("✔ You have taken this question."))
    await withdraw_offers(voice, ticket, OfferState.WITHDRAWN, _("Taken by somebody else. Thank you!"))
    moved = await start_lease(voice, await move(voice, ticket, Trigger.ASSIGNED, assignee_id=responder.id))
    await voice.work.clocks.stop(ticket.id, ClockKind.WAVE_END)
    await voice.work.events.add("OfferAccepted", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    await _brief(voice, responder, moved)
    await _tell_contact(voice, conversation, moved)
    return moved


async def _may_claim(voice: Voice, responder: Responder) -> None:
    """Their own cap may be lower than the policy's, never higher, but for what they said for storms. Raises Suspended,
    HandsFull."""
    terms = await voice.work.offers.claim_terms(responder.id, now=voice.now)
    if terms.is_suspended:
        raise Suspended("suspended by a coordinator")
    most = voice.desk.policy().peer.most_at_once
    if terms.most_at_once is not None:
        most = min(most, terms.most_at_once)
    if terms.in_storm is not None:
        most = max(most, terms.in_storm)
    if len(owing(await voice.work.tickets.held_by(responder.id))) >= most:
        raise HandsFull("the cap of tickets at once is reached")


async def pass_offer(voice: Voice, responder: Responder, offer_id: OfferId) -> None:
    """Not this one. Raises OfferGone, NotAllowed, NotFound."""
    offer = await _own_offer(voice, responder, offer_id)
    ticket, conversation = await voice.work.tickets.lock(offer.ticket_id)
    offer = await _own_offer(voice, responder, offer_id)
    if offer.state is not OfferState.OPEN:
        raise OfferGone(offer.state)
    await voice.work.offers.save_state([offer.id], after(offer.state, OfferTrigger.PASS), now=voice.now)
    await retire_offer_messages(voice, ticket.id, [offer], _("Passed. That is fine, thank you for looking!"))
    await voice.work.events.add("OfferPassed", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    await ask_others_at_once(voice, ticket, conversation)


async def hand_back(voice: Voice, responder: Responder, ticket_id: TicketId) -> Ticket:
    """The volunteer gives the ticket back; the next wave opens. Raises NotAllowed, NotFound."""
    ticket, conversation = await held_by(voice, responder, ticket_id)
    await voice.work.events.add("HandedBack", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    return await release_to_peers(voice, ticket, conversation)


async def hand_up(voice: Voice, responder: Responder, ticket_id: TicketId, reason: str = "") -> Ticket:
    """The volunteer hands the ticket to staff. Raises NotAllowed, NotFound."""
    ticket, conversation = await held_by(voice, responder, ticket_id)
    await voice.work.events.add("Escalated", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)
    moved = await hand_to_staff(voice, ticket, conversation, by=responder.id)
    if reason:
        await keep_reason(voice, responder, moved, conversation, reason)
    return moved


async def keep_reason(
    voice: Voice, responder: Responder, ticket: Ticket, conversation: Conversation, reason: str
) -> None:
    """A note: staff read it in their rooms and on the console."""
    noted = await voice.work.messages.add(
        NewMessage(
            conversation_id=conversation.id,
            ticket_id=ticket.id,
            direction=Direction.NOTE,
            author=AuthorKind.AGENT if responder.role.is_staff else AuthorKind.VOLUNTEER,
            responder_id=responder.id,
            body=reason,
            channel=conversation.address.channel,
            created_at=voice.now,
        )
    )
    text = _("📝 From staff: {reason}") if responder.role.is_staff else _("📝 From the volunteer: {reason}")
    said = voice.say(voice.desk.locale, text, reason=reason)
    await voice.to_staff(ticket, said, message_id=noted)


async def release_to_peers(voice: Voice, ticket: Ticket, conversation: Conversation) -> Ticket:
    """Nobody has it any more; the next wave is asked."""
    await drop_unsent(voice, ticket)
    await voice.work.clocks.stop(ticket.id, ClockKind.LEASE_REMINDER, ClockKind.LEASE_END)
    trigger = Trigger.RELEASED if ticket.status is not Status.SOLVED else Trigger.RESUMED
    moved = await move(voice, ticket, trigger, assignee_id=None, lease_expires_at=None)
    return await offer_wave(voice, moved, conversation)


async def held_by(voice: Voice, responder: Responder, ticket_id: TicketId) -> tuple[Ticket, Conversation]:
    """The ticket, locked, if the responder has it. Raises NotAllowed."""
    ticket, conversation = await voice.work.tickets.lock(ticket_id)
    if ticket.assignee_id != responder.id:
        raise NotAllowed("somebody else, or nobody, has this ticket")
    return ticket, conversation


def owing(held: Sequence[Ticket]) -> list[Ticket]:
    """Of the tickets somebody has, those that wait for their answer."""
    return [ticket for ticket in held if ticket.status is not Status.PENDING]


async def _own_offer(voice: Voice, responder: Responder, offer_id: OfferId) -> Offer:
    offer = await voice.work.offers.by_id(offer_id)
    if offer is None:
        raise NotFound("no such offer")
    if offer.responder_id != responder.id:
        raise NotAllowed("this offer is somebody else's")
    if not responder.active:
        raise NotAllowed("not active")
    return offer


async def _brief(voice: Voice, responder: Responder, ticket: Ticket) -> None:
    messages = await voice.work.messages.of_ticket(ticket.id)
    talk = history(messages, voice, responder.locale, masked=True)
    also = also_words(voice, await also_asked(voice, ticket), responder.locale)
    text = voice.say(
        responder.locale,
        _("It is yours. Write your answer here; the contact sees it as from the community.\n\n{talk}"),
        talk=f"{talk}\n{also}".strip(),
    )
    buttons = await wording_buttons(voice, responder, ticket) + voice.buttons(responder.locale).holding(ticket.id)
    await voice.to_responder(responder, text, ticket_id=ticket.id, buttons=buttons)


async def _tell_contact(voice: Voice, conversation: Conversation, ticket: Ticket) -> None:
    text = voice.say(conversation.locale, _("Somebody from our community is looking into it."))
    await voice.to_contact(conversation, text, ticket=ticket)
