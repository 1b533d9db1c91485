"""Somebody taps a button. The action is hostile until its owner is proved; a tap too late is answered politely."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from desk.conversation import Conversation, MessageId, conversation_key
from desk.errors import DeskError, NotAllowed
from desk.inbound import ButtonTapped, Receipt
from desk.offer import OfferId
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import Whereabouts
from desk.ticket import Ticket, TicketId
from workflows.accept_offer import accept_offer, hand_back, pass_offer
from workflows.ask_which import choose
from workflows.buttons import Action, read_action
from workflows.care_desk import CareDesk
from workflows.change_ticket import claim_ticket, release_ticket, solve_ticket
from workflows.give_verdict import mark_solved, mark_unsolved, rate
from workflows.leave import LEAVE_NOW, tap_leave
from workflows.refusals import refusal
from workflows.say_different import say_different
from workflows.say_thanks import say_thanks
from workflows.solved_in_public import tap_this_solved
from workflows.spoken import hearers_locale
from workflows.talk_of_incident import tap_other, tap_same
from workflows.taps_of_answers import ANSWER_VERBS
from workflows.taps_of_storm import STORM_VERBS
from workflows.voice import Voice, speaking
from workflows.volunteer_dialogue import tap_form
from workflows.want_human import want_human

ResponderVerb = Callable[[Voice, Responder, int], Awaitable[str]]
ContactVerb = Callable[[Voice, Ticket, Conversation, Action], Awaitable[str]]


async def tap_button(desk: CareDesk, event: ButtonTapped) -> Receipt:
    """Does what the button says, once, if it is the tapper's. The receipt's notice is the tap's answer."""
    if event.action.startswith(LEAVE_NOW):
        return await tap_leave(desk, event)
    locale = event.author.locale
    try:
        async with speaking(desk) as voice:
            work = voice.work
            key = conversation_key(event.address, event.surface, event.author.external_id)
            where = await work.conversations.whereabouts(event.author, event.address, key)
            locale = hearers_locale(desk, where, locale)
            if not await work.events.first_time(event.channel, event.external_id, now=voice.now):
                return Receipt(duplicate=True)
            action = read_action(event.action)
            if action.verb.startswith("volunteer."):
                notice = await tap_form(voice, event, action, where, locale)
            else:
                notice = await _perform(voice, action, where)
    except DeskError as error:
        return Receipt(notice=refusal(desk.phrases, locale, error), alert=True)
    return Receipt(notice=desk.phrases.say(locale, notice) if notice else None)


async def _perform(voice: Voice, action: Action, where: Whereabouts) -> str:
    if action.verb in RESPONDER_VERBS or action.verb in TAPS:
        if where.responder is None:
            raise NotAllowed("not a responder")
        if action.verb in TAPS:
            return await TAPS[action.verb](voice, where.responder, action)
        return await RESPONDER_VERBS[action.verb](voice, where.responder, action.id)
    if action.verb == "thissolved":
        return await tap_this_solved(voice, MessageId(action.id), where.conversation)
    if action.verb == "different":
        return await say_different(voice, TicketId(action.id), where.conversation)
    if action.verb in CONTACT_VERBS:
        ticket = await voice.work.tickets.by_id(TicketId(action.id))
        if where.conversation is None or where.conversation.contact_id != ticket.contact_id:
            if action.verb == "which":
                return _("Only the person who asked can choose here.")
            raise NotAllowed("somebody else's ticket")
        if where.conversation.blocked:
            return _("Thank you!")
        # What was asked in public may go on in private: its buttons still stand where it was asked.
        ticket, conversation = await voice.work.tickets.lock(ticket.id)
        return await CONTACT_VERBS[action.verb](voice, ticket, conversation, action)
    raise NotAllowed("no such button")


async def _take(voice: Voice, responder: Responder, offer_id: int) -> str:
    await accept_offer(voice, responder, OfferId(offer_id))
    return _("It is yours!")


async def _pass(voice: Voice, responder: Responder, offer_id: int) -> str:
    await pass_offer(voice, responder, OfferId(offer_id))
    return _("Passed.")


async def _hand_back(voice: Voice, responder: Responder, ticket_id: int) -> str:
    await hand_back(voice, responder, TicketId(ticket_id))
    return _("Handed back. Thank you!")


async def _claim(voice: Voice, responder: Responder, ticket_id: int) -> str:
    await claim_ticket(voice, responder, TicketId(ticket_id))
    return _("It is yours!")


async def _release(voice: Voice, responder: Responder, ticket_id: int) -> str:
    await release_ticket(voice, responder, TicketId(ticket_id))
    return _("Back in the queue.")


async def _solve(voice: Voice, responder: Responder, ticket_id: int) -> str:
    await solve_ticket(voice, responder, TicketId(ticket_id))
    return _("Marked as solved.")


async def _solved(voice: Voice, ticket: Ticket, conversation: Conversation, action: Action) -> str:
    await mark_solved(voice, ticket, conversation)
    return _("Thank you!")


async def _unsolved(voice: Voice, ticket: Ticket, conversation: Conversation, action: Action) -> str:
    await mark_unsolved(voice, ticket, conversation)
    return _("We are still on it.")


async def _rate(voice: Voice, ticket: Ticket, conversation: Conversation, action: Action) -> str:
    await rate(voice, ticket, action.value)
    return _("Thank you for your rating!")


async def _thank(voice: Voice, ticket: Ticket, conversation: Conversation, action: Action) -> str:
    return await say_thanks(voice, ticket)


async def _which(voice: Voice, ticket: Ticket, conversation: Conversation, action: Action) -> str:
    return await choose(voice, ticket, conversation, action.value)


async def _human(voice: Voice, ticket: Ticket, conversation: Conversation, action: Action) -> str:
    await want_human(voice, ticket, conversation)
    return _("A person will answer you.")


RESPONDER_VERBS: dict[str, ResponderVerb] = {
    "take": _take,
    "pass": _pass,
    "handback": _hand_back,
    "claim": _claim,
    "release": _release,
    "solve": _solve,
}

TAPS = ANSWER_VERBS | STORM_VERBS

CONTACT_VERBS: dict[str, ContactVerb] = {
    "solved": _solved,
    "unsolved": _unsolved,
    "rate": _rate,
    "thank": _thank,
    "human": _human,
    "which": _which,
    "sameincident": tap_same,
    "otherincident": tap_other,
}
